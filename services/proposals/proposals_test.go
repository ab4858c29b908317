package proposals_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/proposals"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// shelf is the reports of one person, as services/reports would give them.
type shelf map[uuid.UUID]uuid.UUID

func (s shelf) MayRead(_ context.Context, q tenancy.Querier, report uuid.UUID) error {
	if owner, ok := s[report]; !ok || owner != q.Principal().Membership {
		return errs.Missing()
	}
	return nil
}

func (s shelf) Source(ctx context.Context, q tenancy.Querier, report uuid.UUID) (proposals.Text, error) {
	return proposals.Text{Title: "关于停车的建议", Situation: "车位不足。\n\n规划滞后。", Advice: "增建。"}, s.MayRead(ctx, q, report)
}

func TestAReportBecomesADraftOfAProposal(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county := w.Tenant("cppcc", "county")
	member, editor, other := county.Person("member"), county.Person("editor"), county.Person("member")
	report := uuid.New()
	s := proposals.New(w.DB, shelf{report: member.Membership})
	id, err := s.FromReport(member.Context(), report)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Get(member.Context(), id)
	if err != nil || p.Title != "关于停车的建议" || p.Advice != "增建。" || *p.ReportID != report || p.OwnerName != member.Name || p.State != proposals.Draft {
		t.Fatalf("%+v, %v", p, err)
	}
	advice, filed, marked := "增建三处。", proposals.Filed, "密级：机密"
	if _, err := s.Edit(member.Context(), id, 1, proposals.Change{Advice: &advice}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Edit(editor.Context(), id, 1, proposals.Change{Advice: &advice}); !errs.Is(err, errs.Stale) {
		t.Fatal(err)
	}
	if _, err := s.Edit(member.Context(), id, 2, proposals.Change{Advice: &marked}); !errs.Is(err, errs.Invalid) {
		t.Fatal(err)
	}
	if _, err := s.Edit(member.Context(), id, 2, proposals.Change{State: &filed}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Edit(member.Context(), id, 3, proposals.Change{Advice: &advice}); !errs.Is(err, errs.Conflict) {
		t.Fatalf("filed and changed: %v", err)
	}
	of := func(p *tenancytest.Person, f proposals.Filter) int {
		found, _, err := s.List(p.Context(), f, "", 10)
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	if of(member, proposals.Filter{}) != 1 || of(member, proposals.Filter{ReportID: &report}) != 1 || of(editor, proposals.Filter{Text: "停车"}) != 1 || of(other, proposals.Filter{}) != 0 || of(editor, proposals.Filter{State: proposals.Dropped}) != 0 {
		t.Fatal("lists")
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	editor := w.Tenant("cppcc", "county").Person("editor")
	s := proposals.New(w.DB, shelf{})
	for range 5 {
		if _, err := s.Create(editor.Context(), proposals.Text{Title: "案由"}); err != nil {
			t.Fatal(err)
		}
	}
	seen, cursor := 0, ""
	for pages := 0; pages == 0 || cursor != ""; pages++ {
		found, next, err := s.List(editor.Context(), proposals.Filter{}, cursor, 2)
		if err != nil || pages > 3 {
			t.Fatal(pages, err)
		}
		seen, cursor = seen+len(found), next
	}
	if _, _, err := s.List(editor.Context(), proposals.Filter{}, "x", 2); seen != 5 || !errs.Is(err, errs.Invalid) {
		t.Fatal(seen, err)
	}
}

func TestNobodyReachesANeighboursProposal(t *testing.T) {
	t.Parallel()
	w := tenancytest.New(t)
	county, neighbour := w.Tenant("cppcc", "county"), w.Tenant("cppcc", "county")
	owner, report := county.Person("member"), uuid.New()
	s := proposals.New(w.DB, shelf{report: owner.Membership})
	id, err := s.FromReport(owner.Context(), report)
	if err != nil {
		t.Fatal(err)
	}
	title := "改"
	calls := map[string]func(ctx context.Context, id uuid.UUID) error{
		"Get": func(ctx context.Context, id uuid.UUID) error { _, err := s.Get(ctx, id); return err },
		"Edit": func(ctx context.Context, id uuid.UUID) error {
			_, err := s.Edit(ctx, id, 1, proposals.Change{Title: &title})
			return err
		},
		"FromReport": func(ctx context.Context, _ uuid.UUID) error { _, err := s.FromReport(ctx, report); return err },
		"List": func(ctx context.Context, _ uuid.UUID) error {
			if found, _, err := s.List(ctx, proposals.Filter{}, "", 10); err == nil && len(found) > 0 {
				return nil
			}
			return errs.Missing()
		},
		"Create": func(ctx context.Context, id uuid.UUID) error { // what one creates is one's own
			mine, err := s.Create(ctx, proposals.Text{Title: "案由"})
			if err == nil && mine == id {
				return nil
			}
			return errs.Missing()
		},
	}
	service, ctx := reflect.TypeFor[*proposals.Service](), reflect.TypeFor[context.Context]()
	for i := range service.NumMethod() {
		if m := service.Method(i); m.Type.NumIn() > 1 && m.Type.In(1) == ctx && calls[m.Name] == nil {
			t.Errorf("%s is in no isolation test", m.Name)
		}
	}
	for who, p := range map[string]*tenancytest.Person{"neighbour": neighbour.Person("editor"), "colleague": county.Person("member"), "admin": county.Person("system_admin")} {
		for _, name := range []string{"Get", "Edit", "FromReport", "List", "Create"} {
			if err := calls[name](p.Context(), id); !errs.Is(err, errs.NotFound) {
				t.Errorf("%s by the %s: %v", name, who, err)
			}
		}
	}
}
