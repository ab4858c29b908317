package limit_test

import (
	"testing"
	"time"

	"shangda/internal/errs"
	"shangda/internal/limit"
)

func TestAnAddressMaySoOften(t *testing.T) {
	t.Parallel()
	l, now, twice := limit.New(nil), time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC), limit.Allowance{Most: 2, Span: time.Minute}
	for range 2 {
		if err := l.Allow(t.Context(), "a", twice, now); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Allow(t.Context(), "a", twice, now); !errs.Is(err, errs.Limited) {
		t.Errorf("the third time: %v", err)
	}
	if err := l.Allow(t.Context(), "b", twice, now); err != nil {
		t.Errorf("another: %v", err)
	}
	if err := l.Allow(t.Context(), "a", twice, now.Add(time.Minute)); err != nil {
		t.Errorf("a minute later: %v", err)
	}
	if err := (*limit.Limit)(nil).Allow(t.Context(), "a", twice, now); err != nil {
		t.Errorf("without a limit: %v", err)
	}
	for address, want := range map[string]string{"192.0.2.1": "192.0.2.1", "2001:db8::1": "2001:db8::/64", "2001:db8:0:0:9::1": "2001:db8::/64", "x": "x"} {
		if got := limit.Network(address); got != want {
			t.Errorf("%s is counted as %s", address, got)
		}
	}
}
