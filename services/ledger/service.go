package ledger

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
	"shangda/services/notices"
	"shangda/tenancy"
)

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
}

// Service keeps the ledgers of all tenants, one at a time.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	notices Notifier
}

// New makes the service.
func New(db *tenancy.DB, dir *tenancy.Directory, n Notifier) *Service {
	return &Service{db: db, dir: dir, notices: n}
}

// read opens the ledger to a reader.
func (s *Service) read(ctx context.Context) (tenancy.Querier, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Check(q.Principal(), authz.ReportRead, authz.Object{Read: authz.ReportRead}); err != nil {
		return nil, err
	}
	return q, authz.Check(q.Principal(), authz.LedgerRead, object)
}

// List is one page of the ledger, newest first, and where the next page begins (empty at the end).
func (s *Service) List(ctx context.Context, f Filter, after string, limit int) ([]Row, string, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, "", err
	}
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	if err := f.check(); err != nil {
		return nil, "", err
	}
	d, err := deadlines(ctx, q)
	if err != nil {
		return nil, "", err
	}
	found, err := page(ctx, q, f, d, from, limit+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(found) > limit {
		found = found[:limit]
		last := found[limit-1]
		next = cursor{last.ListedAt, last.ID}.String()
	}
	rows := make([]Row, 0, len(found))
	for i := range found {
		row, err := s.row(ctx, &found[i], d, q.Now())
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, row)
	}
	return rows, next, nil
}

func (s *Service) row(ctx context.Context, r *record, d Deadlines, now time.Time) (Row, error) {
	row := Row{ID: r.ID, Number: r.Number, Title: r.Title, State: r.State, Category: r.Category, Urgency: r.Urgency, Class: r.Class, Author: r.AuthorName,
		Note: r.Note, Version: r.Version, SubmittedAt: r.SubmittedAt, SignedAt: r.SignedAt, SentAt: r.SentAt, Times: r.Times, ListedAt: r.ListedAt}
	if r.LeadID != nil {
		row.Lead = &Person{*r.LeadID, r.LeadName}
	}
	if r.FollowID != nil {
		row.Follow = &Person{*r.FollowID, r.FollowName}
	}
	if r.UnitID != nil {
		row.Office = &Office{*r.UnitID, r.UnitName}
	}
	if r.Sender != nil {
		t, err := s.dir.ByID(ctx, *r.Sender)
		if err != nil {
			return row, err
		}
		row.Sender = t.Name
	}
	if r.Decider != nil {
		t, err := s.dir.ByID(ctx, *r.Decider)
		if err != nil {
			return row, err
		}
		row.Outcome = &Outcome{Unit: t.Name, Kind: r.Outcome, Form: r.Form, At: *r.DecidedAt}
		if r.Outcome != "adopted" {
			row.Outcome.Form = "" // of a handling it is the class of its result
		}
	}
	d.due(r, &row, now)
	return row, nil
}

// Refusal says why one report of several was left as it was.
type Refusal struct {
	Report uuid.UUID `json:"report"`
	Title  string    `json:"title,omitempty"`
	Reason string    `json:"reason"`
}

// MaxBulk is how many reports may be assigned at once.
const MaxBulk = 200

// Assign makes people answer for reports: each report wholly or not at all, the refused ones named. Those newly named are told.
func (s *Service) Assign(ctx context.Context, reportIDs []uuid.UUID, a Assignment) ([]Refusal, error) {
	a, err := s.checked(ctx, reportIDs, a)
	if err != nil {
		return nil, err
	}
	var refused []Refusal
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		known, names, err := s.begin(ctx, tx, reportIDs, a)
		if err != nil {
			return err
		}
		if len(known) == 0 {
			return errs.Missing()
		}
		refused = refusals(reportIDs, known)
		told := map[uuid.UUID][]listed{}
		for _, id := range sorted(known) {
			if _, err := lockEntry(ctx, tx, id); err != nil {
				return err
			}
			if err := s.assign(ctx, tx, known[id], a, names, told); err != nil {
				return err
			}
		}
		return s.tell(ctx, tx, a, told)
	})
	return refused, err
}

// Change is Assign of one report, based on the version the caller read: Stale where somebody was faster.
func (s *Service) Change(ctx context.Context, report uuid.UUID, version int, a Assignment) (uuid.UUID, error) {
	a, err := s.checked(ctx, []uuid.UUID{report}, a)
	if err != nil {
		return uuid.Nil, err
	}
	return report, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		known, names, err := s.begin(ctx, tx, []uuid.UUID{report}, a)
		if err != nil {
			return err
		}
		r, ok := known[report]
		if !ok {
			return errs.Missing()
		}
		now, err := lockEntry(ctx, tx, report)
		if err != nil {
			return err
		}
		if now != version {
			return errs.New(errs.Stale, "这一行已被他人修改，请刷新后重试")
		}
		told := map[uuid.UUID][]listed{}
		if err := s.assign(ctx, tx, r, a, names, told); err != nil {
			return err
		}
		return s.tell(ctx, tx, a, told)
	})
}

// checked names the faults of the input alone, before anything is looked up.
func (s *Service) checked(_ context.Context, ids []uuid.UUID, a Assignment) (Assignment, error) {
	a, faults := a.check()
	if n := len(ids); n == 0 || n > MaxBulk {
		faults.Add("reports", "请选择 1 到 %d 篇信息", MaxBulk)
	}
	return a, faults.Err()
}

// begin checks the right and who is named, and finds the reports.
func (s *Service) begin(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, a Assignment) (map[uuid.UUID]listed, []string, error) {
	p := tx.Principal()
	if err := authz.Check(p, authz.ReportRead, authz.Object{Read: authz.ReportRead}); err != nil {
		return nil, nil, err
	}
	if err := authz.Check(p, authz.LedgerWrite, object); err != nil {
		return nil, nil, err
	}
	names, err := s.names(ctx, tx, a)
	if err != nil {
		return nil, nil, err
	}
	known, err := reports(ctx, tx, ids)
	return known, names, err
}

// names is the assignment in words; whoever is named must be able to read what he answers for.
func (s *Service) names(ctx context.Context, tx *tenancy.Tx, a Assignment) ([]string, error) {
	var faults errs.Fields
	var names []string
	for _, part := range []struct {
		field, words string
		id           *uuid.UUID
	}{{"lead", "牵头", a.Lead}, {"follow", "跟踪", a.Follow}} {
		if part.id == nil {
			continue
		}
		if *part.id == uuid.Nil {
			names = append(names, "取消"+part.words)
			continue
		}
		m, ok, err := member(ctx, tx, *part.id)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			faults.Add(part.field, "不是本单位的在册成员")
		case tx.Principal().Policy.Scope(m.Roles, string(authz.ReportRead)) != tenancy.ScopeTenant:
			faults.Add(part.field, "%s不能查看全单位的信息，请先请安全管理员授予角色", m.Name)
		}
		names = append(names, part.words+"："+m.Name)
	}
	if a.Office != nil && *a.Office != uuid.Nil {
		name, ok, err := office(ctx, tx, *a.Office)
		if err != nil {
			return nil, err
		}
		if !ok {
			faults.Add("office", "没有这个内设机构")
		}
		names = append(names, "联系委室："+name)
	}
	if a.DueOn != nil && *a.DueOn != "" {
		names = append(names, "办理期限："+*a.DueOn)
	}
	return names, faults.Err()
}

// assign changes one report's entry, writes it on its way and notes whom it newly concerns.
func (s *Service) assign(ctx context.Context, tx *tenancy.Tx, r listed, a Assignment, names []string, told map[uuid.UUID][]listed) error {
	if err := put(ctx, tx, r.ID, a); err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "report.assigned", Subject: subject(r.ID), Detail: map[string]string{"reason": strings.Join(names, "，")}})
	for _, part := range []struct{ now, was *uuid.UUID }{{a.Lead, r.LeadID}, {a.Follow, r.FollowID}} {
		fresh := part.now != nil && *part.now != uuid.Nil && (part.was == nil || *part.was != *part.now) && *part.now != tx.Principal().Membership
		if fresh && !slices.ContainsFunc(told[*part.now], func(l listed) bool { return l.ID == r.ID }) {
			told[*part.now] = append(told[*part.now], r)
		}
	}
	return nil
}

func (s *Service) tell(ctx context.Context, tx *tenancy.Tx, a Assignment, told map[uuid.UUID][]listed) error {
	for _, who := range sorted(told) {
		list := told[who]
		what := "跟踪"
		if a.Lead != nil && *a.Lead == who {
			what = "牵头"
		}
		text := fmt.Sprintf("%s请您%s办理《%s》", tx.Principal().Name, what, list[0].Title)
		if len(list) > 1 {
			text += fmt.Sprintf("等 %d 篇信息", len(list))
		}
		n := notices.Notice{Kind: "ledger.assigned", Text: text, Subject: subject(list[0].ID)}
		if err := s.notices.Tell(ctx, tx, []uuid.UUID{who}, n); err != nil {
			return err
		}
	}
	return nil
}

// Refused are those of the reports that the ledger does not hold for the caller.
func (s *Service) Refused(ctx context.Context, ids []uuid.UUID) ([]Refusal, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	known, err := reports(ctx, q, ids)
	return refusals(ids, known), err
}

func refusals(ids []uuid.UUID, known map[uuid.UUID]listed) []Refusal {
	refused := []Refusal{}
	for _, id := range ids {
		if _, ok := known[id]; !ok {
			refused = append(refused, Refusal{Report: id, Reason: errs.Missing().Message})
		}
	}
	return refused
}

// sorted are the keys in the order in which they are locked.
func sorted[T any](m map[uuid.UUID]T) []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return ids
}

// check names the faults of a filter.
func (f Filter) check() error {
	var faults errs.Fields
	if f.State != "" && !slices.Contains(states, f.State) {
		faults.Add("state", "没有“%s”这种状态", f.State)
	}
	for name, day := range map[string]string{"from": f.From, "to": f.To} {
		if _, err := time.ParseInLocation(time.DateOnly, day, shanghai); day != "" && err != nil {
			faults.Add(name, "日期应写作 2026-11-20")
		}
	}
	return faults.Err()
}

// days is the time a filter spans, the last day included.
func (f Filter) days() (from, to time.Time) {
	from, to = time.Date(1949, 1, 1, 0, 0, 0, 0, shanghai), time.Date(9999, 1, 1, 0, 0, 0, 0, shanghai)
	if day, err := time.ParseInLocation(time.DateOnly, f.From, shanghai); err == nil {
		from = day
	}
	if day, err := time.ParseInLocation(time.DateOnly, f.To, shanghai); err == nil {
		to = day.AddDate(0, 0, 1)
	}
	return from, to
}

// cursor is where a page ends: the place of its last row.
type cursor struct {
	At time.Time
	ID uuid.UUID
}

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", c.At.UnixMicro(), c.ID))
}

// farthest is before every row.
var farthest = cursor{time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max}

func parseCursor(text string) (cursor, error) {
	if text == "" {
		return farthest, nil
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
