package reports

import (
	"context"
	"slices"
	"unicode/utf8"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// DecisionReason is why a report is returned, kept or declined: 三不提, 三不用, 三不写 of S12, and what every desk knows besides.
type DecisionReason struct {
	Code string   `json:"code"`
	Text string   `json:"text"`
	For  []string `json:"for" enum:"return,keep,decline"`
}

const (
	forReturn  = "return"
	forKeep    = "keep"
	forDecline = "decline"
)

var reasons = []DecisionReason{
	{"against_policy", "与法律法规、大政方针或公序良俗不符", []string{forDecline}},
	{"private_interest", "为个人、企业或小团体谋取利益", []string{forDecline}},
	{"in_procedure", "已进入司法、执法程序", []string{forDecline}},
	{"already_arranged", "党委政府已部署推进或已经解决", []string{forKeep, forDecline}},
	{"not_feasible", "短期内不可能做到", []string{forKeep, forDecline}},
	{"hollow", "重点不突出，内容空泛", []string{forReturn, forDecline}},
	{"no_data", "没有数据支撑", []string{forReturn, forKeep, forDecline}},
	{"shallow", "原因分析不透，措施不具体，操作性不强", []string{forReturn, forKeep, forDecline}},
	{"no_survey", "没有调查，事实依据不足", []string{forReturn, forDecline}},
	{"several_matters", "一篇反映了多件事，请一事一报", []string{forReturn}},
	{"work_news", "写的是成绩、经验和做法，属工作动态", []string{forReturn, forDecline}},
	{"incomplete", "问题、原因或建议要素不全", []string{forReturn}},
	{"facts_to_check", "事实或数据需要核实", []string{forReturn}},
	{"not_novel", "与已有信息重复，没有新内容", []string{forKeep, forDecline}},
	{"for_reference", "有参考价值，留作综合素材", []string{forKeep}},
	{"timing", "时机不合适，留待适时使用", []string{forKeep}},
	{"beyond_duty", "不属本级职责范围", []string{forReturn, forKeep, forDecline}},
	{"other", "其他", []string{forReturn, forKeep, forDecline}},
}

// Reasons lists the reasons that ship. What a unit makes of them comes by way of Catalogue.
func Reasons() []DecisionReason { return reasons }

// Catalogue is the reasons of the caller's unit; services/checklists fulfils it.
type Catalogue interface {
	Reasons(ctx context.Context, q tenancy.Querier) ([]DecisionReason, error)
}

// shipped is the catalogue where none is wired.
type shipped struct{}

func (shipped) Reasons(context.Context, tenancy.Querier) ([]DecisionReason, error) {
	return reasons, nil
}

// ReasonsHere are those of the caller's unit.
func (s *Service) ReasonsHere(ctx context.Context) ([]DecisionReason, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	return s.Catalogue.Reasons(ctx, q)
}

// Why is the reason of a decision: a code of the catalogue and words of one's own.
type Why struct {
	Code   string
	Reason string
}

// check names the faults and gives the sentence that is told: the catalogue's text, one's own words, or both.
func (w Why) check(reasons []DecisionReason, purpose string) (string, error) {
	words := plain(w.Reason)
	var faults errs.Fields
	i := slices.IndexFunc(reasons, func(r DecisionReason) bool { return r.Code == w.Code && slices.Contains(r.For, purpose) })
	if i < 0 {
		faults.Add("reason_code", "请选择理由")
	}
	if w.Code == "other" && words == "" {
		faults.Add("reason", "选择“其他”时请写明理由")
	}
	checkNote(&faults, "reason", words)
	if err := faults.Err(); err != nil {
		return "", err
	}
	switch {
	case w.Code == "other":
		return words, nil
	case words == "":
		return reasons[i].Text, nil
	}
	return reasons[i].Text + "：" + words, nil
}

func checkNote(faults *errs.Fields, name, text string) {
	if utf8.RuneCountInString(text) > maxNote {
		faults.Add(name, "最多 %d 个字", maxNote)
	}
}
