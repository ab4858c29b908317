package reports_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/reports"
	"shangda/tenancy/tenancytest"
)

// offer is the one hand-over that waits for the person.
func (h *house) offer(p *tenancytest.Person) reports.Handover {
	h.t.Helper()
	list, err := h.reports.Handovers(p.Context(), uuid.Nil)
	if err != nil || len(list) != 1 {
		h.t.Fatalf("%+v %v", list, err)
	}
	return list[0]
}

func TestADraftGoesFromHandToHand(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	first, second, stranger := county.member, county.Person("member"), county.Person("member")
	draft := h.done(h.reports.Create(first.Context(), reports.NewReport{Input: reports.Input{Text: text("停车难"), Category: "交通运输"}}))
	h.done(h.reports.HandOver(first.Context(), draft, reports.NewHandover{To: second.Membership, Note: "请补数据", KeepName: true}))
	if told := h.unread(second); len(told) != 1 || !strings.Contains(told[0], "请您接着写《停车难》") {
		t.Fatal(told)
	}
	// Who was offered it reads and does not write; it is offered once at a time.
	if can := h.get(second, draft).Can; len(can) != 0 {
		t.Fatal(can)
	}
	_, err := h.reports.Edit(second.Context(), draft, 1, reports.Change{Title: ptr("改")})
	h.refused(errs.Forbidden, err)
	_, err = h.reports.HandOver(first.Context(), draft, reports.NewHandover{To: stranger.Membership})
	h.refused(errs.Conflict, err)
	offer := h.offer(second)
	if offer.Title != "停车难" || offer.From != first.Name || offer.Note != "请补数据" {
		t.Fatalf("%+v", offer)
	}
	_, err = h.reports.AnswerHandover(first.Context(), offer.ID, "accepted", "")
	h.refused(errs.Forbidden, err)
	_, err = h.reports.AnswerHandover(stranger.Context(), offer.ID, "accepted", "")
	h.refused(errs.NotFound, err)
	h.done(h.reports.AnswerHandover(second.Context(), offer.ID, "accepted", ""))

	v := h.get(second, draft)
	if v.Author.Name != second.Name || shares(v) != "50, "+first.Name+" 50" || !slices.Contains(v.Can, reports.ActSubmit) {
		t.Fatalf("%+v", v)
	}
	h.done(h.reports.Edit(second.Context(), draft, v.Version, reports.Change{Cause: ptr("车位只有 200 个。")}))
	_, err = h.reports.Submit(first.Context(), draft)
	h.refused(errs.Forbidden, err)
	h.done(h.reports.Submit(second.Context(), draft))
	versions, err := h.reports.Versions(first.Context(), draft)
	if err != nil || len(versions) != 2 || versions[0].Kind != "drafted" || versions[0].By != first.Name || versions[1].By != second.Name {
		t.Fatalf("%+v %v", versions, err)
	}
	if got := h.stations(first, draft); !slices.Contains(got, "移交给"+second.Name+"继续撰写") {
		t.Fatal(got)
	}
	_, err = h.reports.AnswerHandover(second.Context(), offer.ID, "refused", "")
	h.refused(errs.Conflict, err)
	_, err = h.reports.HandOver(second.Context(), draft, reports.NewHandover{To: first.Membership})
	h.refused(errs.Conflict, err)
}

func TestAnOfferIsRefusedOrTakenBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	second := county.Person("member")
	draft := h.done(h.reports.Create(county.member.Context(), reports.NewReport{Input: reports.Input{Text: text("停车难")}}))
	for _, end := range []struct {
		answer string
		by     *tenancytest.Person
	}{{"refused", second}, {"withdrawn", county.member}} {
		h.done(h.reports.HandOver(county.member.Context(), draft, reports.NewHandover{To: second.Membership}))
		offer := h.offer(second)
		h.done(h.reports.AnswerHandover(end.by.Context(), offer.ID, end.answer, "近期出差"))
		_, err := h.reports.Get(second.Context(), draft)
		h.refused(errs.NotFound, err)
		_, err = h.reports.AnswerHandover(second.Context(), offer.ID, "accepted", "")
		h.refused(errs.NotFound, err)
	}
	if v := h.get(county.member, draft); v.Author.Name != county.member.Name {
		t.Fatalf("%+v", v.Author)
	}
	_, err := h.reports.HandOver(county.member.Context(), draft, reports.NewHandover{To: second.Membership, Direct: true})
	h.refused(errs.Invalid, err)
	_, err = h.reports.HandOver(county.member.Context(), draft, reports.NewHandover{To: county.member.Membership, Note: "机密★一年"})
	h.refused(errs.Invalid, err)
	if fields := errs.FieldsOf(err); len(fields) != 2 {
		t.Fatal(fields)
	}
	// A further author takes over at once.
	h.done(h.reports.Edit(county.member.Context(), draft, h.get(county.member, draft).Version, reports.Change{Signatures: with(member(second))}))
	h.done(h.reports.HandOver(county.member.Context(), draft, reports.NewHandover{To: second.Membership, Direct: true}))
	if v := h.get(second, draft); v.Author.Name != second.Name || len(v.CoAuthors) != 0 {
		t.Fatalf("%+v", v)
	}
	_, err = h.reports.Get(county.member.Context(), draft)
	h.refused(errs.NotFound, err)
}
