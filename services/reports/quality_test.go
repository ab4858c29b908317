package reports_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

// faultsOf are the names of the fields that an error complains of.
func faultsOf(err error) []string {
	var e *errs.Error
	names := []string{}
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			names = append(names, f.Name)
		}
	}
	return names
}

// rules sets what a unit asks of its texts, over the shipped rules.
func (h *house) rules(o *office, change func(*reports.Rules)) {
	h.t.Helper()
	r := reports.RulesOf.Default(o.Tenant.Tenant)
	change(&r)
	if err := reports.RulesOf.Set(o.Person("system_admin").Context(), h.DB, 0, r); err != nil {
		h.t.Fatal(err)
	}
}

func TestAUnitAsksForSections(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office("county"), h.office("county")
	h.rules(county, func(r *reports.Rules) {
		r.Required, r.SecrecyCheck, r.DraftLimit, r.IssuedLimit, r.TitleLimit, r.TitleGood = []string{"cause", "advice", "evidence"}, true, 400, 300, 20, 20
	})
	bare := written("停车难")
	bare.Cause, bare.Advice = "", ""
	h.done(h.reports.Create(neighbour.member.Context(), bare)) // the shipped rules allow problem-only reports
	_, err := h.reports.Create(county.member.Context(), bare)
	if got := faultsOf(err); !slices.Equal(got, []string{"cause", "advice", "evidence", "secrecy_checked"}) {
		t.Fatal(got, err)
	}
	bare.Submit = false
	id := h.done(h.reports.Create(county.member.Context(), bare))
	_, err = h.reports.Submit(county.member.Context(), id)
	if got := faultsOf(err); !slices.Equal(got, []string{"cause", "advice", "evidence", "secrecy_checked"}) {
		t.Fatal(got, err)
	}
	_, err = h.reports.Edit(county.member.Context(), id, 1, reports.Change{Cause: ptr(strings.Repeat("因", 401)), Title: ptr(strings.Repeat("题", 21))})
	if got := faultsOf(err); !slices.Equal(got, []string{"title", "problem"}) {
		t.Fatal(got, err)
	}
	h.done(h.reports.Edit(county.member.Context(), id, 1, reports.Change{Cause: ptr("车多"), Advice: ptr("错时共享"), Evidence: ptr("9 月走访 3 个小区")}))
	_, err = h.reports.Submit(county.member.Context(), id)
	if got := faultsOf(err); !slices.Equal(got, []string{"secrecy_checked"}) {
		t.Fatal(got, err)
	}
	h.done(h.reports.SubmitChecked(county.member.Context(), id))
	v := h.get(county.editor, id)
	if v.Secrecy == nil || v.Secrecy.By != county.member.Membership || !v.Secrecy.At.Equal(h.Clock.Now()) || v.Evidence != "9 月走访 3 个小区" || v.Kind != "advice" {
		t.Fatalf("%+v %+v", v.Secrecy, v)
	}
	// The desk may shorten and cut what it received: it is not held to what authors are.
	h.done(h.reports.TakeUp(county.editor.Context(), id))
	h.done(h.reports.Edit(county.editor.Context(), id, h.get(county.editor, id).Version, reports.Change{Advice: ptr(""), Title: ptr(strings.Repeat("题", 40))}))
	if v := h.get(county.editor, id); v.Kind != "problem" {
		t.Error(v.Kind)
	}
}

func TestRulesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	r := reports.Rules{Required: []string{"title"}, TitleLimit: 200, TitleGood: 500, DraftLimit: 1, IssuedLimit: 9000}
	err := reports.RulesOf.Set(county.Person("system_admin").Context(), h.DB, 0, r)
	if got := faultsOf(err); !slices.Equal(got, []string{"required", "title_limit", "title_good", "draft_limit", "issued_limit"}) {
		t.Fatal(got, err)
	}
}

func TestEvidenceAndFlags(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	n := written("停车难")
	n.Flags, n.Evidence = []string{"warning", "hot", "hot"}, "机密★"
	_, err := h.reports.Create(county.member.Context(), n)
	if got := faultsOf(err); !slices.Equal(got, []string{"evidence"}) {
		t.Fatal(got, err)
	}
	n.Evidence, n.Flags = strings.Repeat("据", 1001), []string{"secret"}
	_, err = h.reports.Create(county.member.Context(), n)
	if got := faultsOf(err); !slices.Equal(got, []string{"evidence", "flags"}) {
		t.Fatal(got, err)
	}
	n.Evidence, n.Flags = "据走访", []string{"warning", "hot", "hot"}
	id := h.done(h.reports.Create(county.member.Context(), n))
	if v := h.get(county.member, id); !slices.Equal(v.Flags, []string{"hot", "warning"}) || v.Evidence != "据走访" || v.Secrecy != nil {
		t.Fatalf("%+v", v)
	}
	h.done(h.reports.TakeUp(county.editor.Context(), id))
	h.done(h.reports.Edit(county.editor.Context(), id, 2, reports.Change{Advice: ptr("划线")}))
	if v := h.get(county.editor, id); len(v.Flags) != 2 || v.Evidence != "据走访" {
		t.Fatalf("an edit of another part took %+v", v)
	}
	h.done(h.reports.Edit(county.editor.Context(), id, 3, reports.Change{Flags: []string{}}))
	if v := h.get(county.editor, id); len(v.Flags) != 0 {
		t.Fatal(v.Flags)
	}
}

// The queue: urgency, then flags, then what came last; pages neither lose nor repeat.
func TestTheQueueIsReadByPriority(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	var want []uuid.UUID
	add := func(urgency string, flags ...string) {
		n := written("停车难")
		n.Urgency, n.Flags = urgency, flags
		want = append(want, h.done(h.reports.Create(county.member.Context(), n)))
	}
	add("normal")
	add("normal")
	add("normal", "hot")
	add("normal", "sensitive", "warning")
	add("urgent")
	add("critical", "hot")
	slices.Reverse(want)
	want[4], want[5] = want[5], want[4] // of two alike the newer first: their time is the same, their ids rise
	slices.SortFunc(want[4:], func(a, b uuid.UUID) int { return -strings.Compare(a.String(), b.String()) })
	for _, f := range []reports.Filter{{Box: "inbox", Order: "priority"}, {Box: "inbox", Order: "priority", Category: "城乡建设"}} {
		var got []uuid.UUID
		f.Limit = 2
		for {
			views, next, err := h.reports.List(county.editor.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range views {
				got = append(got, v.ID)
			}
			if f.Cursor = next; next == "" {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v: %v\nwant %v", f, got, want)
		}
	}
	for _, bad := range []reports.Filter{{Box: "signed", Order: "priority"}, {Box: "inbox", Order: "priority", Until: "2026-11-02"}, {Box: "inbox", Order: "priority", Cursor: "x"}, {Box: "inbox", Order: "priority", Cursor: "NTA"}} {
		_, _, err := h.reports.List(county.editor.Context(), bad)
		h.refused(errs.Invalid, err)
	}
}

func TestTheQueueIsNotForWhoSeesOnlyHisOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	h.submitted(county, "停车难")
	for p, want := range map[*tenancytest.Person]int{county.member: 1, county.Person("member"): 0, county.editor: 1} {
		if got := h.ids(p, reports.Filter{Box: "inbox", Order: "priority"}); len(got) != want {
			t.Errorf("%v: %d", p.Roles, len(got))
		}
	}
}
