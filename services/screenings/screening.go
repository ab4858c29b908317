// Package screenings is the first screening (初筛, S7: 由信息工作人员从题目、内容、新颖性等方面先过一道“筛子”): marks by criteria that a unit
// sets, one score out of them, and with the score the place in the queue. What the hints suggest is explained and decides
// nothing: a score stands only where a person gave it.
package screenings

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
	"shangda/tenancy/settings"
)

// Criterion is one thing a screener looks at. Weight says how much it counts among the others.
type Criterion struct {
	Code   string `json:"code" maxLength:"40" doc:"Stays when the words change"`
	Name   string `json:"name" maxLength:"80"`
	Hint   string `json:"hint,omitempty" maxLength:"400"`
	Weight int    `json:"weight" minimum:"0" maximum:"100"`
}

// Criteria is the setting.
type Criteria struct {
	Items []Criterion `json:"items" maxItems:"10"`
}

// The shipped criteria, which the hints can say something about.
const (
	Title   = "title"
	Content = "content"
	Novelty = "novelty"
)

const (
	maxCriteria = 10
	maxName     = 20
	maxHint     = 100
	maxNote     = 500
	// best is the highest mark.
	best = 5
)

// CriteriaOf is the setting of the criteria.
var CriteriaOf = settings.Kind[Criteria]{
	Name: "screening-criteria", Title: "初筛标准",
	Default: func(tenancy.Tenant) Criteria {
		return Criteria{Items: []Criterion{
			{Title, "题目", "一事一报，准确醒目，写明对象和要办的事", 20},
			{Content, "内容", "事实清楚、有数据有来源，分析透彻，建议具体可行", 50},
			{Novelty, "新颖性", "新情况、新问题、新角度，与已有信息不重复", 30},
		}}
	},
	Check: checkCriteria,
}

func checkCriteria(c *Criteria) error {
	var faults errs.Fields
	if len(c.Items) == 0 || len(c.Items) > maxCriteria {
		faults.Add("items", "应有 1 到 %d 项标准", maxCriteria)
	}
	seen, sum := map[string]bool{}, 0
	for i := range c.Items {
		one := &c.Items[i]
		one.Name, one.Hint = strings.TrimSpace(one.Name), strings.TrimSpace(one.Hint)
		if n := utf8.RuneCountInString(one.Name); n == 0 || n > maxName {
			faults.Add("items", "第 %d 项的名称应为 1 到 %d 个字", i+1, maxName)
		}
		if utf8.RuneCountInString(one.Hint) > maxHint {
			faults.Add("items", "第 %d 项的说明最多 %d 个字", i+1, maxHint)
		}
		if one.Code == "" || seen[one.Code] {
			faults.Add("items", "第 %d 项的代码为空或重复", i+1)
		}
		if one.Weight < 0 || one.Weight > 100 {
			faults.Add("items", "第 %d 项的权重应在 0 到 100 之间", i+1)
		}
		seen[one.Code] = true
		sum += one.Weight
	}
	if sum <= 0 && len(c.Items) > 0 {
		faults.Add("items", "至少一项的权重要大于 0")
	}
	return faults.Err()
}

// Mark is what a screener gave for one criterion, 0 to 5, with the criterion as it was then.
type Mark struct {
	Criterion
	Mark int `json:"mark" minimum:"0" maximum:"5"`
}

// Given is a first screening as somebody gives it. Marks are by the criterion's code.
type Given struct {
	Marks map[string]int
	Flags []string
	Note  string
}

// judge puts the marks beside the criteria and makes the score of them: what every criterion can give at best is 100.
func (n Given) judge(c Criteria) (marks []Mark, score int, err error) {
	var faults errs.Fields
	sum, most := 0, 0
	for _, one := range c.Items {
		mark, given := n.Marks[one.Code]
		if !given || mark < 0 || mark > best {
			faults.Add("marks", "请为“%s”评 0 到 %d 分", one.Name, best)
		}
		marks = append(marks, Mark{one, mark})
		sum += one.Weight * mark
		most += one.Weight * best
	}
	for code := range n.Marks {
		if !slices.ContainsFunc(c.Items, func(one Criterion) bool { return one.Code == code }) {
			faults.Add("marks", "初筛标准刚刚改过，请刷新后重新评分")
		}
	}
	if utf8.RuneCountInString(n.Note) > maxNote {
		faults.Add("note", "最多 %d 个字", maxNote)
	}
	if documents.Marked(n.Note) {
		faults.Add("note", "%s", documents.PaperOnlyText)
	}
	if err := faults.Err(); err != nil || most == 0 {
		return nil, 0, err
	}
	return marks, int(math.Round(100 * float64(sum) / float64(most))), nil
}

// Screening is one that was given.
type Screening struct {
	ID        uuid.UUID `json:"id"`
	Score     int       `json:"score"`
	Suggested int       `json:"suggested" doc:"What the hints suggested then"`
	Marks     []Mark    `json:"marks"`
	Flags     []string  `json:"flags" enum:"sensitive,hot,warning"`
	Note      string    `json:"note,omitempty"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
}

// Suggestion is what the hints make of the text: a mark for each criterion they can judge, and why.
type Suggestion struct {
	Score   int             `json:"score"`
	Marks   []SuggestedMark `json:"marks"`
	Unknown []string        `json:"unknown" doc:"Codes of criteria that only a person can judge; they count 3"`
}

// SuggestedMark is a mark with its reasons.
type SuggestedMark struct {
	Code    string   `json:"code"`
	Mark    int      `json:"mark"`
	Reasons []string `json:"reasons"`
}

// Remark is a hint as far as screening needs it.
type Remark struct {
	Code string
	Text string
}

// cost is what a hint takes from a mark, once a kind.
var cost = map[string]map[string]int{
	Title: {"title_long": 1, "title_pattern": 1, "several_matters": 2},
	Content: {"missing_section": 1, "too_long": 1, "several_matters": 1, "advice_unmatched": 1, "no_evidence": 2, "no_figures": 1, "no_source": 1, "work_news": 3,
		"empty_phrase": 1, "long_sentence": 1, "jargon": 1, "abbreviation": 1},
}

// middle is the mark of what nobody but a person can judge.
const middle = 3

// suggest makes marks of hints. Each begins with the best; a kind of hint takes from it once, whatever its number.
func suggest(c Criteria, remarks []Remark) Suggestion {
	s := Suggestion{Marks: []SuggestedMark{}, Unknown: []string{}}
	given := map[string]int{}
	for _, one := range c.Items {
		costs, known := cost[one.Code]
		if !known {
			s.Unknown = append(s.Unknown, one.Code)
			given[one.Code] = middle
			continue
		}
		m := SuggestedMark{Code: one.Code, Mark: best, Reasons: []string{}}
		seen := map[string]bool{}
		for _, r := range remarks {
			if costs[r.Code] > 0 && !seen[r.Code] {
				seen[r.Code] = true
				m.Mark = max(0, m.Mark-costs[r.Code])
				m.Reasons = append(m.Reasons, r.Text)
			}
		}
		given[one.Code] = m.Mark
		s.Marks = append(s.Marks, m)
	}
	_, s.Score, _ = Given{Marks: given}.judge(c)
	return s
}
