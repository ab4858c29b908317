package reports_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy"
)

func TestAMemberDraftsSubmitsAndWithdraws(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	me := county.member
	draft := h.done(h.reports.Create(me.Context(), reports.NewReport{Input: reports.Input{Text: reports.Text{Problem: "只写了一半"}}}))
	if v := h.get(me, draft); v.State != reports.Draft || v.Number != "" || !slices.Equal(v.Can, []reports.Action{"edit", "submit", "hand_over"}) {
		t.Fatalf("%+v", v)
	}
	for _, other := range []*office{county, h.office("city")} {
		_, err := h.reports.Get(other.editor.Context(), draft)
		h.refused(errs.NotFound, err)
		_, err = h.reports.TakeUp(other.editor.Context(), draft)
		h.refused(errs.NotFound, err)
		_, err = h.reports.Edit(other.editor.Context(), draft, 1, reports.Change{Title: ptr("改")})
		h.refused(errs.NotFound, err)
	}
	_, err := h.reports.Submit(me.Context(), draft)
	h.refused(errs.Invalid, err)

	full := text("关于加快老旧小区加装电梯的建议")
	h.done(h.reports.Edit(me.Context(), draft, 1, reports.Change{Title: &full.Title, Problem: &full.Problem, Category: ptr("城乡建设")}))
	h.done(h.reports.Submit(me.Context(), draft))
	v := h.get(me, draft)
	if v.State != reports.Submitted || !strings.HasPrefix(v.Number, strings.ToUpper(strings.Split(county.Code, "-")[0])+"-2611-") || v.SubmittedAt == nil {
		t.Fatalf("%+v", v)
	}
	h.wantFigures(county, "own_submitted 2026-11 1", "tree_submitted 2026-11 1")

	h.Clock.Set(time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC))
	h.done(h.reports.Withdraw(me.Context(), draft))
	if after := h.get(me, draft); after.State != reports.Draft || after.Number != v.Number || after.SubmittedAt != nil {
		t.Fatalf("%+v", after)
	}
	h.wantFigures(county)
	h.done(h.reports.Submit(me.Context(), draft))
	h.wantFigures(county, "own_submitted 2026-12 1", "tree_submitted 2026-12 1")
	h.done(h.reports.TakeUp(county.editor.Context(), draft))
	_, err = h.reports.Withdraw(me.Context(), draft)
	h.refused(errs.Conflict, err)
	if texts := h.unread(me); len(texts) != 1 || !strings.Contains(texts[0], "受理") {
		t.Fatal(texts)
	}
	want := []string{"撰写草稿", "提交信息，编号 " + v.Number, "撤回提交", "提交信息，编号 " + v.Number, county.Name + " 受理"}
	if got := h.stations(me, draft); !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

func TestAnEditorEditsAndReturns(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	id := h.takenUp(county, "加装电梯")
	edited, again := "关于加装电梯的建议", "关于加快加装电梯的建议"
	h.done(h.reports.Edit(county.editor.Context(), id, 2, reports.Change{Title: &edited}))
	h.done(h.reports.Edit(county.editor.Context(), id, 3, reports.Change{Title: &again}))
	_, err := h.reports.Edit(county.reviewer.Context(), id, 3, reports.Change{Title: ptr("晚了一步")})
	h.refused(errs.Stale, err)
	_, err = h.reports.Edit(county.member.Context(), id, 4, reports.Change{Title: ptr("作者想改")})
	h.refused(errs.Forbidden, err)
	if v := h.get(county.editor, id); v.Title != again || v.State != reports.Editing || v.Version != 4 {
		t.Fatalf("%+v", v)
	}
	texts, err := h.reports.Versions(county.member.Context(), id)
	if err != nil || len(texts) != 3 || texts[0].Kind != "original" || texts[0].Title != "加装电梯" || texts[2].Kind != "edited" || texts[2].Title != again || texts[2].By != county.editor.Name {
		t.Fatalf("%+v, %v", texts, err)
	}

	_, err = h.reports.Return(county.editor.Context(), id, reports.Why{Code: "not_novel"})
	h.refused(errs.Invalid, err)
	h.done(h.reports.Return(county.editor.Context(), id, reports.Why{Code: "no_data", Reason: "请补充近三年的数据"}))
	if texts := h.unread(county.member); !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, "请补充近三年的数据") }) {
		t.Fatal(texts)
	}
	v := h.get(county.member, id)
	if v.State != reports.Returned || !slices.Contains(v.Can, reports.ActEdit) {
		t.Fatalf("%+v", v)
	}
	h.done(h.reports.Edit(county.member.Context(), id, v.Version, reports.Change{Cause: ptr("近三年只加装了 12 部。")}))
	h.done(h.reports.Submit(county.member.Context(), id))
	h.done(h.reports.Withdraw(county.member.Context(), id))
	if v := h.get(county.member, id); v.State != reports.Returned {
		t.Fatal("a resubmission that was withdrawn has become a draft again:", v.State)
	}
	h.done(h.reports.Submit(county.member.Context(), id))
	texts, err = h.reports.Versions(county.editor.Context(), id)
	if last := texts[len(texts)-1]; err != nil || len(texts) != 4 || last.Kind != "original" || !strings.Contains(last.Cause, "12 部") {
		t.Fatalf("%+v, %v", texts, err)
	}
	h.wantFigures(county, "own_submitted 2026-11 1", "tree_submitted 2026-11 1", "own_returned 2026-11 1")
	entries, err := h.reports.Timeline(county.member.Context(), id)
	if err != nil || entries[2].Kind != "report.edited" || entries[3].Kind != "report.returned" || entries[3].Detail != "没有数据支撑：请补充近三年的数据" || entries[3].Actor != county.editor.Name {
		t.Fatalf("%+v, %v", entries, err)
	}
}

func TestAReportGoesUpAndItsFateComesDown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city, province := h.office("county"), h.office("city"), h.office("province")
	id := h.takenUp(county, "加装电梯")
	h.sign(county, id)
	h.Clock.Set(time.Date(2026, 12, 2, 1, 0, 0, 0, time.UTC))
	atCity := h.send(county, city, id)
	v := h.get(city.editor, atCity)
	if v.State != reports.Submitted || v.Origin.Tenant != county.Code || v.Number != h.get(county.editor, id).Number || v.Author.Name != county.member.Name || v.Author.MembershipID != nil {
		t.Fatalf("%+v", v)
	}
	h.done(h.reports.TakeUp(city.editor.Context(), atCity))
	h.done(h.reports.Edit(city.editor.Context(), atCity, 2, reports.Change{Title: ptr("市里改过的标题")}))
	texts, err := h.reports.Versions(city.editor.Context(), atCity)
	if err != nil || texts[0].Kind != "sealed" || texts[0].Title != "加装电梯" || texts[0].By != county.Name || texts[0].Fault != "" {
		t.Fatalf("%+v, %v", texts, err)
	}
	h.sign(city, atCity)
	h.done(h.reports.Adopt(city.signer.Context(), atCity, reports.NewAdoption{Form: "single"}))
	atProvince := h.send(city, province, atCity)
	h.done(h.reports.TakeUp(province.editor.Context(), atProvince))
	h.done(h.reports.Adopt(province.reviewer.Context(), atProvince, reports.NewAdoption{Form: "relayed", RelayedTo: "省住建厅"}))

	h.Clock.Set(time.Date(2027, 1, 5, 1, 0, 0, 0, time.UTC))
	h.tell(city, atProvince, atCity)
	h.tell(county, atCity, id)
	h.tell(county, atCity, id) // told twice is once
	h.wantFigures(county, "own_submitted 2026-11 1", "tree_submitted 2026-11 1", "own_signed 2026-11 1", "own_forwarded 2026-12 1",
		"tree_forwarded 2026-12 1", "tree_forwardings 2026-12 1", "tree_times_city_single 2026-12 1", "tree_times_province_relayed 2026-12 1",
		"tree_reports 2026-12 1", "tree_reports_city 2026-12 1", "tree_reports_province 2026-12 1", "tree_reports_single 2026-12 1", "tree_reports_relayed 2026-12 1")
	h.wantFigures(city, "own_received from below 2026-12 1", "own_signed from below 2026-12 1", "own_adopted_single from below 2026-12 1", "own_forwarded from below 2026-12 1")

	v = h.get(county.member, id)
	if v.Adoptions != (reports.AdoptionCount{Reports: 1, Times: 2}) {
		t.Fatalf("%+v", v)
	}
	stations := h.stations(county.member, id)
	for _, want := range []string{county.Name + " 签发", county.Name + " 报送" + city.Name, "已送达" + city.Name, city.Name + " 受理", city.Name + " 采用（单篇）",
		city.Name + " 转报" + province.Name, province.Name + " 采用（转送）"} {
		if !slices.Contains(stations, want) {
			t.Fatalf("no %q in %q", want, stations)
		}
	}
	if texts := h.unread(county.member); !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, province.Name+"采用（转送）") }) {
		t.Fatal(texts)
	}
	if texts := h.unread(county.editor); !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, city.Name+"采用（单篇）") }) {
		t.Fatal(texts)
	}
}

func TestAnUpperUnitReturnsAndTheReportComesAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	id := h.takenUp(county, "停车难")
	h.sign(county, id)
	above := h.send(county, city, id)
	h.done(h.reports.TakeUp(city.editor.Context(), above))
	h.done(h.reports.Return(city.editor.Context(), above, reports.Why{Code: "no_data"}))
	h.tell(county, above, id)
	v := h.get(county.editor, id)
	if v.State != reports.Editing {
		t.Fatal(v.State)
	}
	h.done(h.reports.Edit(county.editor.Context(), id, v.Version, reports.Change{Cause: ptr("缺口 3000 个泊位。"), Category: ptr("交通运输"), Topic: ptr("停车")}))
	h.sign(county, id)
	if again := h.send(county, city, id); again != above {
		t.Fatal("a resubmission has become another report")
	}
	v = h.get(city.editor, above)
	if v.State != reports.Submitted || v.Cause != "缺口 3000 个泊位。" || v.Category != "交通运输" {
		t.Fatalf("%+v", v)
	}
	texts, err := h.reports.Versions(city.editor.Context(), above)
	if err != nil || len(texts) != 2 || texts[1].Kind != "sealed" || texts[0].Cause == texts[1].Cause {
		t.Fatalf("%+v, %v", texts, err)
	}
	h.wantFigures(county, "own_submitted 2026-11 1", "tree_submitted 2026-11 1", "own_signed 2026-11 1", "own_forwarded 2026-11 1", "tree_forwarded 2026-11 1", "tree_forwardings 2026-11 1")
	h.wantFigures(city, "own_received from below 2026-11 1", "own_returned from below 2026-11 1")
	if sums := h.byCategory(county); sums["城乡建设"] != 0 || sums["交通运输"] != 6 {
		t.Fatal("a change of category has not moved what was counted:", sums)
	}
}

func (h *house) byCategory(o *office) map[string]int {
	h.t.Helper()
	q, err := h.DB.Read(o.editor.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	type row struct {
		Category string
		N        int
	}
	rows, err := tenancy.Collect[row](context.Background(), q, `
		select category, sum(m.value::int)::int as n from events e, jsonb_each_text(e.measures) m where e.tenant_id = $1 group by 1`, q.Tenant())
	if err != nil {
		h.t.Fatal(err)
	}
	sums := map[string]int{}
	for _, r := range rows {
		sums[r.Category] = r.N
	}
	return sums
}

func TestARecallIsALetter(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city, province := h.office("county"), h.office("city"), h.office("province")
	id := h.takenUp(county, "停车难")
	h.sign(county, id)
	above, atProvince := h.send(county, city, id), h.send(county, province, id)
	h.done(h.reports.TakeUp(province.editor.Context(), atProvince))
	h.Clock.Set(time.Date(2026, 12, 2, 1, 0, 0, 0, time.UTC))
	recall := func(at *office) (recalled bool) {
		err := h.in(h.courier(at), func(ctx context.Context, tx *tenancy.Tx) (err error) {
			recalled, err = h.reports.RecallReceived(ctx, tx, county.ID, id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return recalled
	}
	if !recall(city) || recall(province) {
		t.Fatal("recalled where it was taken up, or not where it was not")
	}
	if s := h.get(city.editor, above).State; s != reports.Recalled {
		t.Fatal(s)
	}
	err := h.in(county.editor.Context(), func(ctx context.Context, tx *tenancy.Tx) error {
		return h.reports.Recalled(ctx, tx, id, city.Tenant.Tenant)
	})
	if err != nil {
		t.Fatal(err)
	}
	h.wantFigures(county, "own_submitted 2026-11 1", "tree_submitted 2026-11 1", "own_signed 2026-11 1", "own_forwarded 2026-11 1", "tree_forwarded 2026-11 1", "tree_forwardings 2026-11 1")
	if again := h.send(county, city, id); again != above || h.get(city.editor, above).State != reports.Submitted {
		t.Fatal("what was recalled and sent again did not join")
	}
}

func TestReviewTextsAreKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	id := h.takenUp(county, "停车难")
	step := func(p interface{ Context() context.Context }, fn func(ctx context.Context, tx *tenancy.Tx) error) error {
		return h.in(p.Context(), fn)
	}
	begin := func(ctx context.Context, tx *tenancy.Tx) error {
		u, err := h.reports.ForReview(ctx, tx, id)
		if err != nil || u.Title != "停车难" || u.Class != "ordinary" || u.Urgency != "normal" || u.Source != "own" {
			t.Errorf("%+v, %v", u, err)
		}
		return h.reports.BeginReview(ctx, tx, id)
	}
	h.refused(errs.Forbidden, step(county.signer, begin))
	if err := step(county.editor, begin); err != nil {
		t.Fatal(err)
	}
	h.refused(errs.Conflict, step(county.editor, begin))
	_, err := h.reports.Edit(county.editor.Context(), id, 3, reports.Change{Title: ptr("审核中不能改")})
	h.refused(errs.Conflict, err)
	if err := step(county.signer, func(ctx context.Context, tx *tenancy.Tx) error {
		return h.reports.ReviewText(ctx, tx, id, text("领导改过"))
	}); err != nil {
		t.Fatal(err)
	}
	if err := step(county.signer, func(ctx context.Context, tx *tenancy.Tx) error {
		return h.reports.ReviewReturned(ctx, tx, id, "再核实")
	}); err != nil {
		t.Fatal(err)
	}
	h.sign(county, id)
	texts, err := h.reports.Versions(county.editor.Context(), id)
	kinds := []string{}
	for _, v := range texts {
		kinds = append(kinds, v.Kind)
	}
	if err != nil || !slices.Equal(kinds, []string{"original", "edited", "issued"}) || texts[2].Title != "领导改过" {
		t.Fatal(kinds, err)
	}
	var out reports.Outgoing
	err = step(county.editor, func(ctx context.Context, tx *tenancy.Tx) (err error) {
		out, err = h.reports.ForSending(ctx, tx, id)
		return err
	})
	if err != nil || out.VersionNo != 3 || out.Original == nil || out.Original.Title != "停车难" || out.Origin.ID != county.ID {
		t.Fatalf("%+v, %v", out, err)
	}
}

func TestAnIdMeansOneReport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	n := written("停车难")
	n.ID = uuid.New()
	h.done(h.reports.Create(county.member.Context(), n))
	if id, err := tenancy.Changed(h.reports.Create(county.member.Context(), n)); err != nil || id != n.ID {
		t.Fatal(id, err)
	}
	_, err := h.reports.Create(county.editor.Context(), n)
	h.refused(errs.Invalid, err)
	keyed := func(body string) (uuid.UUID, error) {
		ctx := tenancy.WithIdempotencyKey(county.member.Context(), "k", "POST /reports", []byte(body))
		return tenancy.Changed(h.reports.Create(ctx, written("只有一篇")))
	}
	first := h.done(keyed("甲"))
	if second := h.done(keyed("甲")); second != first {
		t.Fatal("one key, two reports")
	}
	_, err = keyed("乙")
	h.refused(errs.Invalid, err)
	h.wantFigures(county, "own_submitted 2026-11 2", "tree_submitted 2026-11 2")
}
