package screenings_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/blob"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/notices"
	"shangda/services/reports"
	"shangda/services/screenings"
	"shangda/tenancy"
	"shangda/tenancy/tenancytest"
)

// house is a world in which every report has the same remarks.
type house struct {
	*tenancytest.World
	t          *testing.T
	screenings *screenings.Service
	reports    *reports.Service
	remarks    []screenings.Remark
}

type seen struct {
	*reports.Service
	h *house
}

func (s seen) Remarks(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]screenings.Remark, error) {
	_, err := s.ToGrade(ctx, q, report)
	return s.h.remarks, err
}

func newHouse(t *testing.T) *house {
	t.Helper()
	w := tenancytest.New(t)
	bucket, err := blob.Open(context.Background(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	h := &house{World: w, t: t, reports: reports.New(w.DB, tenancy.NewDirectory(w.Pool()), notices.New(w.DB), attachments.New(w.DB, bucket))}
	h.screenings = screenings.New(w.DB, seen{h.reports, h})
	return h
}

func (h *house) submitted(member *tenancytest.Person, urgency string) uuid.UUID {
	h.t.Helper()
	id, err := h.reports.Create(member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: "停车难", Problem: "小区停车难。"}, Category: "城乡建设", Urgency: urgency}})
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

func marks(title, content, novelty int) map[string]int {
	return map[string]int{"title": title, "content": content, "novelty": novelty}
}

func (h *house) screen(p *tenancytest.Person, id uuid.UUID, g screenings.Given) {
	h.t.Helper()
	if _, err := h.screenings.Screen(p.Context(), id, g); err != nil {
		h.t.Fatal(err)
	}
}

func TestAScoreOrdersTheQueue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.Tenant("cppcc", "county")
	editor, member := county.Person("editor"), county.Person("member")
	poor, good, flagged, urgent, waiting := h.submitted(member, "normal"), h.submitted(member, "normal"), h.submitted(member, "normal"), h.submitted(member, "urgent"), h.submitted(member, "normal")
	h.screen(editor, poor, screenings.Given{Marks: marks(1, 1, 1)})
	h.screen(editor, good, screenings.Given{Marks: marks(5, 5, 4), Note: "数据扎实"})
	h.screen(editor, flagged, screenings.Given{Marks: marks(2, 3, 3), Flags: []string{"warning"}})
	h.screen(editor, urgent, screenings.Given{Marks: marks(0, 1, 0)})
	if _, err := h.reports.TakeUp(editor.Context(), waiting); err != nil {
		t.Fatal(err)
	}
	views, _, err := h.reports.List(editor.Context(), reports.Filter{Box: "desk", Order: "priority"})
	if err != nil {
		t.Fatal(err)
	}
	var got []uuid.UUID
	for _, v := range views {
		got = append(got, v.ID)
	}
	// Urgency, then warning (60) with 56, then 94, then the middle of what nobody has screened, then 20.
	if want := []uuid.UUID{urgent, flagged, good, waiting, poor}; !slices.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	v, err := h.reports.Get(editor.Context(), good)
	if err != nil || v.Score == nil || *v.Score != 94 || v.State != reports.TakenUp || len(v.Outcomes) != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	if v, err := h.reports.Get(member.Context(), good); err != nil || v.Score != nil {
		t.Errorf("the author sees his score: %+v, %v", v.Score, err)
	}
}

func TestEachScreeningIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.Tenant("cppcc", "county")
	editor, head, admin := county.Person("editor"), county.Person("reviewer"), county.Person("system_admin")
	id := h.submitted(county.Person("member"), "normal")
	h.remarks = []screenings.Remark{{"no_figures", "没有数据"}, {"no_figures", "没有数据"}, {"title_long", "标题过长"}, {"personal_data", "手机号"}}
	h.screen(editor, id, screenings.Given{Marks: marks(5, 5, 5)})
	if err := screenings.CriteriaOf.Set(admin.Context(), h.DB, 0, screenings.Criteria{Items: []screenings.Criterion{{"content", "内容", "", 1}, {"value", "参考价值", "", 3}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.screenings.Screen(editor.Context(), id, screenings.Given{Marks: marks(5, 5, 5)}); !errs.Is(err, errs.Invalid) {
		t.Errorf("by criteria that are no more: %v", err)
	}
	h.screen(head, id, screenings.Given{Marks: map[string]int{"content": 5, "value": 1}})
	v, err := h.screenings.Of(head.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Given) != 2 || v.Given[0].Score != 40 || v.Given[0].By != head.Name || v.Given[1].Score != 100 || len(v.Given[1].Marks) != 3 || v.Given[1].Marks[0].Name != "题目" {
		t.Errorf("%+v", v.Given)
	}
	// Suggested then: title 4 of 5 by 20, content 4 by 50, novelty only a person can judge.
	if v.Given[1].Suggested != 74 || v.Given[0].Suggested != 65 {
		t.Errorf("suggested %d, then %d", v.Given[1].Suggested, v.Given[0].Suggested)
	}
	s := v.Suggestion
	if s.Score != 65 || len(s.Marks) != 1 || s.Marks[0].Mark != 4 || strings.Join(s.Marks[0].Reasons, "") != "没有数据" || !slices.Equal(s.Unknown, []string{"value"}) {
		t.Errorf("%+v", s)
	}
}

func TestFaultyScreenings(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.Tenant("cppcc", "county")
	editor, admin := county.Person("editor"), county.Person("system_admin")
	id := h.submitted(county.Person("member"), "normal")
	for _, bad := range []screenings.Given{
		{}, {Marks: marks(5, 5, 6)}, {Marks: marks(-1, 5, 5)}, {Marks: map[string]int{"title": 5}}, {Marks: marks(5, 5, 5), Note: "机密★"},
		{Marks: marks(5, 5, 5), Note: strings.Repeat("长", 501)}, {Marks: marks(5, 5, 5), Flags: []string{"secret"}},
	} {
		if _, err := h.screenings.Screen(editor.Context(), id, bad); !errs.Is(err, errs.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if v, err := h.reports.Get(editor.Context(), id); err != nil || v.State != reports.Submitted {
		t.Errorf("a refused screening took it up: %+v, %v", v, err)
	}
	for _, bad := range []screenings.Criteria{{}, {Items: []screenings.Criterion{{"a", " ", "", 1}}}, {Items: []screenings.Criterion{{"a", "甲", "", 0}}},
		{Items: []screenings.Criterion{{"a", "甲", "", 1}, {"a", "乙", "", 1}}}, {Items: []screenings.Criterion{{"a", "甲", "", 101}}}} {
		if err := screenings.CriteriaOf.Set(admin.Context(), h.DB, 0, bad); !errs.Is(err, errs.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

// Only the own office screens; strangers find nothing, and the author may not.
func TestScreeningIsTheOffices(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.Tenant("cppcc", "county"), h.Tenant("cppcc", "county")
	member := county.Person("member")
	id := h.submitted(member, "normal")
	for p, kind := range map[*tenancytest.Person]errs.Kind{
		neighbour.Person("editor", "reviewer"): errs.NotFound, county.Person("member"): errs.NotFound, county.Person("system_admin"): errs.NotFound,
		member: errs.Forbidden, county.Person("signer"): errs.Forbidden,
	} {
		_, read := h.screenings.Of(p.Context(), id)
		_, wrote := h.screenings.Screen(p.Context(), id, screenings.Given{Marks: marks(5, 5, 5)})
		if !errs.Is(read, kind) || !errs.Is(wrote, kind) {
			t.Errorf("%v: %v, %v, want %s", p.Roles, read, wrote, kind)
		}
		if authz.May(p.Principal, authz.ReportScreen) && kind == errs.NotFound {
			if _, err := h.screenings.Of(p.Context(), uuid.New()); err.Error() != read.Error() {
				t.Errorf("a missing one: %v, another's: %v", err, read)
			}
		}
	}
}
