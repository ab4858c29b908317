package consultations_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/consultations"
	"shangda/services/notices"
	"shangda/tenancy"
)

// calls is every use case, asked about a report, a sheet or an opinion.
func calls(h *house, s *consultations.Service) map[string]func(ctx context.Context, report, sheet, opinion uuid.UUID) error {
	return map[string]func(ctx context.Context, report, sheet, opinion uuid.UUID) error{
		"Start": func(ctx context.Context, report, _, _ uuid.UUID) error {
			_, err := s.Start(ctx, report, consultations.Opening{Kind: "joint", Question: "请把关", Participants: []consultations.Participant{{Department: "甲局"}, {Department: "乙局"}}})
			return err
		},
		"Ask": func(ctx context.Context, _, sheet, _ uuid.UUID) error {
			_, err := s.Ask(ctx, sheet, []consultations.Participant{{Department: "丙局"}})
			return err
		},
		"Answer": func(ctx context.Context, _, _, opinion uuid.UUID) error {
			_, err := s.Answer(ctx, opinion, consultations.NewOpinion{Verdict: "agree"})
			return err
		},
		"Release": func(ctx context.Context, _, _, opinion uuid.UUID) error {
			_, err := s.Release(ctx, opinion)
			return err
		},
		"Close": func(ctx context.Context, _, sheet, _ uuid.UUID) error {
			_, err := s.Close(ctx, sheet, 1, consultations.Closing{Conclusion: "好"})
			return err
		},
		"Cancel": func(ctx context.Context, _, sheet, _ uuid.UUID) error {
			_, err := s.Cancel(ctx, sheet, "撤销")
			return err
		},
		"Of":  func(ctx context.Context, report, _, _ uuid.UUID) error { _, err := s.Of(ctx, report); return err },
		"Get": func(ctx context.Context, _, sheet, _ uuid.UUID) error { _, err := s.Get(ctx, sheet); return err },
		"Export": func(ctx context.Context, _, sheet, _ uuid.UUID) error {
			_, _, err := s.Export(ctx, sheet)
			return err
		},
		"SheetOf": func(ctx context.Context, _, _, opinion uuid.UUID) error {
			_, err := s.SheetOf(ctx, opinion)
			return err
		},
		"MayRead": func(ctx context.Context, _, _, opinion uuid.UUID) error {
			q, err := h.DB.Read(ctx)
			if err != nil {
				h.t.Fatal(err)
			}
			return s.MayRead(ctx, q, opinion)
		},
	}
}

// others are the use cases that name nothing of a tenant, with the test that keeps them apart.
var others = map[string]string{
	"Readers": "TestNobodyReachesANeighboursSheet",
	"Tasks":   "TestNobodyReachesANeighboursSheet",
	"Tidy":    "the clock, in each tenant by itself; TestReminders",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	known := calls(h, h.consultations)
	service, ctx := reflect.TypeFor[*consultations.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() < 2 || m.Type.In(1) != ctx {
			continue
		}
		if known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

// leaks names the use cases by which a stranger reaches the report, the sheet or the opinion, or hears that they are there.
func leaks(calls map[string]func(ctx context.Context, report, sheet, opinion uuid.UUID) error, strangers map[string]context.Context, report, sheet, opinion uuid.UUID) []string {
	found := []string{}
	for name, call := range calls {
		for who, ctx := range strangers {
			missing := call(ctx, uuid.New(), uuid.New(), uuid.New())
			if err := call(ctx, report, sheet, opinion); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
				found = append(found, fmt.Sprintf("%s by the %s: %v; of a missing one: %v", name, who, err, missing))
			}
		}
	}
	return found
}

// leaky shows every report to everybody: the fault that the isolation test must catch.
type leaky struct{}

func (leaky) Load(_ context.Context, _ tenancy.Querier, id uuid.UUID) (consultations.Report, error) {
	return consultations.Report{ID: id, State: "taken_up", Title: "公交站台破损"}, nil
}

func TestTheIsolationTestFindsALeak(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := o.report()
	sheet := o.joint(report)
	opinion := h.sheet(o.editor, sheet).Opinions[0].ID
	broken := consultations.New(h.DB, leaky{}, nil, notices.New(h.DB), nil)
	strangers := map[string]context.Context{"member": o.Person("member").Context(), "admin": o.system.Context()}
	if found := leaks(calls(h, broken), strangers, report, sheet, opinion); len(found) < 4 {
		t.Fatalf("only these were noticed: %v", found)
	}
}

func TestNobodyReachesANeighboursSheet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office(), h.office()
	report := county.report()
	sheet := county.joint(report)
	opinion := h.sheet(county.editor, sheet).Opinions[0].ID
	strangers := map[string]context.Context{
		"neighbour": neighbour.Person("member", "officer", "editor", "reviewer", "signer", "leader").Context(),
		"admin":     county.system.Context(),
		"member":    county.Person("member").Context(),
	}
	for _, leak := range leaks(calls(h, h.consultations), strangers, report, sheet, opinion) {
		t.Error(leak)
	}
	for who, ctx := range strangers {
		tasks, err := h.consultations.Tasks(ctx)
		if len(tasks) != 0 || err != nil && !errs.Is(err, errs.Forbidden) {
			t.Errorf("tasks of the %s: %v, %v", who, tasks, err)
		}
	}
	q, err := h.DB.Read(strangers["neighbour"])
	if err != nil {
		t.Fatal(err)
	}
	if readers, err := h.consultations.Readers(context.Background(), q, report); err != nil || len(readers) != 0 {
		t.Errorf("readers seen by the neighbour: %v, %v", readers, err)
	}
	if c := h.sheet(county.editor, sheet); c.State != consultations.Open || c.Version != 1 {
		t.Errorf("something was changed: %+v", c)
	}
}
