package reports_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
)

func TestOneReportOfSeveral(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city, province := h.office("county"), h.office("city"), h.office("province")
	below := h.takenUp(county, "加装电梯")
	h.sign(county, below)
	received := h.send(county, city, below)
	h.done(h.reports.TakeUp(city.editor.Context(), received))
	own, third := h.takenUp(city, "电梯维护"), h.takenUp(city, "电梯补贴")
	draft := h.submitted(city, "没有受理")

	c := reports.Combination{Text: text("关于电梯的综合建议"), Category: "城乡建设", Reports: []uuid.UUID{received, own, third}}
	for _, wrong := range []func(*reports.Combination){
		func(c *reports.Combination) { c.Reports = c.Reports[:1] },
		func(c *reports.Combination) { c.Reports = []uuid.UUID{own, own} },
		func(c *reports.Combination) { c.Shares = map[uuid.UUID]float64{received: 50, own: 50} },
		func(c *reports.Combination) { c.Shares = map[uuid.UUID]float64{received: 50, own: 30, third: 30} },
		func(c *reports.Combination) { c.Problem = "" },
	} {
		bad := c
		wrong(&bad)
		_, err := h.reports.Combine(city.editor.Context(), bad)
		h.refused(errs.Invalid, err)
	}
	withDraft := c
	withDraft.Reports = []uuid.UUID{own, draft}
	_, err := h.reports.Combine(city.editor.Context(), withDraft)
	h.refused(errs.Conflict, err)
	withForeign := c
	withForeign.Reports = []uuid.UUID{own, below}
	_, err = h.reports.Combine(city.editor.Context(), withForeign)
	h.refused(errs.NotFound, err)

	id := h.done(h.reports.Combine(city.editor.Context(), c))
	v := h.get(city.editor, id)
	if v.State != reports.Editing || len(v.Sources) != 3 || v.Sources[0].ReportID != received || v.Sources[0].Share != 33.34 || v.Sources[2].Share != 33.33 || slices.Contains(v.Can, reports.ActCombine) {
		t.Fatalf("%+v", v)
	}
	if s := h.get(city.editor, own).State; s != reports.Merged {
		t.Fatal(s)
	}
	h.sign(city, id)
	above := h.send(city, province, id)
	h.done(h.reports.TakeUp(province.editor.Context(), above))
	h.done(h.reports.Adopt(province.reviewer.Context(), above, reports.NewAdoption{Form: "single"}))
	h.done(h.reports.Adopt(city.signer.Context(), id, reports.NewAdoption{Form: "single"}))
	h.tell(city, above, id)
	h.tell(county, received, below)

	// The combined report itself counts only as signed and forwarded; each source counts its own 篇次.
	h.wantFigures(city, "own_received from below 2026-11 1", "own_submitted 2026-11 3", "tree_submitted 2026-11 3", "own_signed 2026-11 1", "own_forwarded 2026-11 1",
		"own_adopted_combined from below 2026-11 1", "own_adopted_combined 2026-11 2", "tree_forwarded 2026-11 2", "tree_forwardings 2026-11 2",
		"tree_times_city_combined 2026-11 2", "tree_times_province_combined 2026-11 2", "tree_reports 2026-11 2", "tree_reports_city 2026-11 2",
		"tree_reports_province 2026-11 2", "tree_reports_combined 2026-11 2")
	h.wantFigures(county, "own_submitted 2026-11 1", "tree_submitted 2026-11 1", "own_signed 2026-11 1", "own_forwarded 2026-11 1", "tree_forwarded 2026-11 1",
		"tree_forwardings 2026-11 1", "tree_times_city_combined 2026-11 1", "tree_times_province_combined 2026-11 1", "tree_reports 2026-11 1",
		"tree_reports_city 2026-11 1", "tree_reports_province 2026-11 1", "tree_reports_combined 2026-11 1")
	h.wantFigures(province, "own_received from below 2026-11 1", "own_adopted_single from below 2026-11 1")
	if got := h.stations(county.member, below); !slices.Contains(got, city.Name+" 采用（综合）") || !slices.Contains(got, province.Name+" 采用（综合）") {
		t.Fatal(got)
	}
	h.done(h.reports.CorrectAdoption(city.signer.Context(), id, "重复编发"))
	h.tell(county, received, below)
	if v := h.get(county.member, below); v.Adoptions.Times != 1 || v.Outcomes[len(v.Outcomes)-1].Kind == "adoption_corrected" {
		t.Fatalf("%+v", v)
	}
}

func TestAnAdoptionIsCorrectedInItsMonth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	id := h.takenUp(county, "停车难")
	base := []string{"own_submitted 2026-11 1", "tree_submitted 2026-11 1"}
	adopted := func(month, form string) []string {
		return append(slices.Clone(base), "own_adopted_"+form+" "+month+" 1", "tree_times_county_"+form+" "+month+" 1", "tree_reports "+month+" 1",
			"tree_reports_county "+month+" 1", "tree_reports_"+form+" "+month+" 1")
	}
	_, err := h.reports.Adopt(county.editor.Context(), id, reports.NewAdoption{Form: "single"})
	h.refused(errs.Forbidden, err)
	_, err = h.reports.Adopt(county.signer.Context(), id, reports.NewAdoption{Form: "combined"})
	h.refused(errs.Invalid, err)
	_, err = h.reports.CorrectAdoption(county.signer.Context(), id, "没有采用过")
	h.refused(errs.Conflict, err)
	h.done(h.reports.Adopt(county.signer.Context(), id, reports.NewAdoption{Form: "single"}))
	h.wantFigures(county, adopted("2026-11", "single")...)
	for _, do := range []func() (uuid.UUID, error){
		func() (uuid.UUID, error) {
			return h.reports.Adopt(county.signer.Context(), id, reports.NewAdoption{Form: "relayed"})
		},
		func() (uuid.UUID, error) {
			return h.reports.Keep(county.editor.Context(), id, reports.Why{Code: "timing"})
		},
	} {
		_, err := do()
		h.refused(errs.Conflict, err)
	}
	h.Clock.Set(time.Date(2027, 2, 1, 1, 0, 0, 0, time.UTC))
	h.done(h.reports.CorrectAdoption(county.signer.Context(), id, "误操作"))
	h.wantFigures(county, base...)
	h.done(h.reports.Adopt(county.signer.Context(), id, reports.NewAdoption{Form: "relayed", RelayedTo: "市交通局"}))
	h.wantFigures(county, adopted("2027-02", "relayed")...)
	v := h.get(county.member, id)
	if v.Adoptions.Times != 1 || v.Outcomes[len(v.Outcomes)-1].Form != "relayed" {
		t.Fatalf("%+v", v.Outcomes)
	}
}

func TestDecisionsNeedAReason(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	for _, step := range []struct {
		do    func(id uuid.UUID, w reports.Why) (uuid.UUID, error)
		good  reports.Why
		state reports.State
	}{
		{func(id uuid.UUID, w reports.Why) (uuid.UUID, error) {
			return h.reports.Keep(county.editor.Context(), id, w)
		}, reports.Why{Code: "for_reference"}, reports.Kept},
		{func(id uuid.UUID, w reports.Why) (uuid.UUID, error) {
			return h.reports.Decline(county.editor.Context(), id, w)
		}, reports.Why{Code: "other", Reason: "另有安排"}, reports.Declined},
	} {
		id := h.takenUp(county, "停车难")
		for _, bad := range []reports.Why{{}, {Code: "none"}, {Code: "other"}, {Code: "several_matters"}} {
			_, err := step.do(id, bad)
			h.refused(errs.Invalid, err)
		}
		h.done(step.do(id, step.good))
		if s := h.get(county.member, id).State; s != step.state {
			t.Fatal(s)
		}
		_, err := step.do(id, step.good)
		h.refused(errs.Conflict, err)
	}
	h.wantFigures(county, "own_submitted 2026-11 2", "tree_submitted 2026-11 2", "own_kept 2026-11 1", "own_declined 2026-11 1")
}

// What the console offers is what the service does.
func TestCanSaysWhatIsDone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	all := county.Person("editor", "reviewer", "signer")
	id := h.takenUp(county, "停车难")
	can := h.get(all, id).Can
	for _, want := range []reports.Action{reports.ActEdit, reports.ActKeep, reports.ActDecline, reports.ActReturn, reports.ActAdoptSingle, reports.ActAdoptRelayed, reports.ActCombine, reports.ActReview} {
		if !slices.Contains(can, want) {
			t.Errorf("%s is not in %v", want, can)
		}
	}
	for _, not := range []reports.Action{reports.ActTakeUp, reports.ActSubmit, reports.ActWithdraw, reports.ActForward, reports.ActApprove, reports.ActCorrect} {
		if slices.Contains(can, not) {
			t.Errorf("%s is in %v", not, can)
		}
	}
	h.sign(county, id)
	if can := h.get(all, id).Can; !slices.Contains(can, reports.ActForward) || slices.Contains(can, reports.ActEdit) {
		t.Error(can)
	}
	if can := h.get(county.member, id).Can; len(can) != 0 {
		t.Error(can)
	}
}
