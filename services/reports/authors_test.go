package reports_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

func with(list ...reports.CoAuthor) reports.Signatures { return reports.Signatures{CoAuthors: &list} }

func member(p *tenancytest.Person) reports.CoAuthor {
	return reports.CoAuthor{MembershipID: &p.Membership}
}

// shares is who signs, with his share, the first author first.
func shares(v *reports.ReportView) string {
	parts := []string{fmt.Sprintf("%g", v.Author.Share)}
	for _, a := range v.CoAuthors {
		parts = append(parts, fmt.Sprintf("%s %g", a.Name, a.Share))
	}
	return strings.Join(parts, ", ")
}

func TestSeveralWriteOneReport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, city := h.office("county"), h.office("city")
	h.FiguresLine(county.Tenant, city.Tenant)
	mate, stranger := county.Person("member"), county.Person("member")
	draft := h.done(h.reports.Create(county.member.Context(), reports.NewReport{Input: reports.Input{Text: text("停车难"), Category: "交通运输",
		Signatures: with(member(mate), reports.CoAuthor{Name: "吴教授", Unit: "江州大学", Title: "教授"})}}))
	if got := shares(h.get(mate, draft)); got != "33.34, "+mate.Name+" 33.33, 吴教授 33.33" {
		t.Fatal(got)
	}
	if told := h.unread(mate); len(told) != 1 || !strings.Contains(told[0], "合作作者") {
		t.Fatal(told)
	}
	_, err := h.reports.Get(stranger.Context(), draft)
	h.refused(errs.NotFound, err)
	_, err = h.reports.Get(county.editor.Context(), draft)
	h.refused(errs.NotFound, err)

	// The other author writes on; who wrote what stays. Handing in is the first author's.
	h.done(h.reports.Edit(mate.Context(), draft, 1, reports.Change{Cause: ptr("车位只有 200 个。")}))
	_, err = h.reports.Submit(mate.Context(), draft)
	h.refused(errs.Forbidden, err)
	_, err = h.reports.Edit(mate.Context(), draft, 2, reports.Change{Signatures: with()})
	h.refused(errs.Forbidden, err)
	if can := h.get(mate, draft).Can; !slices.Equal(can, []reports.Action{"edit"}) {
		t.Fatal(can)
	}
	h.done(h.reports.Edit(county.member.Context(), draft, 2, reports.Change{Signatures: with(reports.CoAuthor{MembershipID: &mate.Membership, Share: ptr(40.0)})}))
	h.done(h.reports.Submit(county.member.Context(), draft))
	versions, err := h.reports.Versions(mate.Context(), draft)
	if err != nil || len(versions) != 2 || versions[0].Kind != "drafted" || versions[0].By != county.member.Name || versions[1].Kind != "original" || versions[1].By != mate.Name {
		t.Fatalf("%+v %v", versions, err)
	}
	if got := shares(h.get(county.editor, draft)); got != "60, "+mate.Name+" 40" {
		t.Fatal(got)
	}
	if ids := h.ids(mate, reports.Filter{Box: reports.BoxShared}); !slices.Equal(ids, []uuid.UUID{draft}) {
		t.Fatal(ids)
	}
	if ids := h.ids(stranger, reports.Filter{Box: reports.BoxShared}); len(ids) != 0 {
		t.Fatal(ids)
	}

	// What becomes of it, each of them hears; the names go up with the letter.
	h.done(h.reports.TakeUp(county.editor.Context(), draft))
	h.done(h.reports.Adopt(county.reviewer.Context(), draft, reports.NewAdoption{Form: reports.FormSingle}))
	if told := strings.Join(h.unread(mate), "\n"); !strings.Contains(told, "采用（单篇）") {
		t.Fatal(told)
	}
	h.sign(county, draft)
	above := h.send(county, city, draft)
	if v := h.get(city.editor, above); shares(v) != "60, "+mate.Name+" 40" || v.CoAuthors[0].MembershipID != nil {
		t.Fatalf("%+v", v.CoAuthors)
	}
	h.done(h.reports.TakeUp(city.editor.Context(), above))
	_, err = h.reports.Edit(city.editor.Context(), above, h.get(city.editor, above).Version, reports.Change{Signatures: with()})
	h.refused(errs.Conflict, err)
}

func TestWhoMaySignAndHowMuch(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county, neighbour := h.office("county"), h.office("county")
	mate, gone := county.Person("member"), county.Person("system_admin")
	for fault, list := range map[string][]reports.CoAuthor{
		"不是本单位的在册成员": {member(neighbour.member)},
		"第一反映人":      {member(county.member)},
		"重复出现":       {member(mate), member(mate)},
		"第 1 位":      {member(gone)},
		"姓名":         {{Unit: "某大学"}},
		"100%":       {{Name: "甲", Share: ptr(70.0)}, {Name: "乙", Share: ptr(30.01)}},
		"0 到 100":    {{Name: "甲", Share: ptr(-1.0)}},
		"都不填":        {{Name: "甲", Share: ptr(10.0)}, {Name: "乙"}},
		"纸质版":        {{Name: "甲", Title: "【机密】"}},
		"最多 9 人":     make([]reports.CoAuthor, 10),
	} {
		_, err := h.reports.Create(county.member.Context(), reports.NewReport{Input: reports.Input{Text: text("停车难"), Signatures: with(list...)}})
		if !errs.Is(err, errs.Invalid) || !strings.Contains(fmt.Sprint(err, errs.FieldsOf(err)), fault) {
			t.Errorf("%s: %v", fault, err)
		}
	}
	if ids := h.ids(county.member, reports.Filter{Box: reports.BoxMine}); len(ids) != 0 {
		t.Error("a refused report was kept", ids)
	}
}

func TestAReportIsWrittenDownForAnother(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	old, other := county.Person("member"), county.Person("member")
	forMember := reports.NewReport{Input: reports.Input{Text: text("老年食堂"), Category: "民政",
		Signatures: reports.Signatures{OnBehalf: &reports.OnBehalf{MembershipID: &old.Membership}}}}
	_, err := h.reports.Create(other.Context(), forMember)
	h.refused(errs.Forbidden, err)
	id := h.done(h.reports.Create(county.editor.Context(), forMember))
	v := h.get(old, id)
	if v.Author.Name != old.Name || v.Author.Recorder != county.editor.Name || v.Channel != "proxy" || v.State != reports.Draft {
		t.Fatalf("%+v", v)
	}
	_, err = h.reports.Get(county.reviewer.Context(), id)
	h.refused(errs.NotFound, err)
	h.done(h.reports.Submit(county.editor.Context(), id))
	if got := h.stations(old, id); !slices.Contains(got[:2], county.editor.Name+"代"+old.Name+"录入") {
		t.Fatal(got)
	}
	_, err = h.reports.Withdraw(other.Context(), id)
	h.refused(errs.NotFound, err)
	h.done(h.reports.TakeUp(county.reviewer.Context(), id))
	if told := h.unread(old); len(told) != 1 || !strings.Contains(told[0], "受理") {
		t.Fatal(told)
	}
	if told := h.unread(county.editor); len(told) != 1 {
		t.Fatal("the recorder hears it too", told)
	}
	_, err = h.reports.Edit(county.editor.Context(), id, h.get(old, id).Version, reports.Change{Signatures: reports.Signatures{OnBehalf: &reports.OnBehalf{Name: "别人"}}})
	h.refused(errs.Invalid, err)

	outside := h.done(h.reports.Create(county.editor.Context(), reports.NewReport{Submit: true, Input: reports.Input{Text: text("灌溉"), Category: "农村农业",
		Signatures: reports.Signatures{OnBehalf: &reports.OnBehalf{Name: "孙大爷", Title: "村民代表", Contact: "村委会转"}}}}))
	if v := h.get(county.reviewer, outside); v.Author.Name != "孙大爷" || v.Author.MembershipID != nil || v.Author.Contact != "村委会转" {
		t.Fatalf("%+v", v.Author)
	}
	if ids := h.ids(county.editor, reports.Filter{Box: reports.BoxShared}); len(ids) != 2 {
		t.Fatal(ids)
	}
}

func TestWhereATextComesFrom(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	id := h.done(h.reports.Create(county.member.Context(), written("停车难")))
	if v := h.get(county.editor, id); v.Mode != "found" || v.Channel != "web" || v.OriginNote != nil {
		t.Fatalf("%+v", v)
	}
	pasted := written("停车难")
	pasted.Provenance = reports.Provenance{Mode: "call", Channel: "wechat", SourceKind: "survey",
		Note: reports.Note{NoteFrom: "委员微信群", NoteAddress: "https://example.org/1", NoteOn: "2026-10-09"}}
	id = h.done(h.reports.Create(county.member.Context(), pasted))
	v := h.get(county.editor, id)
	if v.Mode != "call" || v.Channel != "wechat" || v.SourceKind != "survey" || *v.OriginNote != (reports.OriginNote{From: "委员微信群", Address: "https://example.org/1", Date: "2026-10-09"}) {
		t.Fatalf("%+v", v)
	}
	h.done(h.reports.TakeUp(county.editor.Context(), id))
	h.done(h.reports.Edit(county.editor.Context(), id, 2, reports.Change{Mode: ptr("dug"), SourceKind: ptr("visit"), Note: &reports.Note{}}))
	if v := h.get(county.member, id); v.Mode != "dug" || v.SourceKind != "visit" || v.OriginNote != nil || v.Channel != "wechat" {
		t.Fatalf("%+v", v)
	}
	_, err := h.reports.Edit(county.editor.Context(), id, 3, reports.Change{Mode: ptr("guess"), Channel: ptr("letter"), SourceKind: ptr("combined"),
		Note: &reports.Note{NoteFrom: "机密★一年", NoteAddress: "javascript:alert(1)", NoteOn: "昨天"}})
	h.refused(errs.Invalid, err)
	if fields := errs.FieldsOf(err); len(fields) != 6 {
		t.Fatal(fields)
	}
}
