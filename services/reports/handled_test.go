package reports_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// follow tells of the report's follow-up as the person: its beginning, or a further step.
func (h *house) follow(p *tenancytest.Person, id uuid.UUID, begin bool, f reports.FollowUp) (event uuid.UUID, err error) {
	err = h.in(p.Context(), func(ctx context.Context, tx *tenancy.Tx) (err error) {
		if begin {
			event, err = h.reports.Begin(ctx, tx, id, f)
		} else {
			event, err = h.reports.GoOn(ctx, tx, id, f)
		}
		return err
	})
	return event, err
}

// A city's leader writes on a county's report: the county and its author hear of the fact and the level, figures stay, and a
// correction takes it away again, whatever order the news comes in.
func TestAnInstructionGoesDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	h.FiguresLine(county.Tenant, city.Tenant)
	id := h.takenUp(county, "停车难")
	h.sign(county, id)
	above := h.send(county, city, id)
	h.done(h.reports.TakeUp(city.editor.Context(), above))
	figures := h.figures(county)
	event, err := h.follow(city.editor, above, true, reports.FollowUp{Kind: reports.KindInstructed, Level: "province", Words: "请阅处。"})
	if err != nil {
		t.Fatal(err)
	}
	h.tell(county, above, id)
	h.tell(county, above, id) // told twice, heard once
	heard := 0
	for _, o := range h.get(county.member, id).Outcomes {
		if o.Kind == reports.KindInstructed {
			heard++
			if o.Level != "province" || o.Words != "请阅处。" || o.Event == nil || *o.Event != event {
				t.Fatalf("%+v", o)
			}
		}
	}
	if told := strings.Join(h.unread(county.member), "\n"); heard != 1 || strings.Count(told, "获省级领导批示（"+city.Name+"）") != 1 || strings.Contains(told, "请阅处") {
		t.Fatal(heard, told)
	}
	if way := strings.Join(h.stations(county.member, id), "\n"); strings.Count(way, "获省级领导批示") != 1 || strings.Contains(way, "请阅处") {
		t.Fatal(way)
	}
	h.wantFigures(county, figures...)
	if _, err := h.follow(city.editor, above, false, reports.FollowUp{Kind: reports.KindInstructionWithdraw, Corrects: event}); err != nil {
		t.Fatal(err)
	}
	h.tell(county, above, id)
	for _, o := range h.get(county.member, id).Outcomes {
		if o.Kind == reports.KindInstructed {
			t.Fatalf("corrected and still there: %+v", o)
		}
	}
	h.wantFigures(county, figures...)
}

// Nothing is archived without a result (件件有着落): a decision, or a handling that ended; and a leader's word opens it again.
func TestNoArchiveWithoutAResult(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office("city")
	id := h.takenUp(o, "停车难")
	_, err := h.reports.Archive(o.editor.Context(), id)
	h.refused(errs.Conflict, err)
	_, err = h.reports.Archive(o.member.Context(), id)
	h.refused(errs.Forbidden, err)
	if _, err := h.follow(o.editor, id, true, reports.FollowUp{Kind: reports.KindAssigned}); err != nil {
		t.Fatal(err)
	}
	_, err = h.reports.Archive(o.editor.Context(), id)
	h.refused(errs.Conflict, err)
	if _, err := h.follow(o.editor, id, false, reports.FollowUp{Kind: reports.KindHandled, Form: "B", Words: "列入明年计划。"}); err != nil {
		t.Fatal(err)
	}
	h.done(h.reports.Archive(o.editor.Context(), id))
	if v := h.get(o.member, id); v.State != reports.Archived {
		t.Fatal(v.State)
	}
	_, err = h.follow(o.editor, id, true, reports.FollowUp{Kind: reports.KindAssigned})
	h.refused(errs.Conflict, err)
	if _, err := h.follow(o.editor, id, true, reports.FollowUp{Kind: reports.KindInstructed, Level: "city"}); err != nil {
		t.Fatal(err)
	}
	if v := h.get(o.member, id); v.State != reports.TakenUp {
		t.Fatal(v.State)
	}
	kept := h.done(h.reports.Keep(o.editor.Context(), h.takenUp(o, "留存的"), reports.Why{Code: "timing"}))
	h.done(h.reports.Archive(o.editor.Context(), kept))
}
