package reports_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
)

// linked are the kinds and titles of what a report belongs together with.
func (h *house) linked(o *office, id uuid.UUID) []string {
	h.t.Helper()
	list, err := h.reports.Links(o.editor.Context(), id)
	if err != nil {
		h.t.Fatal(err)
	}
	all := []string{}
	for _, l := range list {
		all = append(all, l.Kind+" "+l.Title)
	}
	slices.Sort(all)
	return all
}

func (h *house) part(o *office, whole uuid.UUID, title string) uuid.UUID {
	h.t.Helper()
	list, err := h.reports.Links(o.editor.Context(), whole)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, l := range list {
		if l.Title == title {
			return l.ReportID
		}
	}
	h.t.Fatalf("%s is not linked: %+v", title, list)
	return uuid.Nil
}

func TestOneReportOfTwoMattersIsSplit(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	h.FiguresLine(county.Tenant, city.Tenant)
	whole := h.takenUp(county, "停车和积水")
	_, err := h.reports.Split(county.member.Context(), whole, []reports.Part{{Text: text("停车")}, {Text: text("积水")}})
	h.refused(errs.Forbidden, err)
	_, err = h.reports.Split(county.editor.Context(), whole, []reports.Part{{Text: text("停车")}, {Category: "没有这类"}})
	h.refused(errs.Invalid, err)
	if fields := errs.FieldsOf(err); len(fields) != 3 || fields[0].Name != "parts.1.title" {
		t.Fatal(fields)
	}
	h.done(h.reports.Split(county.editor.Context(), whole, []reports.Part{{Text: text("停车")}, {Text: text("积水"), Category: "民政"}}))
	if v := h.get(county.member, whole); v.State != reports.Split || len(v.Can) != 0 {
		t.Fatalf("%+v", v)
	}
	if got := h.linked(county, whole); !slices.Equal(got, []string{"part 停车", "part 积水"}) {
		t.Fatal(got)
	}
	one, two := h.part(county, whole, "停车"), h.part(county, whole, "积水")
	v := h.get(county.member, two)
	if v.Category != "民政" || v.State != reports.Editing || *v.SplitFrom != whole || !strings.HasSuffix(v.Number, "-2") || v.Author.Name != county.member.Name {
		t.Fatalf("%+v", v)
	}
	// Nothing is counted for a part; the whole counts once a deciding unit, whatever the number of its parts.
	h.wantFigures(county, "own_submitted 2026-11 1", "tree_submitted 2026-11 1")
	for _, part := range []uuid.UUID{one, two} {
		h.sign(county, part)
		above := h.send(county, city, part)
		h.done(h.reports.TakeUp(city.editor.Context(), above))
		h.done(h.reports.Adopt(city.reviewer.Context(), above, reports.NewAdoption{Form: reports.FormSingle}))
		h.tell(county, above, part)
	}
	h.wantFigures(county, "own_submitted 2026-11 1", "tree_submitted 2026-11 1", "own_signed 2026-11 2", "own_forwarded 2026-11 2",
		"tree_forwarded 2026-11 1", "tree_forwardings 2026-11 2", "tree_reports 2026-11 1", "tree_reports_city 2026-11 1", "tree_reports_single 2026-11 1",
		"tree_times_city_single 2026-11 1")
	if v := h.get(county.member, whole); v.Adoptions.Reports != 1 || v.Adoptions.Times != 1 {
		t.Fatalf("%+v", v.Adoptions)
	}
	if told := h.unread(county.member); len(told) == 0 || strings.Contains(strings.Join(told, ""), "《停车和积水》："+city.Name) {
		t.Fatal("told once, of the part", told)
	}
}

func TestWhatWasReceivedIsSplitAndItsSenderHearsOfBoth(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	h.FiguresLine(county.Tenant, city.Tenant)
	id := h.takenUp(county, "停车和积水")
	h.sign(county, id)
	above := h.send(county, city, id)
	h.done(h.reports.TakeUp(city.editor.Context(), above))
	h.done(h.reports.Split(city.editor.Context(), above, []reports.Part{{Text: text("停车")}, {Text: text("积水")}}))
	one := h.part(city, above, "停车")
	_, err := h.reports.Return(city.editor.Context(), one, reports.Why{Code: "no_data"})
	h.refused(errs.Conflict, err)
	h.done(h.reports.Adopt(city.reviewer.Context(), one, reports.NewAdoption{Form: reports.FormSingle}))
	h.done(h.reports.Keep(city.editor.Context(), h.part(city, above, "积水"), reports.Why{Code: "timing"}))
	h.tell(county, above, id)
	if v := h.get(county.member, id); v.Adoptions.Times != 1 {
		t.Fatalf("%+v", v.Adoptions)
	}
	for _, f := range h.figures(city) {
		if strings.HasPrefix(f, "own_adopted") && f != "own_adopted_single from below 2026-11 1" {
			t.Error(f)
		}
	}
}

func TestADuplicateGoesIntoAnother(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	other := county.Person("member")
	main := h.takenUp(county, "停车难")
	twin := h.done(h.reports.TakeUp(county.editor.Context(), h.done(h.reports.Create(other.Context(), written("停车真难")))))
	_, err := h.reports.Absorb(county.editor.Context(), twin, twin)
	h.refused(errs.Invalid, err)
	_, err = h.reports.Absorb(county.editor.Context(), twin, uuid.New())
	h.refused(errs.Invalid, err)
	h.done(h.reports.Absorb(county.editor.Context(), twin, main))
	if v := h.get(other, twin); v.State != reports.Merged {
		t.Fatal(v.State)
	}
	if got := h.linked(county, twin); !slices.Equal(got, []string{"duplicate 停车难", "merged_into 停车难"}) {
		t.Fatal(got)
	}
	h.done(h.reports.Adopt(county.reviewer.Context(), main, reports.NewAdoption{Form: reports.FormSingle}))
	if told := strings.Join(h.unread(other), "\n"); !strings.Contains(told, "并为一篇办理") || !strings.Contains(told, "采用（单篇）") {
		t.Fatal(told)
	}
	if got := h.stations(other, twin); !slices.Contains(got, county.Name+" 采用（单篇）") {
		t.Fatal(got)
	}
	if v := h.get(other, twin); v.Adoptions.Times != 0 {
		t.Fatal("told and not counted", v.Adoptions)
	}
	h.wantFigures(county, "own_submitted 2026-11 2", "tree_submitted 2026-11 2", "own_adopted_single 2026-11 1", "tree_reports 2026-11 1",
		"tree_reports_county 2026-11 1", "tree_reports_single 2026-11 1", "tree_times_county_single 2026-11 1")
	_, err = h.reports.Absorb(county.editor.Context(), main, h.takenUp(county, "别的"))
	h.refused(errs.Conflict, err)
}

func TestReportsAreLinked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	first, second := h.submitted(county, "停车难"), h.submitted(county, "停车难续报")
	h.done(h.reports.Link(county.editor.Context(), second, first, "continued", "补充数据"))
	_, err := h.reports.Link(county.editor.Context(), first, second, "continued", "")
	h.refused(errs.Conflict, err)
	_, err = h.reports.Link(county.member.Context(), first, second, "related", "")
	h.refused(errs.Forbidden, err)
	_, err = h.reports.Link(county.editor.Context(), first, uuid.New(), "related", "")
	h.refused(errs.Invalid, err)
	if a, b := h.linked(county, first), h.linked(county, second); !slices.Equal(a, []string{"continued_by 停车难续报"}) || !slices.Equal(b, []string{"continues 停车难"}) {
		t.Fatal(a, b)
	}
	// An author sees a link only to what he may read.
	stranger := county.Person("member")
	own := h.done(h.reports.Create(stranger.Context(), written("我的停车难")))
	h.done(h.reports.Link(county.editor.Context(), own, first, "related", ""))
	if links, err := h.reports.Links(stranger.Context(), own); err != nil || len(links) != 0 {
		t.Fatal(links, err)
	}
	links, err := h.reports.Links(county.editor.Context(), own)
	if err != nil || len(links) != 1 {
		t.Fatal(links, err)
	}
	h.done(h.reports.Unlink(county.editor.Context(), *links[0].ID))
	_, err = h.reports.Unlink(county.editor.Context(), *links[0].ID)
	h.refused(errs.NotFound, err)
	if got := h.linked(county, own); len(got) != 0 {
		t.Fatal(got)
	}
}

func TestSharesOfACombinedReportUntilItIsSigned(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	a, b := h.takenUp(county, "一"), h.takenUp(county, "二")
	id := h.done(h.reports.Combine(county.editor.Context(), reports.Combination{Text: text("综合"), Category: "民政", Reports: []uuid.UUID{a, b}}))
	change := func(version int, list []uuid.UUID, shares map[uuid.UUID]float64) error {
		_, err := h.reports.ChangeSources(county.editor.Context(), id, version, reports.Combination{Reports: list, Shares: shares})
		return err
	}
	h.refused(errs.Invalid, change(1, []uuid.UUID{a}, nil))
	h.refused(errs.Invalid, change(1, []uuid.UUID{b, a}, map[uuid.UUID]float64{a: 60, b: 50}))
	h.refused(errs.Stale, change(7, []uuid.UUID{b, a}, nil))
	if err := change(1, []uuid.UUID{b, a}, map[uuid.UUID]float64{a: 30, b: 70}); err != nil {
		t.Fatal(err)
	}
	if v := h.get(county.editor, id); v.Sources[0].ReportID != b || v.Sources[0].Share != 70 || v.Sources[1].Share != 30 || v.Version != 2 {
		t.Fatalf("%+v", v.Sources)
	}
	h.sign(county, id)
	h.refused(errs.Conflict, change(h.get(county.editor, id).Version, []uuid.UUID{a, b}, nil))
	h.refused(errs.Conflict, func() error {
		_, err := h.reports.ChangeSources(county.editor.Context(), h.takenUp(county, "三"), 2, reports.Combination{})
		return err
	}())
}
