package reports

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// TimelineEntry is one station of a report's way, with its sentence ready. Actor is a name of this tenant's people only.
type TimelineEntry struct {
	ID          uuid.UUID    `json:"id"`
	Kind        string       `json:"kind" doc:"The event, such as report.adopted; report.outcome is what another unit decided"`
	Text        string       `json:"text"`
	Detail      string       `json:"detail,omitempty" doc:"The reason, the opinion or the cover note"`
	OccurredAt  time.Time    `json:"occurred_at"`
	RecordedAt  time.Time    `json:"recorded_at"`
	Tenant      TimelineUnit `json:"tenant"`
	Actor       string       `json:"actor,omitempty"`
	OriginEvent *uuid.UUID   `json:"origin_event,omitempty" doc:"The event at the deciding unit that this one tells of"`
}

// TimelineUnit names a tenant to people.
type TimelineUnit struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Level string `json:"level" enum:"county,city,province,national"`
}

func ref(t tenancy.Tenant) TimelineUnit {
	return TimelineUnit{Code: t.Code, Name: t.Name, Level: t.Level}
}

// Timeline is the whole way of a report, oldest first, as far as this tenant knows it.
func (s *Service) Timeline(ctx context.Context, id uuid.UUID) ([]TimelineEntry, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	r, err := load(ctx, q, id)
	if err != nil {
		return nil, err
	}
	if err := authz.Check(q.Principal(), authz.ReportRead, r.object()); err != nil {
		return nil, err
	}
	rows, err := events(ctx, q, id)
	if err != nil {
		return nil, err
	}
	list := make([]TimelineEntry, 0, len(rows))
	for i, row := range rows {
		again := i+1 < len(rows) && row.Kind == "report.edited" && rows[i+1].Kind == row.Kind && rows[i+1].Actor == row.Actor
		if again {
			continue // one editor's edits in a row are one station
		}
		list = append(list, row.entry(q.Principal().Tenant, r))
	}
	return list, nil
}

// facts is the detail of an event: flat, and what may be shown to everybody who sees the report.
type facts map[string]any

func (f facts) get(key string) string {
	if s, ok := f[key].(string); ok {
		return s
	}
	return ""
}

func (e eventRow) entry(own tenancy.Tenant, r *Report) TimelineEntry {
	var f facts
	_ = json.Unmarshal(e.Detail, &f) // what cannot be read has no facts to show
	entry := TimelineEntry{ID: e.ID, Kind: e.Kind, OccurredAt: e.OccurredAt, RecordedAt: e.RecordedAt, Tenant: ref(own)}
	if e.MembershipID != nil {
		entry.Actor = e.Actor
	}
	if e.OriginEvent != e.ID {
		entry.OriginEvent, entry.Actor = &e.OriginEvent, ""
		entry.Tenant = TimelineUnit{Code: f.get("tenant"), Name: f.get("name"), Level: f.get("level")}
	}
	entry.Text = sentence(e.Kind, f, own, r)
	for _, key := range []string{"opinion", "cover", "reason"} {
		if text := f.get(key); text != "" && f.get("kind") != KindForwarded {
			entry.Detail = text
		}
	}
	return entry
}

// sentences are the stations in words; the facts they use stand beside each.
var sentences = map[string]func(f facts, own string) string{
	"report.created":             created,
	"report.submitted":           submitted,
	"report.resubmitted":         fixed("修改后重新提交"),
	"report.withdrawn":           fixed("撤回提交"),
	"report.received":            func(f facts, own string) string { return own + " 收到" + f.get("name") + "报送的信息" },
	"report.editing":             fixed("开始编辑"),
	"report.edited":              fixed("编辑修改"),
	"report.assigned":            fixed("台账指定责任人"),
	"report.remark_sent":         func(f facts, own string) string { return own + " 批注给" + f.get("name") },
	"report.remark_received":     func(f facts, _ string) string { return f.get("name") + " 对本稿提出批注" },
	"report.request_sent":        func(f facts, own string) string { return own + " 请" + f.get("name") + "补充材料" },
	"report.request_received":    func(f facts, _ string) string { return f.get("name") + " 要求补充材料" },
	"report.supplement_sent":     func(f facts, own string) string { return own + " 向" + f.get("name") + "补充材料" },
	"report.supplement_received": func(f facts, _ string) string { return f.get("name") + " 补充了材料" },
	"report.handover_offered":    func(f facts, _ string) string { return "请" + f.get("to") + "接着写" },
	"report.handover_refused":    func(f facts, _ string) string { return f.get("to") + "没有接手" },
	"report.handover_withdrawn":  func(f facts, _ string) string { return "撤回移交给" + f.get("to") },
	"report.handed_over":         func(f facts, _ string) string { return "移交给" + f.get("to") + "继续撰写" },
	"report.split":               func(f facts, own string) string { return own + " 拆分为 " + f.get("parts") + " 篇" },
	"report.split_off":           func(f facts, own string) string { return own + " 由《" + f.get("title") + "》拆分而来" },
	"report.absorbed":            func(f facts, own string) string { return own + " 并入《" + f.get("title") + "》一并办理" },
	"report.absorbs":             func(f facts, own string) string { return own + " 并入同类信息《" + f.get("title") + "》" },
	"report.linked": func(f facts, _ string) string {
		return "与《" + f.get("title") + "》关联" + bracket(linkText[f.get("link")])
	},
	"report.unlinked":          fixed("取消一处关联"),
	"report.sources_changed":   fixed("调整来源稿件的次序和份额"),
	"report.authors_changed":   fixed("调整署名"),
	"report.combined":          fixed("由多篇信息综合成稿"),
	"report.merged":            func(f facts, own string) string { return own + " 并入综合稿《" + f.get("title") + "》" },
	"report.review_started":    func(f facts, _ string) string { return "送审" + bracket(f.get("chain")) },
	"report.step_approved":     stepWords("同意", "补签同意"),
	"report.step_rejected":     stepWords("表决不同意", "补签有不同意见"),
	"report.review_returned":   func(f facts, own string) string { return stepWords("退回", "退回")(f, own) + f.get("to_title") },
	"report.released":          fixed("走绿色通道先行签发，尚缺的签署事后补齐"),
	"report.review_taken_back": func(f facts, _ string) string { return joinNonEmpty(" ", f.get("step"), "撤回意见") },
	"report.review_withdrawn":  fixed("撤销送审"),
	"report.review_reopened":   func(f facts, _ string) string { return joinNonEmpty(" ", f.get("step"), "重新打开审签") },
	"report.review_urged":      func(f facts, _ string) string { return "催办" + bracket(f.get("step")) },
	"report.review_overdue": func(f facts, _ string) string {
		return joinNonEmpty(" ", f.get("step"), "超过时限，已提醒") + f.get("people")
	},
	"report.signer_added":   func(f facts, _ string) string { return "在本环节" + f.get("place") + "加签：" + f.get("people") },
	"report.signer_removed": func(f facts, _ string) string { return joinNonEmpty(" ", f.get("step"), "减签：") + f.get("people") },
	"report.passed_on": func(f facts, _ string) string {
		return joinNonEmpty(" ", f.get("step"), "转请") + f.get("people") + "办理"
	},
	"report.review_copied":     func(f facts, _ string) string { return "抄送" + f.get("people") },
	"report.review_read":       fixed("已阅"),
	"report.signed":            func(_ facts, own string) string { return own + " 签发" },
	"report.delivered":         func(f facts, _ string) string { return "已送达" + f.get("name") },
	"report.forwarding_failed": func(f facts, _ string) string { return "未能送达" + f.get("name") },
	"report.recalled":          recalled,
	"report.handling_step":     func(f facts, _ string) string { return f.get("what") },
	"report.satisfaction":      func(f facts, _ string) string { return "反映人评价办理答复：" + f.get("verdict") },
	"report.archived":          fixed("办结归档"),
	"report.reopened":          fixed("领导有新的批示，重新办理"),
	"report.checked": func(f facts, _ string) string {
		return f.get("matter") + bracket(f.get("method")) + "：" + f.get("result") + "，" + f.get("checker")
	},
	"report.check_asked":            func(f facts, _ string) string { return "请" + f.get("to") + "核实" + bracket(f.get("matter")) },
	"report.check_cancelled":        func(f facts, _ string) string { return "撤销请" + f.get("to") + "核实的事项" },
	"report.consultation_started":   func(f facts, _ string) string { return "发起" + f.get("what") },
	"report.opinion_given":          func(f facts, _ string) string { return f.get("what") + "：" + f.get("who") + f.get("verdict") },
	"report.consultation_closed":    func(f facts, _ string) string { return f.get("what") + "办结" },
	"report.consultation_cancelled": func(f facts, _ string) string { return "撤销" + f.get("what") },
	"report.proofread":              func(f facts, _ string) string { return "校对：" + f.get("result") },
	"report.fed_back": func(f facts, _ string) string {
		return "向" + f.get("to") + "反馈处理结果" + bracket(f.get("way"))
	},
	"report.certified": func(f facts, _ string) string {
		return "为" + f.get("person") + "开具采用证明 " + f.get("number")
	},
	"report.issued":          func(f facts, own string) string { return own + " 编发" + f.get("issue") },
	"report.issue_withdrawn": func(f facts, own string) string { return own + " 作废" + f.get("issue") },
	"report.recall_refused": func(f facts, _ string) string {
		return f.get("name") + " 请求撤回，本单位已经受理，未予撤回"
	},
}

var linkText = map[string]string{LinkDuplicate: "重复", LinkRelated: "相关", LinkContinued: "后续"}

func fixed(text string) func(facts, string) string { return func(facts, string) string { return text } }

func created(f facts, _ string) string {
	if recorder := f.get("recorder"); recorder != "" {
		return recorder + "代" + f.get("author") + "录入"
	}
	if f.get("source_kind") != "" {
		return "由线索转为草稿"
	}
	return "撰写草稿"
}

// stepWords is what was said at a step, for whom the person stood in, and whether it was said afterwards.
func stepWords(word, late string) func(facts, string) string {
	return func(f facts, _ string) string {
		word := word
		if f["late"] == true {
			word = late
		}
		if principal := f.get("on_behalf"); principal != "" {
			return joinNonEmpty(" ", f.get("step"), word) + "（代" + principal + "）"
		}
		return joinNonEmpty(" ", f.get("step"), word)
	}
}

func submitted(f facts, _ string) string {
	if recorder := f.get("recorder"); recorder != "" {
		return recorder + "代" + f.get("author") + "提交信息，编号 " + f.get("number")
	}
	return "提交信息，编号 " + f.get("number")
}

func recalled(f facts, _ string) string {
	if f.get("way") == "up" {
		return "撤回向" + f.get("name") + "的报送"
	}
	return f.get("name") + " 撤回报送"
}

func bracket(text string) string {
	if text == "" {
		return ""
	}
	return "（" + text + "）"
}

// sentence is an event in words. Outcomes read the same wherever they were decided: 临江市政协 采用（单篇）.
func sentence(kind string, f facts, own tenancy.Tenant, r *Report) string {
	if words, ok := sentences[kind]; ok {
		return words(f, own.Name)
	}
	outcome := f.get("kind")
	if outcome == KindForwarded && f.get("tenant") == own.Code && r.Sender == nil {
		return f.get("name") + " 报送" + f.get("reason")
	}
	if words := followWords(outcome, f.get("form"), f.get("leader_level"), f.get("name")); words != "" {
		return words
	}
	if outcome != "" {
		return f.get("name") + " " + outcomeWords(outcome, f.get("form"), f.get("reason"))
	}
	return fmt.Sprintf("%s 更新了信息", own.Name)
}

var formText = map[string]string{FormSingle: "单篇", FormCombined: "综合", FormRelayed: "转送"}

// outcomeWords says what was decided; of a forwarding, reason names to whom.
func outcomeWords(kind, form, reason string) string {
	switch kind {
	case KindTakenUp:
		return "受理"
	case KindAdopted:
		return "采用" + bracket(formText[form])
	case KindCorrected:
		return "更正：撤销采用"
	case KindKept:
		return "留存"
	case KindDeclined:
		return "不予采用"
	case KindReturned:
		return "退回修改"
	case KindForwarded:
		if reason == "" {
			return "转报上级"
		}
		return "转报" + reason
	}
	return "作出处理"
}
