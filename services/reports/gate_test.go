package reports_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy"
)

// barrier refuses one action and notes what it was asked about.
type barrier struct {
	action string
	asked  []string
}

func (b *barrier) Before(_ context.Context, _ *tenancy.Tx, _ uuid.UUID, action string) error {
	b.asked = append(b.asked, action)
	if action == b.action {
		return errs.New(errs.Conflict, "请先核实")
	}
	return nil
}

func TestAGateStandsBeforeAnAction(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	o := h.office("county")
	b := &barrier{action: "edit"}
	h.reports.Gates = []reports.Gate{b}
	id := h.done(h.reports.Create(o.member.Context(), written("井盖破损")))
	h.done(h.reports.TakeUp(o.editor.Context(), id))
	_, err := h.reports.BeginEdit(o.editor.Context(), id)
	h.refused(errs.Conflict, err)
	if v, err := h.reports.Get(o.editor.Context(), id); err != nil || v.State != reports.TakenUp {
		t.Errorf("after the refusal: %v, %v", v, err)
	}
	b.asked = nil
	_, err = h.reports.BeginEdit(o.member.Context(), id)
	h.refused(errs.Forbidden, err)
	if len(b.asked) > 0 {
		t.Error("the gate was asked by who may not edit")
	}
	b.action = ""
	h.done(h.reports.BeginEdit(o.editor.Context(), id))
}
