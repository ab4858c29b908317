package ledger

import (
	"context"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// maxExport is how many rows one exported ledger may have.
const maxExport = 20_000

// column is a column of the ledger: what it is called and what stands in it.
type column struct {
	Key string
	documents.Column
	of func(*Row) any
}

var columns = []column{
	{"number", documents.Column{Title: "编号", Width: 18}, func(r *Row) any { return r.Number }},
	{"title", documents.Column{Title: "标题", Width: 46}, func(r *Row) any { return r.Title }},
	{"author", documents.Column{Title: "反映人", Width: 12}, func(r *Row) any { return r.Author }},
	{"sender", documents.Column{Title: "来文单位", Width: 20}, func(r *Row) any { return r.Sender }},
	{"category", documents.Column{Title: "分类", Width: 12}, func(r *Row) any { return r.Category }},
	{"urgency", documents.Column{Title: "紧急程度", Width: 9}, func(r *Row) any { return urgencyText[r.Urgency] }},
	{"class", documents.Column{Title: "类别", Width: 8}, func(r *Row) any { return classText[r.Class] }},
	{"lead", documents.Column{Title: "牵头副秘书长", Width: 13}, func(r *Row) any { return r.Lead.name() }},
	{"office", documents.Column{Title: "联系委室", Width: 16}, func(r *Row) any {
		if r.Office == nil {
			return nil
		}
		return r.Office.Name
	}},
	{"follow", documents.Column{Title: "跟踪人", Width: 12}, func(r *Row) any { return r.Follow.name() }},
	{"state", documents.Column{Title: "状态", Width: 10}, func(r *Row) any { return stateText[r.State] }},
	{"submitted_at", documents.Column{Title: "收稿日期", Kind: documents.DateColumn}, func(r *Row) any { return r.SubmittedAt }},
	{"signed_at", documents.Column{Title: "签发日期", Kind: documents.DateColumn}, func(r *Row) any { return r.SignedAt }},
	{"sent_at", documents.Column{Title: "报送日期", Kind: documents.DateColumn}, func(r *Row) any { return r.SentAt }},
	{"due_on", documents.Column{Title: "办理期限", Width: 12}, func(r *Row) any {
		if r.Overdue {
			return r.DueOn + "（逾期）"
		}
		return r.DueOn
	}},
	{"outcome", documents.Column{Title: "最新结果", Width: 28}, func(r *Row) any { return r.Outcome.words() }},
	{"times", documents.Column{Title: "采用篇次", Kind: documents.NumberColumn, Width: 9}, func(r *Row) any { return r.Times }},
	{"note", documents.Column{Title: "备注", Width: 24}, func(r *Row) any { return r.Note }},
}

var (
	stateText = map[string]string{"submitted": "待受理", "taken_up": "初筛", "editing": "编辑中", "returned": "退回修改", "kept": "留存", "declined": "不采用",
		"merged": "已并入", "reviewing": "审核中", "signed": "已签发", "recalled": "已撤回", "split": "已拆分", "archived": "已归档"}
	urgencyText = map[string]string{"normal": "普通", "urgent": "紧急", "critical": "特急"}
	classText   = map[string]string{"ordinary": "一般", "important": "重要"}
	kindText    = map[string]string{"taken_up": "受理", "adopted": "采用", "adoption_corrected": "更正采用", "kept": "留存", "declined": "不采用",
		"returned": "退回", "forwarded": "转报", "instructed": "领导批示", "instruction_corrected": "更正批示", "handling": "交办", "answered": "办理答复", "handled": "办结"}
	formText = map[string]string{"single": "（单篇）", "combined": "（综合）", "relayed": "（转送）"}
)

func (p *Person) name() any {
	if p == nil {
		return nil
	}
	return p.Name
}

func (o *Outcome) words() any {
	if o == nil {
		return nil
	}
	return o.Unit + kindText[o.Kind] + formText[o.Form]
}

// Export is what is on the screen, all pages of it, as a spreadsheet: the same filter, the same columns in the same order.
func (s *Service) Export(ctx context.Context, f Filter, names []string) (documents.Export, []byte, error) {
	e := documents.Export{Name: "工作台账", Format: documents.XLSX}
	p, err := tenancy.Caller(ctx)
	if err != nil {
		return e, nil, err
	}
	if err := authz.Holds(p, documents.ExportRight); err != nil {
		return e, nil, err
	}
	cols, err := chosen(names)
	if err != nil {
		return e, nil, err
	}
	sheet := documents.Sheet{Title: e.Name}
	for _, c := range cols {
		sheet.Columns = append(sheet.Columns, c.Column)
	}
	for after := ""; ; {
		rows, next, err := s.List(ctx, f, after, 500)
		if err != nil {
			return e, nil, err
		}
		for i := range rows {
			cells := make([]any, len(cols))
			for j, c := range cols {
				cells[j] = c.of(&rows[i])
			}
			sheet.Rows = append(sheet.Rows, cells)
		}
		if len(sheet.Rows) > maxExport {
			return e, nil, errs.New(errs.TooLarge, "一次最多导出 %d 行，请缩小范围", maxExport)
		}
		if after = next; next == "" {
			break
		}
	}
	return documents.TakeList(ctx, s.db, e, sheet)
}
