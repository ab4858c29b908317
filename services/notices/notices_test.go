package notices_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// tell runs one of the ways to tell in a transaction of the person.
func tell(t *testing.T, w *tenancytest.World, by *tenancytest.Person, how func(ctx context.Context, tx *tenancy.Tx) error) error {
	t.Helper()
	ctx := by.Context()
	return w.DB.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "report.submitted", Subject: tenancy.Subject{Kind: "report", ID: tenancy.NewID()}})
		return how(ctx, tx)
	})
}

func news(text string) notices.Notice {
	return notices.Notice{Kind: "report.returned", Text: text, Subject: tenancy.Subject{Kind: "report", ID: tenancy.NewID()}}
}

func unread(t *testing.T, s *notices.Service, p *tenancytest.Person) int {
	t.Helper()
	n, err := s.Unread(p.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s := notices.New(w.DB)
	city := w.Tenant("cppcc", "city")
	stranger := w.Tenant("cppcc", "city").Person("editor")
	editor, both := city.Person("editor"), city.Person("editor", "reviewer")
	chief := city.PersonAt("处长", "reviewer")
	deputy := city.PersonAt("处长", "editor")
	suspended := city.PersonAt("处长", "reviewer")
	if _, err := w.TestDB.Admin(t).Exec(context.Background(), `update memberships set state = 'suspended' where tenant_id = $1 and id = $2`, city.ID, suspended.Membership); err != nil {
		t.Fatal(err)
	}
	people := []*tenancytest.Person{editor, both, chief, deputy, stranger}
	for _, c := range []struct {
		name string
		how  func(ctx context.Context, tx *tenancy.Tx) error
		want [5]int
	}{
		{"persons, once each, of this tenant", func(ctx context.Context, tx *tenancy.Tx) error {
			return s.Tell(ctx, tx, []uuid.UUID{editor.Membership, editor.Membership, stranger.Membership, suspended.Membership}, news("甲"))
		}, [5]int{1, 0, 0, 0, 0}},
		{"roles", func(ctx context.Context, tx *tenancy.Tx) error {
			return s.TellRoles(ctx, tx, []string{"editor", "reviewer"}, news("乙"))
		}, [5]int{1, 1, 1, 1, 0}},
		{"a post with a role", func(ctx context.Context, tx *tenancy.Tx) error {
			return s.TellPost(ctx, tx, "处长", "reviewer", news("丙"))
		},
			[5]int{0, 0, 1, 0, 0}},
		{"a post", func(ctx context.Context, tx *tenancy.Tx) error { return s.TellPost(ctx, tx, "处长", "", news("丁")) }, [5]int{0, 0, 1, 1, 0}},
		{"nobody", func(ctx context.Context, tx *tenancy.Tx) error { return s.Tell(ctx, tx, nil, news("戊")) }, [5]int{}},
	} {
		var before, got [5]int
		for i, p := range people {
			before[i] = unread(t, s, p)
		}
		if err := tell(t, w, editor, c.how); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for i, p := range people {
			got[i] = unread(t, s, p) - before[i]
		}
		if got != c.want {
			t.Errorf("%s: told %v, want %v", c.name, got, c.want)
		}
	}
	err := tell(t, w, editor, func(ctx context.Context, tx *tenancy.Tx) error { return s.TellPost(ctx, tx, "", "", news("己")) })
	if !errs.Is(err, errs.Invalid) {
		t.Errorf("a step that waits for nobody: %v", err)
	}
}

func TestOnesOwnNoticesPageByPage(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	s := notices.New(w.DB)
	city := w.Tenant("cppcc", "city")
	me, colleague := city.Person("editor"), city.Person("editor")
	for i := range 7 {
		if i%3 == 0 {
			w.Clock.Advance(time.Minute) // several notices stand at one moment
		}
		if err := tell(t, w, me, func(ctx context.Context, tx *tenancy.Tx) error {
			return s.Tell(ctx, tx, []uuid.UUID{me.Membership, colleague.Membership}, news(fmt.Sprint(i)))
		}); err != nil {
			t.Fatal(err)
		}
	}
	read := func(unread bool) (texts string, ids []uuid.UUID) {
		t.Helper()
		for cursor := ""; ; {
			items, next, err := s.List(me.Context(), unread, cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range items {
				texts += item.Text
				ids = append(ids, item.ID)
			}
			if cursor = next; next == "" {
				return texts, ids
			}
		}
	}
	texts, ids := read(false)
	if texts != "6543210" {
		t.Fatalf("read %s", texts)
	}
	if err := s.Read(colleague.Context(), ids, false); err != nil || unread(t, s, me) != 7 {
		t.Fatalf("somebody else marked my notices as read: %v", err)
	}
	if err := s.Read(me.Context(), ids[:3], false); err != nil {
		t.Fatal(err)
	}
	if texts, _ := read(true); texts != "3210" {
		t.Fatalf("unread: %s", texts)
	}
	if err := s.Read(me.Context(), nil, true); err != nil || unread(t, s, me) != 0 || unread(t, s, colleague) != 7 {
		t.Fatalf("all read: %v, mine %d, the colleague's %d", err, unread(t, s, me), unread(t, s, colleague))
	}
	for _, bad := range []string{"x", "eA", "MjAyNiww"} {
		if _, _, err := s.List(me.Context(), false, bad, 2); !errs.Is(err, errs.Invalid) {
			t.Errorf("cursor %q: %v", bad, err)
		}
	}
	nobody := *me
	principal := *me.Principal
	principal.Roles, nobody.Principal = nil, &principal
	if _, err := s.Unread(nobody.Context()); err == nil {
		t.Error("read without the permission")
	}
}
