package clues_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/clues"
	"shangda/tenancy"
)

// calls is every use case, asked about one clue.
func calls(f *fixture) map[string]func(ctx context.Context, id uuid.UUID) error {
	s := f.clues
	plain := func(do func(context.Context, uuid.UUID) (uuid.UUID, error)) func(context.Context, uuid.UUID) error {
		return func(ctx context.Context, id uuid.UUID) error { _, err := do(ctx, id); return err }
	}
	title := "改"
	return map[string]func(ctx context.Context, id uuid.UUID) error{
		"Get":     func(ctx context.Context, id uuid.UUID) error { _, err := s.Get(ctx, id); return err },
		"Talk":    func(ctx context.Context, id uuid.UUID) error { _, err := s.Talk(ctx, id); return err },
		"Claim":   plain(s.Claim),
		"Release": plain(s.Release),
		"Restore": plain(s.Restore),
		"Convert": plain(s.Convert),
		"Merge": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Merge(ctx, []uuid.UUID{id}, "题")
			return err
		},
		"Drop":    func(ctx context.Context, id uuid.UUID) error { _, err := s.Drop(ctx, id, "理由"); return err },
		"Reserve": func(ctx context.Context, id uuid.UUID) error { _, err := s.Reserve(ctx, id, "", ""); return err },
		"Say":     func(ctx context.Context, id uuid.UUID) error { _, err := s.Say(ctx, id, "你好"); return err },
		"Decide": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Decide(ctx, id, clues.Decision{Topic: "题"})
			return err
		},
		"Edit": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Edit(ctx, id, 1, clues.Change{Title: &title})
			return err
		},
	}
}

// elsewhere are the use cases that are asked about no clue, and where they are shown to stay in their tenant.
var elsewhere = map[string]string{
	"List": "TestNeighboursAndAdministratorsSeeNoClue", "Create": "TestTheSameSourceIsTheSameClue", "Import": "TestAnImportTellsTheFateOfEach",
	"Preview": "TestAnImportTellsTheFateOfEach", "Counts": "below", "Sources": "below", "Yields": "below", "CreateIn": "below", "Leave": "below", "AtPoint": "below",
}

func TestNobodyReachesANeighboursClue(t *testing.T) {
	t.Parallel()
	f := setUp(t)
	county, neighbour := f.Tenant("cppcc", "county"), f.Tenant("cppcc", "county")
	editor := county.Person("editor")
	id := f.create(editor, message("1"))
	used := f.create(editor, message("2"))
	report, err := f.clues.Convert(editor.Context(), used)
	if err != nil {
		t.Fatal(err)
	}
	known := calls(f)
	service, ctx := reflect.TypeFor[*clues.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		if m := service.Method(i); m.Type.NumIn() > 1 && m.Type.In(1) == ctx && known[m.Name] == nil && elsewhere[m.Name] == "" {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
	for who, ctx := range map[string]context.Context{
		"neighbour": neighbour.Person("member", "editor", "reviewer").Context(),
		"member":    county.Person("member").Context(),
		"admin":     county.Person("system_admin").Context(),
	} {
		for name, call := range known {
			missing := call(ctx, uuid.New())
			for _, asked := range []uuid.UUID{id, used} {
				if err := call(ctx, asked); !errs.Is(err, errs.NotFound) || err.Error() != missing.Error() {
					t.Errorf("%s by the %s: %v; of a missing one: %v", name, who, err, missing)
				}
			}
		}
	}
	stranger := neighbour.Person("editor")
	if all, err := f.clues.Counts(stranger.Context()); err != nil || len(all) != 0 {
		t.Errorf("counts %v, %v", all, err)
	}
	if found, err := f.clues.Sources(stranger.Context(), report); err != nil || len(found) != 0 {
		t.Errorf("sources %v, %v", found, err)
	}
	err = f.DB.InTx(stranger.Context(), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "test", Subject: tenancy.Subject{Kind: "clue", ID: id}})
		if y, err := f.clues.Yields(stranger.Context(), tx, "visit", []uuid.UUID{id}); err != nil || len(y) != 0 {
			t.Errorf("yields %v, %v", y, err)
		}
		if found, _, err := f.clues.AtPoint(stranger.Context(), tx, uuid.New(), "", 10); err != nil || len(found) != 0 {
			t.Errorf("at a point %v, %v", found, err)
		}
		if _, _, err := f.clues.Leave(stranger.Context(), tx, message("3"), "R", nil); !errs.Is(err, errs.NotFound) {
			t.Errorf("a person leaves a clue as a visitor: %v", err)
		}
		if mine, err := f.clues.CreateIn(stranger.Context(), tx, message("1")); err != nil || mine == id {
			t.Errorf("%v, %v", mine, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	visitor := tenancy.System(context.Background(), county.Tenant, "visitor", "测试", authz.Actors())
	if _, err := f.clues.Get(visitor, id); !errs.Is(err, errs.NotFound) {
		t.Errorf("the visitor reads: %v", err)
	}
}
