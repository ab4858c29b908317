package demo

import (
	"strings"
	"testing"

	"shangda/cmd/shangda/demo/story"
	"shangda/services/checks/proof"
)

func textOf(r story.Report) proof.Text {
	return proof.Text{Title: r.Title, Problem: r.Problem, Cause: r.Cause, Advice: r.Advice}
}

// slips are errors as a hurried writer makes them: what is put into a text, and the group that must find it.
var slips = []struct{ group, at, slip string }{
	{proof.Typing, "的", "的的"}, {proof.Typing, "，", "，，"}, {proof.Typing, "。", "。《规定不明。"}, {proof.Typing, "，", ","},
	{proof.Typing, "。", "。截止目前没有解决。"}, {proof.Dates, "。", "。2026年2月30日现场走访。"}, {proof.Dates, "。", "。2026年11月25日（星期五）走访。"},
	{proof.Figures, "。", "。满意率为130%。"}, {proof.Figures, "。", "。共有小区30个，其中甲类20个、乙类15个。"}, {proof.Figures, "。", "。甲村12户、乙村15户，合计28户。"},
}

// TestAProofCheckFindsSlipsAndLittleElse reads every text of the demonstration: as it is, where nothing is wrong and so each
// finding is a false alarm, and with every kind of slip put into it.
func TestAProofCheckFindsSlipsAndLittleElse(t *testing.T) {
	t.Parallel()
	alarms, planted, found, texts := 0, 0, 0, 0
	for _, r := range story.Reports() {
		texts++
		before := proof.Read(textOf(r), proof.Lists{})
		for _, f := range before {
			alarms++
			t.Logf("%s: %s %q: %s", r.Title, f.Part, f.Quote, f.Message)
		}
		for _, s := range slips {
			if !strings.Contains(r.Problem, s.at) {
				continue
			}
			planted++
			with := textOf(r)
			with.Problem = strings.Replace(r.Problem, s.at, s.slip, 1)
			for _, f := range proof.Read(with, proof.Lists{}) {
				if f.Group == s.group && !contains(before, f.Key) {
					found++
					break
				}
			}
		}
	}
	t.Logf("%d texts: %d false alarms; %d of %d slips found; precision %.3f", texts, alarms, found, planted, float64(found)/float64(found+alarms))
	if texts < 100 || alarms*50 > texts || found*100 < planted*98 {
		t.Errorf("%d texts, %d false alarms, %d of %d slips found", texts, alarms, found, planted)
	}
}

func contains(all []proof.Finding, key string) bool {
	for _, f := range all {
		if f.Key == key {
			return true
		}
	}
	return false
}
