package ledger_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/ledger"
)

// calls is every use case, asked about one report or view of another tenant.
func calls(s *ledger.Service) map[string]func(ctx context.Context, id uuid.UUID) error {
	return map[string]func(ctx context.Context, id uuid.UUID) error{
		"Change": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Change(ctx, id, 0, ledger.Assignment{Note: ptr("改")})
			return err
		},
		"RemoveView": func(ctx context.Context, id uuid.UUID) error { _, err := s.RemoveView(ctx, id); return err },
	}
}

// others are the use cases that name no single thing, with the test that keeps them apart.
var others = map[string]string{
	"List": "TestNobodySeesANeighboursLedger", "Export": "TestNobodySeesANeighboursLedger", "Assign": "TestNobodySeesANeighboursLedger",
	"Refused": "TestNobodySeesANeighboursLedger", "Views": "TestNobodySeesANeighboursLedger", "SaveView": "writes to the caller's tenant; TestAViewIsSavedByName",
}

func TestEveryUseCaseIsAccountedFor(t *testing.T) {
	t.Parallel()
	known := calls(newDesk(t).ledger)
	service, ctx := reflect.TypeFor[*ledger.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		m := service.Method(i)
		if m.Type.NumIn() > 1 && m.Type.In(1) == ctx && known[m.Name] == nil && others[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
}

func TestNobodySeesANeighboursLedger(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	county, neighbour := d.Tenant("cppcc", "county"), d.Tenant("cppcc", "county")
	head := county.Person("reviewer")
	report := d.report(county, "甲", "submitted", 1)
	view, err := d.ledger.SaveView(head.Context(), ledger.NewView{Name: "全室", Shared: true})
	if err != nil {
		t.Fatal(err)
	}
	stranger := neighbour.Person("editor", "reviewer", "signer", "leader")
	for name, call := range calls(d.ledger) {
		for _, id := range []uuid.UUID{report, view} {
			missing := call(stranger.Context(), uuid.New())
			if err := call(stranger.Context(), id); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
				t.Errorf("%s: %v, of a missing one %v", name, err, missing)
			}
		}
	}
	if refused, err := d.ledger.Assign(stranger.Context(), []uuid.UUID{report}, ledger.Assignment{Note: ptr("改")}); !errs.Is(err, errs.NotFound) {
		t.Error(refused, err)
	}
	if again, err := d.ledger.Refused(stranger.Context(), []uuid.UUID{report}); err != nil || len(again) != 1 {
		t.Error(again, err)
	}
	d.want(d.rows(stranger, ledger.Filter{}))
	if views, err := d.ledger.Views(stranger.Context()); err != nil || len(views) != 0 {
		t.Error(views, err)
	}
	if e, _, err := d.ledger.Export(stranger.Context(), ledger.Filter{}, nil); err != nil || e.Rows != 0 {
		t.Error(e, err)
	}
	for _, role := range []string{"member", "system_admin", "audit_admin"} {
		_, _, err := d.ledger.List(county.Person(role).Context(), ledger.Filter{}, "", 10)
		d.refused(errs.NotFound, err)
	}
	rows, _, err := d.ledger.List(head.Context(), ledger.Filter{}, "", 10)
	if err != nil || len(rows) != 1 || rows[0].Note != "" {
		t.Error(rows, err)
	}
}
