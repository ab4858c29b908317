package reports_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"shangda/internal/errs"
	"shangda/services/reports"
)

func TestAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	_, err := h.reports.Create(county.member.Context(), reports.NewReport{Submit: true, Input: reports.Input{
		Text: reports.Text{Title: strings.Repeat("长", 101), Problem: " \u200b\n", Cause: strings.Repeat("字", 3001)}, Category: "城乡建设", Topic: "不存在",
		Urgency: "now", Class: "secret",
	}})
	var e *errs.Error
	if !errors.As(err, &e) || e.Kind != errs.Invalid {
		t.Fatal(err)
	}
	names := []string{}
	for _, f := range e.Fields {
		names = append(names, f.Name)
	}
	if want := []string{"title", "problem", "problem", "topic", "urgency", "class"}; !slices.Equal(names, want) {
		t.Fatal(names)
	}
}

func TestLimitsCountCharacters(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	n := written(strings.Repeat("题", 100))
	n.Problem, n.Cause, n.Advice = strings.Repeat("问", 1000), strings.Repeat("因", 1000), strings.Repeat("策", 1000)
	h.done(h.reports.Create(county.member.Context(), n))
	n.Advice += "一"
	_, err := h.reports.Create(county.member.Context(), n)
	h.refused(errs.Invalid, err)
}

func TestMarkedTextIsRefusedBeforeItIsStored(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	for _, marked := range []string{"秘密★10年", "（机密）", "绝\u200b密★", "正文\n机密\n正文"} {
		n := written("停车难")
		n.Submit, n.Cause = false, marked
		_, err := h.reports.Create(county.member.Context(), n)
		var e *errs.Error
		if !errors.As(err, &e) || e.Message != "如涉及保密内容，请提交纸质版材料" {
			t.Errorf("%q: %v", marked, err)
		}
	}
	for _, ordinary := range []string{"加强保密教育", "秘密武器", "侵犯商业秘密"} {
		n := written("停车难")
		n.Cause = ordinary
		id := h.done(h.reports.Create(county.member.Context(), n))
		h.done(h.reports.TakeUp(county.editor.Context(), id))
		_, err := h.reports.Edit(county.editor.Context(), id, 2, reports.Change{Advice: ptr("机密★")})
		h.refused(errs.Invalid, err)
	}
	if n := len(h.ids(county.member, reports.Filter{Box: "mine"})); n != 3 {
		t.Fatalf("%d reports stored", n)
	}
}

func TestControlCharactersAreDropped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	county := h.office("county")
	n := written("停车难\r\n\x00的\u202e建议")
	n.Problem = "第一段\r\n\x1b[31m第二段\v第三段\xff"
	v := h.get(county.member, h.done(h.reports.Create(county.member.Context(), n)))
	if v.Title != "停车难 的建议" || v.Problem != "第一段\n[31m第二段\n第三段" {
		t.Fatalf("%q %q", v.Title, v.Problem)
	}
}

func TestTheCatalogues(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range reports.Categories() {
		if seen[c.Name] || len(c.Topics) < 3 {
			t.Error(c)
		}
		seen[c.Name] = true
	}
	if len(seen) != 15 {
		t.Error(len(seen), "categories")
	}
	for _, r := range reports.Reasons() {
		if seen[r.Code] || r.Text == "" || len(r.For) == 0 {
			t.Error(r)
		}
		seen[r.Code] = true
	}
}
