package clues

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
}

// Place tells whether the caller may link a clue to an activity, a point or a visit.
type Place func(ctx context.Context, q tenancy.Querier, id uuid.UUID) error

// Service keeps clues. Places are wired by the program, by kind; what is of no known kind cannot be linked.
type Service struct {
	Places map[string]Place

	db      *tenancy.DB
	drafts  Drafts
	notices Notifier
	lock    func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Clue, error)
}

// New makes reports of clues through drafts.
func New(db *tenancy.DB, drafts Drafts, notices Notifier) *Service {
	return &Service{Places: map[string]Place{}, db: db, drafts: drafts, notices: notices, lock: lockClue}
}

// Filter narrows a list; empty parts do not matter. Mine is what the caller has to do with a clue: claimed, writing, entered.
type Filter struct {
	State      string
	Category   string
	Text       string
	Stage      string
	SourceKind string
	Mine       string
	ActivityID *uuid.UUID
	PointID    *uuid.UUID
	VisitID    *uuid.UUID
	ReportID   *uuid.UUID
}

// List is a page of the clues that the caller sees, newest first, and where the next page begins (empty at the end).
func (s *Service) List(ctx context.Context, f Filter, after string, limit int) ([]Clue, string, error) {
	q, reach, err := s.read(ctx)
	if err != nil {
		return nil, "", err
	}
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	found, err := listClues(ctx, q, f, reach, from, limit+1)
	if err != nil {
		return nil, "", err
	}
	for i := range found {
		found[i].Can = found[i].can(q.Principal())
	}
	if len(found) <= limit {
		return found, "", nil
	}
	return found[:limit], found[limit-1].cursor(), nil
}

// Get finds a clue with its whole text and the reports that grew from it.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Clue, error) {
	q, _, err := s.read(ctx)
	if err != nil {
		return Clue{}, err
	}
	c, err := s.visible(ctx, q, id)
	if err != nil {
		return Clue{}, err
	}
	ids, err := reportsOf(ctx, q, id)
	if err != nil {
		return Clue{}, err
	}
	c.Can = c.can(q.Principal())
	c.Reports, err = s.drafts.Linked(ctx, q, ids)
	return c, err
}

// Talk is what was said and decided about a clue, oldest first.
func (s *Service) Talk(ctx context.Context, id uuid.UUID) ([]Entry, error) {
	q, _, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := s.visible(ctx, q, id); err != nil {
		return nil, err
	}
	return entries(ctx, q, id)
}

// Counts are the clues that the caller sees by kind of source.
func (s *Service) Counts(ctx context.Context) ([]Count, error) {
	q, reach, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	return counts(ctx, q, reach)
}

// Yields tells how many clues came from each place of the kind (activity, point, visit), and how many reports grew from
// them. It is for the noun whose places they are, which has checked that the caller may see them.
func (s *Service) Yields(ctx context.Context, q tenancy.Querier, kind string, ids []uuid.UUID) (map[uuid.UUID]Yield, error) {
	found, err := tenancy.Collect[Yield](ctx, q, yields[kind], q.Tenant(), ids)
	all := make(map[uuid.UUID]Yield, len(found))
	for _, y := range found {
		all[y.ID] = y
	}
	return all, err
}

func (s *Service) visible(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Clue, error) {
	c, err := findClue(ctx, q, id)
	if err != nil {
		return Clue{}, err
	}
	return c, authz.Check(q.Principal(), authz.ClueRead, c.object(q.Principal()))
}

func (s *Service) read(ctx context.Context) (tenancy.Querier, scope, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, scope{}, err
	}
	p := q.Principal()
	reach := scope{all: p.Scope(string(authz.ClueRead)) == tenancy.ScopeTenant, member: p.Membership}
	return q, reach, authz.Check(p, authz.ClueRead, fresh(p))
}

// Create enters a clue and returns its id. A clue of a source that is there already is that clue. Invalid input is
// named field by field; text with a secrecy marking is refused.
func (s *Service) Create(ctx context.Context, n NewClue) (uuid.UUID, error) {
	var id uuid.UUID
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) (err error) {
		if err := authz.Check(tx.Principal(), authz.ClueWrite, fresh(tx.Principal())); err != nil {
			return err
		}
		id, err = s.enter(ctx, tx, n)
		return err
	})
	return id, err
}

// CreateIn is Create in the transaction of another noun, such as a visit that becomes a clue.
func (s *Service) CreateIn(ctx context.Context, tx *tenancy.Tx, n NewClue) (uuid.UUID, error) {
	if err := authz.Check(tx.Principal(), authz.ClueWrite, fresh(tx.Principal())); err != nil {
		return uuid.Nil, err
	}
	return s.enter(ctx, tx, n)
}

// Leave is what a visitor leaves at a point: under the receipt, and of a member where one was logged in. The point has
// checked that it is open. Only the visitor's own actor may. Of a form sent twice it gives the first receipt.
func (s *Service) Leave(ctx context.Context, tx *tenancy.Tx, n NewClue, receipt string, member *uuid.UUID) (uuid.UUID, string, error) {
	if err := authz.Check(tx.Principal(), authz.PointReceive, authz.Object{Read: authz.PointReceive}); err != nil {
		return uuid.Nil, "", err
	}
	n.receipt, n.by = receipt, member
	id, err := s.insert(ctx, tx, n)
	if err != nil {
		return uuid.Nil, "", err
	}
	receipt, err = receiptOf(ctx, tx, id)
	return id, receipt, err
}

// AtPoint is a page of what came in at a point, with visitors masked. It is for the point, which has checked that the
// caller may see it.
func (s *Service) AtPoint(ctx context.Context, q tenancy.Querier, point uuid.UUID, after string, limit int) ([]Clue, string, error) {
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	found, err := listClues(ctx, q, Filter{PointID: &point}, scope{all: true}, from, limit+1)
	if err != nil || len(found) <= limit {
		return found, "", err
	}
	return found[:limit], found[limit-1].cursor(), nil
}

// enter checks what a clue is linked to besides what insert checks.
func (s *Service) enter(ctx context.Context, tx *tenancy.Tx, n NewClue) (uuid.UUID, error) {
	if err := s.mayLink(ctx, tx, n.ActivityID, n.PointID, n.VisitID); err != nil {
		return uuid.Nil, err
	}
	return s.insert(ctx, tx, n)
}

func (s *Service) insert(ctx context.Context, tx *tenancy.Tx, n NewClue) (uuid.UUID, error) {
	n, err := n.check(tx.Now())
	if err != nil {
		return uuid.Nil, err
	}
	if v := n.OnBehalf; v != nil && v.MemberID != nil {
		if known, err := isMember(ctx, tx, *v.MemberID); err != nil || !known {
			return uuid.Nil, orInvalid(err, "on_behalf.member_id", "本单位没有这位成员")
		}
	}
	id := tenancy.NewID()
	isNew, err := insertClue(ctx, tx, id, n)
	if err != nil {
		return uuid.Nil, err
	}
	if !isNew {
		return again(ctx, tx, n)
	}
	received(tx, id, n)
	return id, nil
}

// mayLink refuses places that are none of the caller's.
func (s *Service) mayLink(ctx context.Context, tx *tenancy.Tx, activity, point, visit *uuid.UUID) error {
	for _, to := range []struct {
		kind, field, name string
		id                *uuid.UUID
	}{{"activity", "activity_id", "活动", activity}, {"point", "point_id", "收集点", point}, {"visit", "visit_id", "走访记录", visit}} {
		if to.id == nil {
			continue
		}
		place := s.Places[to.kind]
		if place == nil {
			return errs.InvalidField(to.field, "没有找到这个%s", to.name)
		}
		if err := place(ctx, tx, *to.id); err != nil {
			if errs.Is(err, errs.NotFound) {
				return errs.InvalidField(to.field, "没有找到这个%s", to.name)
			}
			return err
		}
	}
	return nil
}

func orInvalid(err error, field, text string) error {
	if err != nil {
		return err
	}
	return errs.InvalidField(field, "%s", text)
}

// Convert makes a clue the draft of a report in the caller's name, each linked to the other, and returns the report's id.
// A speech or a survey may give several. Conflict where the clue was dropped, is another's, or has given its only report.
func (s *Service) Convert(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return s.Merge(ctx, []uuid.UUID{id}, "")
}

// Merge makes one draft of several clues, all linked to it. Without a title it has the topic decided on, or the first
// clue's title.
func (s *Service) Merge(ctx context.Context, ids []uuid.UUID, title string) (uuid.UUID, error) {
	if err := line("title", "标题", &title, 0, MaxTitle, false); err != nil {
		return uuid.Nil, err
	}
	sorted := slices.SortedFunc(slices.Values(ids), func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	sorted = slices.Compact(sorted)
	if len(sorted) != len(ids) || len(ids) == 0 || len(ids) > mostMerged {
		return uuid.Nil, errs.InvalidField("clues", "请选择 1 至 %d 条不重复的线索", mostMerged)
	}
	var report uuid.UUID
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		byID := map[uuid.UUID]Clue{}
		for _, id := range sorted { // always in this order, so that two who merge the same do not wait for each other
			c, err := s.take(ctx, tx, id)
			if err == nil {
				err = c.refuseConvert(tx.Principal())
			}
			if err != nil {
				return err
			}
			byID[id] = c
		}
		var err error
		report, err = s.draft(ctx, tx, ids, byID, title)
		return err
	})
	return report, err
}

func (s *Service) draft(ctx context.Context, tx *tenancy.Tx, ids []uuid.UUID, byID map[uuid.UUID]Clue, title string) (uuid.UUID, error) {
	all := make([]Clue, 0, len(ids))
	for _, id := range ids {
		all = append(all, byID[id])
	}
	if title == "" {
		title = all[0].Title
		for _, c := range slices.Backward(all) {
			if c.Topic != "" {
				title = c.Topic
			}
		}
	}
	report, err := s.drafts.Draft(ctx, tx, NewDraft{
		Title: title, Problem: problem(all), Category: common(all, func(c Clue) string { return c.Category }, ""),
		SourceKind: common(all, func(c Clue) string { return c.SourceKind }, "clue"), SourceID: ids[0],
	})
	if err != nil {
		return uuid.Nil, err
	}
	for _, id := range ids {
		tx.Record(tenancy.Event{Kind: "clue.converted", Subject: subject(id), Detail: map[string]any{"report": report, "clues": len(ids)}})
		if err := link(ctx, tx, id, report); err != nil {
			return uuid.Nil, err
		}
	}
	return report, nil
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "clue", ID: id} }

// again records that a clue which is there already was entered once more, and returns its id.
func again(ctx context.Context, tx *tenancy.Tx, n NewClue) (uuid.UUID, error) {
	there, err := bySource(ctx, tx, n.SourceKind, []string{n.SourceRef})
	id := there[n.SourceRef]
	tx.Record(tenancy.Event{Kind: "clue.entered_again", Subject: subject(id)})
	return id, err
}

func received(tx *tenancy.Tx, id uuid.UUID, n NewClue) {
	detail := map[string]any{"source_kind": n.SourceKind, "origin_ref": n.SourceRef, "channel": n.Channel}
	if n.OnBehalf != nil {
		detail["on_behalf"] = true
	}
	tx.Record(tenancy.Event{Kind: "clue.received", Subject: subject(id), Detail: detail})
}

// reserveDate reads until when a clue is kept in reserve; empty is for good.
func reserveDate(text string, now time.Time) (*time.Time, error) {
	if text == "" {
		return nil, nil
	}
	until, err := time.Parse(time.DateOnly, text)
	if err != nil || !until.After(clock.Today(now)) || until.After(now.AddDate(10, 0, 0)) {
		return nil, errs.InvalidField("until", "请填写今天以后的日期")
	}
	return &until, nil
}
