package reports_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"shangda/services/reports"
)

// What still waits after the sign-off: signed, neither adopted nor sent up.
func TestReadyIsWhatTheSignOffLeftToDo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	h.Line(county.Tenant, city.Tenant)
	waits, adopted, sent := h.takenUp(county, "待办"), h.takenUp(county, "已采用"), h.takenUp(county, "已报送")
	for _, id := range []uuid.UUID{waits, adopted, sent} {
		h.sign(county, id)
	}
	h.done(h.reports.Adopt(county.reviewer.Context(), adopted, reports.NewAdoption{Form: reports.FormSingle}))
	h.send(county, city, sent)
	if ids := h.ids(county.editor, reports.Filter{Box: reports.BoxReady}); !slices.Equal(ids, []uuid.UUID{waits}) {
		t.Fatalf("ready: %v, want %v alone", ids, waits)
	}
	if n := len(h.ids(county.editor, reports.Filter{Box: reports.BoxSigned})); n != 3 {
		t.Fatalf("%d signed", n)
	}
}

func TestAReportKnowsWhereItWasWritten(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	for _, channel := range []string{"", "phone"} {
		n := written("渠道" + channel)
		n.Channel = channel
		id := h.done(h.reports.Create(county.member.Context(), n))
		if want := map[string]string{"": "web", "phone": "phone"}[channel]; h.get(county.member, id).Channel != want {
			t.Errorf("channel %q became %q", channel, h.get(county.member, id).Channel)
		}
	}
}
