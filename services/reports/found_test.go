package reports_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy"
)

// The indexer reads whole reports, drafts included, of its tenant; others read through Readable what they may read anyway.
func TestTheIndexerAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office("county"), h.office("county")
	n := written("停车难")
	n.Submit = false
	draft := h.done(h.reports.Create(county.member.Context(), n))
	sent := h.submitted(county, "上学难")
	ids := []uuid.UUID{draft, sent}
	indexer := func(o *office) context.Context {
		return tenancy.System(context.Background(), o.Tenant.Tenant, "indexer", "test", authz.Actors())
	}
	q := func(ctx context.Context) tenancy.Querier {
		q, err := h.DB.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	if r, err := h.reports.Whole(indexer(county), q(indexer(county)), draft); err != nil || r.Title != "停车难" {
		t.Errorf("the indexer reads %v, %v", r, err)
	}
	if list, err := h.reports.Following(indexer(county), q(indexer(county)), uuid.Nil, 10); err != nil || len(list) != 2 {
		t.Errorf("the indexer lists %v, %v", list, err)
	}
	_, err := h.reports.Whole(indexer(neighbour), q(indexer(neighbour)), sent)
	h.refused(errs.NotFound, err)
	_, err = h.reports.Following(county.editor.Context(), q(county.editor.Context()), uuid.Nil, 10)
	h.refused(errs.NotFound, err)
	for who, want := range map[context.Context]int{
		county.member.Context(): 2, county.editor.Context(): 1, neighbour.editor.Context(): 0, county.Person("member").Context(): 0,
		county.Person("system_admin").Context(): 0, indexer(county): 0,
	} {
		list, err := h.reports.Readable(who, q(who), ids, true)
		if err != nil || len(list) != want {
			t.Errorf("%v reads %d, want %d, %v", tenancy.From(who).Roles, len(list), want, err)
		}
		for _, r := range list {
			if r.Problem == "" {
				t.Error("without its text")
			}
		}
	}
}

// What gates say of a submission holds whether it comes as a draft's or at once.
func TestGatesStandBeforeEverySubmission(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office("county")
	h.reports.Gates = []reports.Gate{&barrier{action: "submit"}}
	_, err := h.reports.Create(o.member.Context(), written("井盖破损"))
	h.refused(errs.Conflict, err)
	if all := h.everything(o); len(all) != 0 {
		t.Errorf("%d reports after the refusal", len(all))
	}
}
