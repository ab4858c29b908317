package issues

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Filter narrows the list of issues; empty parts do not matter. Year is that of the number.
type Filter struct {
	Journal uuid.UUID
	State   string
	Year    int
	Report  uuid.UUID
	Query   string
	Cursor  string
	Limit   int
}

const issueFilters = `
	where i.tenant_id = $1 and i.state <> 'discarded' and (i.listed_at, i.id) < ($3, $4)
	  and ($5::uuid is null or i.journal_id = $5) and ($6 = '' or i.state = $6) and ($7 = 0 or i.year = $7)
	  and ($8::uuid is null or exists (select from issue_items x where x.tenant_id = $1 and x.report_id = $8 and x.issue_id = i.id))
	  and ($9 = '' or strpos(i.title, $9) > 0 or strpos(convert_from(p.content, 'UTF8'), $9) > 0)
	order by i.listed_at desc, i.id desc limit $10`

// List is a page of the issues, newest first, and where the next page begins (empty at the end). Their reports are left out.
func (s *Service) List(ctx context.Context, f Filter) ([]Issue, string, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, "", err
	}
	at, after, err := parseCursor(f.Cursor)
	if err != nil {
		return nil, "", err
	}
	limit := f.Limit
	if limit <= 0 || limit > 100 {
		limit = 30
	}
	rows, err := tenancy.Collect[row](ctx, q, issueColumns+issueFilters, q.Tenant(), yearOf(q), at, after, optional(f.Journal), f.State, f.Year, optional(f.Report), documents.Clean(f.Query, false), limit+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		next = base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", last.ListedAt.UnixMicro(), last.ID))
	}
	list := make([]Issue, 0, len(rows))
	for _, r := range rows {
		list = append(list, r.view(q.Principal()))
	}
	return list, next, nil
}

func parseCursor(text string) (time.Time, uuid.UUID, error) {
	if text == "" {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	var micros int64
	var id string
	if err == nil {
		_, err = fmt.Sscanf(string(raw), "%d %36s", &micros, &id)
	}
	parsed, idErr := uuid.Parse(id)
	if err != nil || idErr != nil {
		return time.Time{}, uuid.Nil, errs.InvalidField("cursor", "不是有效的翻页位置")
	}
	return time.UnixMicro(micros), parsed, nil
}

func optional(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

var stateText = map[string]string{Draft: "编排中", Released: "已编发", Withdrawn: "作废"}

// registerRow is a line of the register: one report in one issue.
type registerRow struct {
	Journal                                  string
	Year, No, Total                          int
	State, Title, Report, Number, Author     string
	Signer, ReportTo, SendTo, IssueTo, Scope string
	Copies                                   int
	Hours                                    *float64
	Dated                                    time.Time
	ReleasedAt                               *time.Time
	ReleasedBy, Reason                       string
}

// Register is the register of a year (编发登记簿), every number with its reports, as a spreadsheet or on paper.
func (s *Service) Register(ctx context.Context, year int, journal uuid.UUID, format string) (documents.Export, []byte, error) {
	e := documents.Export{Name: fmt.Sprintf("%d年编发登记簿", year), Format: format}
	q, err := s.read(ctx)
	if err != nil {
		return e, nil, err
	}
	if err := authz.Holds(q.Principal(), documents.ExportRight); err != nil {
		return e, nil, err
	}
	rows, err := tenancy.Collect[registerRow](ctx, q, `
		select j.name as journal, i.year, i.no, i.total, i.state, i.title, x.item->>'title' as report, coalesce(x.item->>'number', '') as number, coalesce(x.item->>'author_name', '') as author,
		       i.signer, i.report_to, i.send_to, i.issue_to, i.scope, i.copies, i.dated, i.released_at, round(`+took+`, 1)::float8 as hours, coalesce(m.name, '') as released_by, i.reason
		from issues i join journals j on j.tenant_id = i.tenant_id and j.id = i.journal_id
		join issue_prints p on p.tenant_id = i.tenant_id and p.issue_id = i.id
		cross join lateral jsonb_array_elements(convert_from(p.content, 'UTF8')::jsonb->'items') with ordinality x(item, position)
		left join memberships m on m.tenant_id = i.tenant_id and m.id = i.released_by
		where i.tenant_id = $1 and i.year = $2 and ($3::uuid is null or i.journal_id = $3)
		order by j.kind, j.name, i.no, x.position`, q.Tenant(), year, optional(journal))
	if err != nil {
		return e, nil, err
	}
	sheet := documents.Sheet{Title: e.Name, Columns: []documents.Column{
		{Title: "刊物", Width: 16}, {Title: "期号", Kind: documents.NumberColumn, Width: 9}, {Title: "总期号", Kind: documents.NumberColumn, Width: 8, Aside: true}, {Title: "状态", Width: 11},
		{Title: "题目", Width: 40}, {Title: "编入的信息", Width: 40}, {Title: "信息编号", Width: 18, Aside: true}, {Title: "反映人", Width: 11}, {Title: "签发人", Width: 11},
		{Title: "报", Width: 24}, {Title: "送", Width: 24, Aside: true}, {Title: "发", Width: 24, Aside: true}, {Title: "报送范围", Width: 16, Aside: true},
		{Title: "份数", Kind: documents.NumberColumn, Width: 7, Aside: true}, {Title: "印发日期", Kind: documents.DateColumn, Width: 19},
		{Title: "编发时间", Kind: documents.MomentColumn, Aside: true}, {Title: "编发人", Width: 10, Aside: true},
		{Title: "从提交到编发（小时）", Kind: documents.NumberColumn, Width: 12, Aside: true}, {Title: "作废原因", Width: 24, Aside: true},
	}}
	for _, r := range rows {
		sheet.Rows = append(sheet.Rows, []any{r.Journal, r.No, r.Total, stateText[r.State], r.Title, r.Report, r.Number, r.Author, r.Signer, r.ReportTo, r.SendTo, r.IssueTo,
			r.Scope, r.Copies, r.Dated, r.ReleasedAt, r.ReleasedBy, number(r.Hours), r.Reason})
	}
	return documents.TakeList(ctx, s.db, e, sheet)
}

// number is a cell that may be empty.
func number(n *float64) any {
	if n == nil {
		return ""
	}
	return *n
}

// view is an issue without its reports.
func (r row) view(p *tenancy.Principal) Issue {
	i := Issue{ID: r.ID, JournalID: r.JournalID, Journal: r.Journal, Kind: r.Kind, Head: r.Head, State: r.State, Year: r.Year, No: r.No, Total: r.Total, Title: r.Title,
		Introduction: r.Introduction, Addressees: Addressees{r.ReportTo, r.SendTo, r.IssueTo, r.Scope, r.Copies}, Signer: r.Signer, Dated: r.Dated.Format(time.DateOnly),
		Items: []Item{}, Reports: r.Reports, Version: r.Version, CreatedAt: r.CreatedAt, CreatedBy: r.CreatedBy, ReleasedAt: r.ReleasedAt, ReleasedBy: r.ReleasedBy,
		WithdrawnAt: r.WithdrawnAt, WithdrawnBy: r.WithdrawnBy, Reason: r.Reason, Digest: hexed(r.Digest), Can: can(p, r.State, r.Kind)}
	if r.State == Draft {
		i.Year, i.No, i.Total = r.Dated.Year(), r.NextNo, r.NextTotal
	}
	return i
}

// label is how the issue is called once it has its number.
func (r row) label() string {
	return Journal{JournalInput: JournalInput{Name: r.Journal}}.label(r.Year, r.No)
}

// titles is what the issue is about in a word: its own title, else its first report's.
func titleOf(own string, items []Item) string {
	if own != "" || len(items) == 0 {
		return own
	}
	return strings.TrimSpace(items[0].Title)
}
