package checks_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/checks"
	"shangda/services/checks/proof"
	"shangda/services/notices"
	"shangda/tenancy"
)

// calls is every use case, asked about a report or about a request to check it.
func calls(h *house, s *checks.Service) map[string]func(ctx context.Context, report, check uuid.UUID) error {
	within := func(fn func(ctx context.Context, tx *tenancy.Tx, report, check uuid.UUID) error) func(context.Context, uuid.UUID, uuid.UUID) error {
		return func(ctx context.Context, report, check uuid.UUID) error {
			return h.in(ctx, func(ctx context.Context, tx *tenancy.Tx) error { return fn(ctx, tx, report, check) })
		}
	}
	return map[string]func(ctx context.Context, report, check uuid.UUID) error{
		"Record": func(ctx context.Context, report, _ uuid.UUID) error {
			_, err := s.Record(ctx, report, 2, checks.NewCheck{Matter: "facts", Finding: found("true")})
			return err
		},
		"Ask": func(ctx context.Context, report, _ uuid.UUID) error {
			_, err := s.Ask(ctx, report, checks.NewRequest{Matter: "facts", Department: "市交通局", Question: "请核实"})
			return err
		},
		"Of":  func(ctx context.Context, report, _ uuid.UUID) error { _, err := s.Of(ctx, report); return err },
		"Get": func(ctx context.Context, _, check uuid.UUID) error { _, err := s.Get(ctx, check); return err },
		"Answer": func(ctx context.Context, _, check uuid.UUID) error {
			_, err := s.Answer(ctx, check, 2, found("true"))
			return err
		},
		"Cancel": func(ctx context.Context, _, check uuid.UUID) error {
			_, err := s.Cancel(ctx, check, "撤销")
			return err
		},
		"Proof": func(ctx context.Context, report, _ uuid.UUID) error { _, err := s.Proof(ctx, report); return err },
		"Proofread": func(ctx context.Context, report, _ uuid.UUID) error {
			_, err := s.Proofread(ctx, report, 2, checks.NewProof{Ticks: proof.Groups})
			return err
		},
		"MayRead": within(func(ctx context.Context, tx *tenancy.Tx, _, check uuid.UUID) error { return s.MayRead(ctx, tx, check) }),
	}
}

// others are the use cases that name nothing of a tenant, with the test that keeps them apart.
var others = map[string]string{
	"Before":  "asked about a report that is locked in its own tenant; TestNobodyReachesANeighboursCheck",
	"Readers": "TestNobodyReachesANeighboursCheck",
	"Tasks":   "TestNobodyReachesANeighboursCheck",
	"Tidy":    "the clock, in each tenant by itself; TestReminders",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	known := calls(h, h.checks)
	service, ctx := reflect.TypeFor[*checks.Service](), reflect.TypeFor[context.Context]()
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

// leaks names the use cases by which a stranger reaches the report or the check, or hears that they are there.
func leaks(calls map[string]func(ctx context.Context, report, check uuid.UUID) error, strangers map[string]context.Context, report, check uuid.UUID) []string {
	found := []string{}
	for name, call := range calls {
		for who, ctx := range strangers {
			missing := call(ctx, uuid.New(), uuid.New())
			if err := call(ctx, report, check); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
				found = append(found, fmt.Sprintf("%s by the %s: %v; of a missing one: %v", name, who, err, missing))
			}
		}
	}
	return found
}

// leaky shows every report to everybody: the fault that the isolation test must catch.
type leaky struct{}

func (leaky) Load(_ context.Context, _ tenancy.Querier, id uuid.UUID) (checks.Report, error) {
	return checks.Report{ID: id, State: "taken_up", Version: 2, Title: "公交站台破损", Problem: problem}, nil
}

func (l leaky) LoadText(ctx context.Context, q tenancy.Querier, id uuid.UUID) (checks.Report, error) {
	return l.Load(ctx, q, id)
}

func TestTheIsolationTestFindsALeak(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office()
	report := o.report()
	check := h.done(h.checks.Ask(o.editor.Context(), report, checks.NewRequest{Matter: "facts", UnitID: &o.unit, Question: "请核实"}))
	broken := checks.New(h.DB, leaky{}, notices.New(h.DB), nil)
	strangers := map[string]context.Context{"member": o.Person("member").Context(), "admin": o.system.Context()}
	if found := leaks(calls(h, broken), strangers, report, check); len(found) < 6 {
		t.Fatalf("only these were noticed: %v", found)
	}
}

func TestNobodyReachesANeighboursCheck(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office(), h.office()
	county.rules(func(r *checks.Rules) { r.Facts = "approval" })
	report := county.report()
	check := h.done(h.checks.Ask(county.editor.Context(), report, checks.NewRequest{Matter: "facts", UnitID: &county.unit, Question: "请核实"}))
	strangers := map[string]context.Context{
		"neighbour": neighbour.Person("member", "officer", "editor", "reviewer", "signer", "leader").Context(),
		"admin":     county.system.Context(),
		"member":    county.Person("member").Context(),
	}
	for _, leak := range leaks(calls(h, h.checks), strangers, report, check) {
		t.Error(leak)
	}
	for who, ctx := range strangers {
		tasks, err := h.checks.Tasks(ctx)
		if len(tasks) != 0 || err != nil && !errs.Is(err, errs.Forbidden) {
			t.Errorf("tasks of the %s: %v, %v", who, tasks, err)
		}
	}
	q, err := h.DB.Read(strangers["neighbour"])
	if err != nil {
		t.Fatal(err)
	}
	if readers, err := h.checks.Readers(context.Background(), q, report); err != nil || len(readers) != 0 {
		t.Errorf("readers seen by the neighbour: %v, %v", readers, err)
	}
	if err := h.in(strangers["neighbour"], func(ctx context.Context, tx *tenancy.Tx) error {
		return h.checks.Before(ctx, tx, report, "send_for_review")
	}); err != nil {
		t.Errorf("the neighbour has rules of its own: %v", err)
	}
	if s := h.sheet(county.editor, report); len(s.Checks) != 1 || s.Checks[0].State != checks.Asked {
		t.Errorf("something was changed: %+v", s)
	}
}
