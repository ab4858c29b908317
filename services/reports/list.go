package reports

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Filter narrows a list. From and To are months such as 2026-01, both included. Measure is the name of a figure: the list
// is then what that figure counted in those months.
type Filter struct {
	Box          string
	State        string
	Category     string
	Query        string
	AdoptedLevel string
	AdoptedForm  string
	Measure      string
	From, To     string
	Sender       string
	Until        string // a day such as 2026-11-02: the list begins with its last report
	Order        string // time, or priority
	Cursor       string
	Limit        int
}

// The boxes; where each begins in the database stands in boxes.
const (
	BoxMine   = "mine"
	BoxInbox  = "inbox"
	BoxDesk   = "desk"
	BoxReview = "review"
	BoxReady  = "ready"
	BoxSigned = "signed"
	BoxAll    = "all"
	BoxShared = "shared"
	boxOwn    = "own" // what one reads as one's own: all, for whoever sees no more
)

var boxes = map[string]string{
	BoxMine:   `and author_id = $5`,
	BoxInbox:  `and state = 'submitted'`,
	BoxDesk:   `and state in ('taken_up', 'editing', 'returned') and adopted = ''`,
	BoxReview: `and state in ('reviewing', 'signed')`, // a signed one may lack signatures that are given afterwards
	BoxReady: `and state = 'signed' and adopted = '' and not exists (
		select from report_tally t where t.tenant_id = $1 and t.report_id = reports.id and t.measure = 'own_forwarded')`,
	BoxSigned: `and (state = 'signed' or adopted <> '' and state in ('taken_up', 'editing'))`,
	BoxAll:    ``,
	BoxShared: `and id = any(array(select report_id from report_authors where tenant_id = $1 and membership_id = $5
		union select id from reports where tenant_id = $1 and recorder_id = $5))`,
	boxOwn: `and id = any(array(select id from reports where tenant_id = $1 and author_id = $5
		union select id from reports where tenant_id = $1 and recorder_id = $5
		union select report_id from report_authors where tenant_id = $1 and membership_id = $5
		union select report_id from report_handovers where tenant_id = $1 and to_id = $5 and state = 'offered'))`,
}

// What the caller sees: his own, what he shares in or was offered, and what is no draft of the whole tenant ($6 null) or of
// one inner unit.
const listHead = `
	select id, number, state, version, author_id, author_name, author_title, unit_id, title, category, topic, urgency, class, flags, mode, channel,
	source_kind, sender, combined, adopted, adoptions, created_at, updated_at, submitted_at, signed_at, coauthors, recorder_id, recorder_name, split_from,
	advice <> '' as advised, score, priority, left(problem, 120) as excerpt from reports
	where tenant_id = $1 and (listed_at, id) < ($2, $3) and (author_id = $5 or recorder_id = $5 or $5 = any(coauthors) or $5 = any(readers)
		or state <> 'draft' and ($6::uuid is null or unit_id = $6)) `

const listFilters = `
	and ($8 = '' or state = $8)
	and ($9 = '' or category = $9)
	and ($10::jsonb is null or adoptions @> $10)
	and ($11::int is null or coalesce(sender, 0) = $11)
	and case $12
		when 'own_submitted' then sender is null and not combined and split_from is null and submitted_at >= $14 and submitted_at < $15
		when 'own_received' then sender is not null and submitted_at >= $14 and submitted_at < $15
		when 'own_signed' then signed_at >= $14 and signed_at < $15
		when '' then listed_at >= $14 and listed_at < $15
		else exists (select from report_tally t where t.tenant_id = $1 and t.report_id = reports.id and t.measure = any($13)
			and t.occurred_at >= $14 and t.occurred_at < $15)
		end`

// What is named by others, such as a search or the reviews that wait: $7, null for everything.
const (
	listAny   = ` and $7::uuid[] is null`
	listNamed = ` and id = any($7::uuid[])`
)

const listTail = ` order by listed_at desc, id desc limit $4`

// statements are the texts of the lists, one a box: without filters, with them, and with them among what is named.
var plainLists, filteredLists, namedLists = func() (plain, filtered, named map[string]string) {
	plain, filtered, named = map[string]string{}, map[string]string{}, map[string]string{}
	for box, where := range boxes {
		plain[box] = listHead + where + listTail
		filtered[box] = listHead + where + listAny + listFilters + listTail
		named[box] = listHead + where + listNamed + listFilters + listTail
	}
	return plain, filtered, named
}()

// listed is a report as a list reads it.
type listed struct {
	Report
	Excerpt string
	Advised bool
}

// List is one page of a box, newest first, and where the next page begins (empty at the end): one query.
func (s *Service) List(ctx context.Context, f Filter) ([]ReportView, string, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, "", err
	}
	p := q.Principal()
	if err := authz.Holds(p, authz.ReportRead); err != nil {
		return nil, "", err
	}
	sql, args, err := s.statement(ctx, q, f)
	if err != nil {
		return nil, "", err
	}
	rows, err := tenancy.CollectPart[listed](ctx, q, sql, args...)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(rows) > f.limit() {
		rows = rows[:f.limit()]
		last := rows[len(rows)-1]
		next = cursor{last.listedAt(), last.ID}.String()
		if f.Order == OrderPriority {
			next = queueCursor(&last.Report)
		}
	}
	views := make([]ReportView, 0, len(rows))
	for _, row := range rows {
		v, err := s.head(ctx, p, &row.Report, f.Box == BoxReview)
		if err != nil {
			return nil, "", err
		}
		v.Excerpt, v.Kind = row.Excerpt, kindOf(row.Advised)
		views = append(views, v)
	}
	return views, next, nil
}

// statement chooses the query and its arguments. Whoever sees only his own gets that for all.
func (s *Service) statement(ctx context.Context, q tenancy.Querier, f Filter) (string, []any, error) {
	if _, ok := boxes[f.Box]; !ok {
		return "", nil, errs.InvalidField("box", "没有“%s”这个稿件箱", f.Box)
	}
	if f.Order == OrderPriority {
		return s.queueStatement(ctx, q, f)
	}
	from, err := f.begin()
	if err != nil {
		return "", nil, err
	}
	p := q.Principal()
	unit, box := &p.Unit, f.Box
	switch p.Scope(string(authz.ReportRead)) {
	case tenancy.ScopeTenant:
		unit = nil
	case tenancy.ScopeOwn:
		unit = &uuid.UUID{}
		if box == BoxAll {
			box = boxOwn
		}
	}
	args := []any{q.Tenant(), from.at, from.id, f.limit() + 1, p.Membership, unit}
	if !f.narrows() {
		return plainLists[box], args, nil
	}
	named, err := s.named(ctx, q, f)
	if err != nil {
		return "", nil, err
	}
	more, err := s.filterArgs(ctx, q, f)
	text := filteredLists[box]
	if named != nil {
		text = namedLists[box]
	}
	return text, append(append(args, named), more...), err
}

// boxStates are the states a box is confined to, so that a search looks no further.
var boxStates = map[string][]State{
	BoxInbox: {Submitted}, BoxDesk: {TakenUp, Editing, Returned}, BoxReview: {Reviewing}, BoxReady: {Signed},
}

// named are the reports a list is confined to: those with the words, those a review waits for; nil for any.
func (s *Service) named(ctx context.Context, q tenancy.Querier, f Filter) (ids []uuid.UUID, err error) {
	if f.Box == BoxReview {
		waiting, err := s.Reviews.WaitingFor(ctx, q)
		if err != nil {
			return nil, err
		}
		ids = append([]uuid.UUID{}, waiting...)
	}
	words := plain(f.Query)
	if words == "" {
		return ids, nil
	}
	found, err := s.Finder.Matching(ctx, q, words, boxStates[f.Box], f.Box == BoxMine || f.Box == BoxShared)
	if f.Box == BoxReview {
		return slices.DeleteFunc(ids, func(id uuid.UUID) bool { return !slices.Contains(found, id) }), err
	}
	return append([]uuid.UUID{}, found...), err
}

func (f Filter) narrows() bool {
	f.Cursor, f.Until, f.Order, f.Limit = "", "", "", 0
	return f != Filter{Box: f.Box} || f.Box == BoxReview
}

func (f Filter) limit() int {
	if f.Limit <= 0 || f.Limit > 100 {
		return 30
	}
	return f.Limit
}

// begin is where the page begins: after the one before, else at the day one jumped to, else with the newest.
func (f Filter) begin() (cursor, error) {
	if f.Cursor != "" || f.Until == "" {
		return parseCursor(f.Cursor)
	}
	day, err := time.ParseInLocation(time.DateOnly, f.Until, shanghai)
	if err != nil {
		return cursor{}, errs.InvalidField("until", "日期应写作 2026-11-02")
	}
	return cursor{day.AddDate(0, 0, 1), uuid.Nil}, nil
}

func (s *Service) filterArgs(ctx context.Context, q tenancy.Querier, f Filter) ([]any, error) {
	var faults errs.Fields
	var sender *int32
	if f.Sender != "" {
		t, err := s.dir.ByCode(ctx, f.Sender)
		if err != nil {
			faults.Add("sender", "没有这个单位")
		}
		if t.ID == q.Tenant() {
			t.ID = 0
		}
		sender = &t.ID
	}
	measures := measuresNamed(f.Measure)
	if f.Measure != "" && len(measures) == 0 {
		faults.Add("measure", "没有“%s”这项统计", f.Measure)
	}
	kind := strings.Replace(f.Measure, "tree_submitted", "own_submitted", 1)
	start, end := months(f.From, f.To, &faults)
	return []any{f.State, f.Category, f.adopted(), sender, kind, measures, start, end}, faults.Err()
}

// adopted is what the adoptions in force must contain, nil for anything.
func (f Filter) adopted() any {
	if f.AdoptedLevel == "" && f.AdoptedForm == "" {
		return nil
	}
	one := map[string]string{}
	if f.AdoptedLevel != "" {
		one["level"] = f.AdoptedLevel
	}
	if f.AdoptedForm != "" {
		one["form"] = f.AdoptedForm
	}
	return []map[string]string{one}
}

// months are the moments from the first month's begin to the last one's end, in Shanghai; open where not given.
func months(from, to string, faults *errs.Fields) (start, end time.Time) {
	start, end = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, m := range []struct {
		name, month string
		at          *time.Time
		add         int
	}{{"from", from, &start, 0}, {"to", to, &end, 1}} {
		if m.month == "" {
			continue
		}
		at, err := time.ParseInLocation("2006-01", m.month, shanghai)
		if err != nil {
			faults.Add(m.name, "月份应写作 2026-01")
			continue
		}
		*m.at = at.AddDate(0, m.add, 0)
	}
	return start, end
}

var measureNames = func() []string {
	forms, levels := []string{FormSingle, FormCombined, FormRelayed}, []string{"county", "city", "province", "national"}
	all := []string{"own_submitted", "own_received", "own_signed", "own_forwarded", "own_kept", "own_declined", "own_returned",
		"tree_submitted", "tree_forwarded", "tree_forwardings", "tree_reports"}
	for _, form := range forms {
		all = append(all, "own_adopted_"+form, "tree_reports_"+form)
	}
	for _, level := range levels {
		all = append(all, "tree_reports_"+level)
		for _, form := range forms {
			all = append(all, "tree_times_"+level+"_"+form)
		}
	}
	return all
}()

// measuresNamed are the measures a figure sums up: one by its name, several by their common beginning, such as own_adopted
// or tree_times_city, or with a form at the end, such as tree_times_single.
func measuresNamed(name string) []string {
	if name == "" || slices.Contains(measureNames, name) {
		return []string{name}
	}
	var all []string
	stem, form := name, ""
	if i := strings.LastIndexByte(name, '_'); i > 0 && formText[name[i+1:]] != "" {
		stem, form = name[:i], name[i:]
	}
	for _, m := range measureNames {
		if strings.HasPrefix(m, stem+"_") && strings.HasSuffix(m, form) {
			all = append(all, m)
		}
	}
	return all
}

// cursor is where a page ends: the place of its last report.
type cursor struct {
	at time.Time
	id uuid.UUID
}

func (r *Report) listedAt() time.Time {
	if r.SubmittedAt != nil {
		return *r.SubmittedAt
	}
	return r.CreatedAt
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", c.at.UnixMicro(), c.id))
}

func parseCursor(text string) (cursor, error) {
	if text == "" {
		return cursor{time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	at, id, ok := strings.Cut(string(raw), " ")
	micros, numErr := strconv.ParseInt(at, 10, 64)
	parsed, idErr := uuid.Parse(id)
	if err != nil || numErr != nil || idErr != nil || !ok {
		return cursor{}, errs.InvalidField("cursor", "翻页位置无效")
	}
	return cursor{time.UnixMicro(micros), parsed}, nil
}
