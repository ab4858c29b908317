package reports

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"shangda/internal/errs"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// Rules is what a unit asks of the texts its people hand in. The office's own edits need only a title, a problem and a
// category: what came from elsewhere was written under other rules.
type Rules struct {
	Required     []string `json:"required" enum:"cause,advice,evidence" doc:"Sections beside title and problem that a submission must have"`
	TitleLimit   int      `json:"title_limit" doc:"Characters a title may have, 10 to 100"`
	TitleGood    int      `json:"title_good" doc:"Characters a title should have"`
	DraftLimit   int      `json:"draft_limit" doc:"Characters of problem, cause and advice together, 300 to 5000"`
	IssuedLimit  int      `json:"issued_limit" doc:"Characters an issued text should have"`
	SecrecyCheck bool     `json:"secrecy_check" doc:"A submission must confirm that it holds nothing secret"`
}

// The sections that a unit can ask for, and what they are called.
var requirable = map[string]string{"cause": "原因分析", "advice": "对策建议", "evidence": "数据与来源"}

// The lengths that a unit can choose between.
const (
	minTitle = 10
	minText  = 300
	mostText = 5000
)

// RulesOf is the setting. Problem-only reports are allowed as shipped (S2: 不只报建议、更要提问题); S12 asks for all three.
var RulesOf = settings.Kind[Rules]{
	Name: "report-rules", Title: "稿件要求",
	Default: func(tenancy.Tenant) Rules {
		return Rules{Required: []string{}, TitleLimit: MaxTitle, TitleGood: 25, DraftLimit: MaxText, IssuedLimit: 1500}
	},
	Check: checkRules,
}

func checkRules(r *Rules) error {
	var faults errs.Fields
	slices.Sort(r.Required)
	r.Required = slices.Compact(r.Required)
	if slices.ContainsFunc(r.Required, func(name string) bool { return requirable[name] == "" }) {
		faults.Add("required", "只能要求原因分析、对策建议、数据与来源")
	}
	for _, limit := range []struct {
		name        string
		n, low, top int
	}{
		{"title_limit", r.TitleLimit, minTitle, MaxTitle}, {"title_good", r.TitleGood, minTitle, r.TitleLimit},
		{"draft_limit", r.DraftLimit, minText, mostText}, {"issued_limit", r.IssuedLimit, minText, r.DraftLimit},
	} {
		if limit.n < limit.low || limit.n > max(limit.low, limit.top) {
			faults.Add(limit.name, "应在 %d 到 %d 之间", limit.low, max(limit.low, limit.top))
		}
	}
	return faults.Err()
}

// stage is how far a text has come, and with it what it must have.
type stage int

const (
	asDraft     stage = iota // anything
	asKept                   // on the office's desk: title, problem and category
	asSubmitted              // as its author hands it in: what the unit asks for
)

// lengthFor is how long a text may be: an office's copy as long as it came.
func (r Rules) lengthFor(at stage, stands Text) int {
	if at == asKept {
		return max(r.DraftLimit, MaxText, runes(stands))
	}
	return r.DraftLimit
}

func (r Rules) titleFor(at stage) int {
	if at == asKept {
		return MaxTitle
	}
	return r.TitleLimit
}

// faults names what a text lacks or has too much of.
func (r Rules) faults(faults *errs.Fields, in Input, at stage, stands Text) {
	if at != asDraft && in.Title == "" {
		faults.Add("title", "请填写标题")
	}
	if n, most := utf8.RuneCountInString(in.Title), r.titleFor(at); n > most {
		faults.Add("title", "标题最多 %d 个字，现有 %d 个字", most, n)
	}
	if at != asDraft && in.Problem == "" {
		faults.Add("problem", "请写明反映的问题")
	}
	if n, most := runes(in.Text), r.lengthFor(at, stands); n > most {
		faults.Add("problem", "问题、原因和建议合计最多 %d 个字，现有 %d 个字", most, n)
	}
	if at != asSubmitted {
		return
	}
	for _, part := range []struct{ name, text string }{{"cause", in.Cause}, {"advice", in.Advice}, {"evidence", in.Evidence}} {
		if part.text == "" && slices.Contains(r.Required, part.name) {
			faults.Add(part.name, "本单位要求写明%s", requirable[part.name])
		}
	}
}

// Rules are those of the caller's unit.
func (s *Service) Rules(ctx context.Context, q tenancy.Querier) (Rules, error) {
	return RulesOf.Get(ctx, q)
}

// checked is a new report's input judged by the unit's rules, and its author's word where the unit asks for it. Its
// provenance stood otherwise before.
func (n NewReport) checked(ctx context.Context, q tenancy.Querier, before Provenance) (Input, error) {
	at := asDraft
	if n.Submit {
		at = asSubmitted
	}
	in, err := checkedSince(ctx, q, n.Input, before, at, Text{})
	faults, err := faultsIn(err)
	if err != nil || !n.Submit || n.SecrecyChecked {
		return in, cmp.Or(err, faults.Err())
	}
	rules, err := RulesOf.Get(ctx, q)
	if rules.SecrecyCheck {
		faults.Add("secrecy_checked", "请先核对并确认：内容不涉及国家秘密和工作秘密")
	}
	return in, cmp.Or(err, faults.Err())
}

// checkedSince is checked for an input whose provenance stood otherwise before.
func checkedSince(ctx context.Context, q tenancy.Querier, in Input, before Provenance, at stage, stands Text) (Input, error) {
	in, err := checked(ctx, q, in, at, stands)
	faults, err := faultsIn(err)
	if err != nil {
		return in, err
	}
	in.changed(before, &faults)
	return in, faults.Err()
}

// confirm keeps who gave the word and when; a submission without it has none.
func (r *Report) confirm(tx *tenancy.Tx, given bool) {
	r.SecrecyCheckedBy, r.SecrecyCheckedAt = nil, nil
	if given {
		now := tx.Now()
		r.SecrecyCheckedBy, r.SecrecyCheckedAt = optional(tx.Principal().Membership), &now
	}
}

// checked is the input cleaned and judged by the unit's rules.
func checked(ctx context.Context, q tenancy.Querier, in Input, at stage, stands Text) (Input, error) {
	rules, err := RulesOf.Get(ctx, q)
	if err != nil {
		return in, err
	}
	return in.check(rules, at, stands)
}
