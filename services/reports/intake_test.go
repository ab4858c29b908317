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

func TestWhatIsBroughtInIsItsAuthors(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office("county"), h.office("county")
	bring := func(ctx context.Context, b reports.Brought) (id uuid.UUID, err error) {
		err = h.in(ctx, func(ctx context.Context, tx *tenancy.Tx) (err error) {
			id, err = h.reports.BringIn(ctx, tx, b)
			return err
		})
		return id, err
	}
	b := reports.Brought{Input: reports.Input{Text: text("停车难"), Category: "民政"}, Author: county.member.Membership, Channel: "import", Submit: true}
	importer := tenancy.System(context.Background(), county.Tenant.Tenant, "importer", "test", authz.Actors())
	for who, ctx := range map[string]context.Context{"the editor": county.editor.Context(), "the importer": importer} {
		id, err := bring(ctx, b)
		if err != nil {
			t.Fatal(who, err)
		}
		if v := h.get(county.member, id); v.State != reports.Submitted || v.Channel != "import" || v.Number == "" {
			t.Errorf("%s: %+v", who, v)
		}
	}
	b.Submit = false
	draft, err := bring(county.editor.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	if v := h.get(county.member, draft); v.State != reports.Draft {
		t.Errorf("%+v", v)
	}
	if _, err := h.reports.Get(county.editor.Context(), draft); !errs.Is(err, errs.NotFound) {
		t.Errorf("the clerk sees the member's draft: %v", err)
	}
	_, err = bring(county.member.Context(), b)
	h.refused(errs.NotFound, err) // without the right there is no such thing
	b.Author = neighbour.member.Membership
	_, err = bring(county.editor.Context(), b)
	h.refused(errs.Invalid, err)
	b.Author, b.Title = county.member.Membership, "机密★一年"
	_, err = bring(county.editor.Context(), b)
	h.refused(errs.Invalid, err)
}
