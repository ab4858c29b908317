package checks_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/checks"
	"shangda/services/checks/proof"
	"shangda/tenancy"
)

// calls is every use case, asked about a report or about a request to check it.
func calls(h *house) map[string]func(ctx context.Context, report, check uuid.UUID) error {
	s := h.checks
	within := func(fn func(ctx context.Context, tx *tenancy.Tx, report, check uuid.UUID) error) func(context.Context, uuid.UUID, uuid.UUID) error {
		return func(ctx context.Context, report, check uuid.UUID) error {
			return h.in(ctx, func(ctx context.Context, tx *tenancy.Tx) error { return fn(ctx, tx, report, check) })
		}
	}
	return map[string]func(ctx context.Context, report, check uuid.UUID) error{
		"Record": func(ctx context.Context, report, _ uuid.UUID) error {
			_, err := s.Record(ctx, report, checks.NewCheck{Matter: "facts", Finding: found("true")})
			return err
		},
		"Ask": func(ctx context.Context, report, _ uuid.UUID) error {
			_, err := s.Ask(ctx, report, checks.NewRequest{Matter: "facts", Department: "市交通局", Question: "请核实"})
			return err
		},
		"Of":  func(ctx context.Context, report, _ uuid.UUID) error { _, err := s.Of(ctx, report); return err },
		"Get": func(ctx context.Context, _, check uuid.UUID) error { _, err := s.Get(ctx, check); return err },
		"Answer": func(ctx context.Context, _, check uuid.UUID) error {
			_, err := s.Answer(ctx, check, found("true"))
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
	known := calls(newHouse(t))
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
	for name, call := range calls(h) {
		for who, ctx := range strangers {
			missing := call(ctx, uuid.New(), uuid.New())
			if err := call(ctx, report, check); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
				t.Errorf("%s by the %s: %v; of a missing one: %v", name, who, err, missing)
			}
		}
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
