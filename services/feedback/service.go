package feedback

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Service keeps feedback.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	reports Reports
}

// New keeps the feedback on those reports.
func New(db *tenancy.DB, dir *tenancy.Directory, reports Reports) *Service {
	return &Service{db: db, dir: dir, reports: reports}
}

func subject(report uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "report", ID: report} }

// open is a report that the caller may read, and may see the feedback on.
func (s *Service) open(ctx context.Context, q tenancy.Querier, report uuid.UUID, permission authz.Permission) (Report, error) {
	r, err := s.reports.Load(ctx, q, report)
	if err != nil {
		return r, err
	}
	return r, authz.Holds(q.Principal(), permission)
}

// Of is the feedback on a report.
func (s *Service) Of(ctx context.Context, report uuid.UUID) (Sheet, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Sheet{}, err
	}
	r, err := s.open(ctx, q, report, authz.FeedbackRead)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Sheet{Can: []string{}}
	if sheet.Records, err = recordsOf(ctx, q, report); err != nil {
		return sheet, err
	}
	if sheet.Outcomes, err = s.Outcomes(ctx, q, report); err != nil {
		return sheet, err
	}
	if r.Sender == "" && !r.Combined {
		for _, o := range sheet.Outcomes {
			if o.ToldAt == nil && (sheet.Untold == nil || o.Days > *sheet.Untold) {
				sheet.Untold = &o.Days
			}
		}
	}
	sheet.Can = can(q.Principal(), r, sheet.Outcomes)
	return sheet, nil
}

// can is what the caller may do about it.
func can(p *tenancy.Principal, r Report, outcomes []Outcome) []string {
	able := []string{}
	if r.State == "draft" || !authz.May(p, authz.FeedbackWrite) {
		return able
	}
	able = append(able, "record")
	if len(outcomes) > 0 {
		able = append(able, "letter")
	}
	if adopted(outcomes) {
		able = append(able, "thanks")
		if r.Sender == "" && authz.May(p, authz.CertificateIssue) {
			able = append(able, "certificate")
		}
	}
	return able
}

func adopted(outcomes []Outcome) bool {
	return slices.ContainsFunc(outcomes, func(o Outcome) bool { return o.Kind == "adopted" })
}

// Outcomes are those of a report that its author is to hear of, oldest first. Adoptions that were corrected are left out; the
// caller's right to the report is the asker's to check.
func (s *Service) Outcomes(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Outcome, error) {
	rows, err := outcomesOf(ctx, q, report)
	if err != nil {
		return nil, err
	}
	list := make([]Outcome, 0, len(rows))
	for _, r := range rows {
		decider, err := s.dir.ByID(ctx, r.Decider)
		if err != nil {
			return nil, err
		}
		o := Outcome{Event: r.OriginEvent, Kind: r.Outcome, Form: r.Form, Words: words(decider.Name, r.Outcome, r.Form), Decider: decider.Name, Level: r.Level,
			OccurredAt: r.OccurredAt, ReceivedAt: r.ReceivedAt, ToldAt: r.ToldAt, Days: days(r.ReceivedAt, q.Now())}
		if r.ToldAt != nil {
			o.Days = days(r.ReceivedAt, *r.ToldAt)
		}
		list = append(list, o)
	}
	return list, nil
}

// Record keeps what a clerk told an author, or a lower unit, by phone, in person or by letter.
func (s *Service) Record(ctx context.Context, report uuid.UUID, n NewRecord) (uuid.UUID, error) {
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, report, authz.FeedbackWrite)
		if err != nil {
			return err
		}
		if r.State == "draft" {
			return errs.New(errs.Conflict, "草稿没有可以反馈的结果")
		}
		at, err := n.check(r, tx.Now())
		if err != nil {
			return err
		}
		by := tx.Principal().Membership
		tx.Record(tenancy.Event{Kind: "report.fed_back", Subject: subject(report), Category: r.Category, Detail: map[string]string{
			"way": wayText[n.Way], "to": n.Reached, "on": n.On}})
		return insert(ctx, tx, row{ID: id, ReportID: report, Way: n.Way, Reached: n.Reached, Words: n.Words, ReachedAt: at, RecordedBy: &by})
	})
}

// Seen notes that the caller, an author of the report, has its page before him. It changes nothing where there is nothing new,
// or for who is no author.
func (s *Service) Seen(ctx context.Context, report uuid.UUID) (uuid.UUID, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return report, err
	}
	r, err := s.open(ctx, q, report, authz.FeedbackRead)
	if err != nil || !slices.Contains(r.Authors, q.Principal().Membership) {
		return report, err
	}
	return report, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := s.open(ctx, tx, report, authz.FeedbackRead)
		if err != nil {
			return err
		}
		return s.note(ctx, tx, r, Page)
	})
}

// Read notes what reached the caller as a notice that he has read (notices.Reader).
func (s *Service) Read(ctx context.Context, tx *tenancy.Tx, seen []notices.Seen) error {
	done := map[uuid.UUID]bool{}
	for _, n := range seen {
		if n.SubjectKind != "report" || done[n.SubjectID] {
			continue
		}
		done[n.SubjectID] = true
		r, err := s.reports.Load(ctx, tx, n.SubjectID)
		if errs.Is(err, errs.NotFound) || errs.Is(err, errs.Forbidden) { // he may not read it any more
			continue
		}
		if err != nil {
			return err
		}
		if err := s.note(ctx, tx, r, Notice); err != nil {
			return err
		}
	}
	return nil
}

// note writes down that an author saw what was new.
func (s *Service) note(ctx context.Context, tx *tenancy.Tx, r Report, way string) error {
	p := tx.Principal()
	if !slices.Contains(r.Authors, p.Membership) {
		return nil
	}
	fresh, err := untold(ctx, tx, r.ID)
	if err != nil || !fresh {
		return err
	}
	tx.Record(tenancy.Event{Kind: "report.fed_back", Subject: subject(r.ID), Category: r.Category, Detail: map[string]string{"way": wayText[way], "to": p.Name}})
	return insert(ctx, tx, row{ID: tenancy.NewID(), ReportID: r.ID, Way: way, Reached: p.Name, ReachedAt: tx.Now(), MembershipID: &p.Membership})
}

// listed is how many reports a list shows.
const listed = 200

// Untold is what waits to be told in the unit, oldest first, with the figures of the year.
func (s *Service) Untold(ctx context.Context) (List, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return List{}, err
	}
	if err := authz.Holds(q.Principal(), authz.FeedbackRead); err != nil {
		return List{}, err
	}
	if q.Principal().Scope(string(authz.FeedbackRead)) != tenancy.ScopeTenant {
		return List{}, errs.New(errs.Forbidden, "待反馈清单由本单位的编辑和负责人查看")
	}
	rows, err := waiting(ctx, q, listed)
	if err != nil {
		return List{}, err
	}
	list := List{Items: make([]Waiting, 0, len(rows))}
	for _, r := range rows {
		decider, err := s.dir.ByID(ctx, r.Decider)
		if err != nil {
			return List{}, err
		}
		list.Total = r.Total
		list.Items = append(list.Items, Waiting{ReportID: r.ID, Number: r.Number, Title: r.Title, Author: r.AuthorName, Online: r.Online, Outcomes: r.Outcomes,
			Latest: words(decider.Name, r.Outcome, r.Form), Since: r.Since, Days: days(r.Since, q.Now())})
	}
	year := q.Now().In(zone).Year()
	f, err := figures(ctx, q, time.Date(year, 1, 1, 0, 0, 0, 0, zone))
	list.Figures = Figures{Year: year, Outcomes: f.Outcomes, Untold: f.Untold, Median: f.Median, Longest: f.Longest}
	list.Figures.Sentence = list.Figures.sentence()
	return list, err
}

func (f Figures) sentence() string {
	if f.Outcomes == 0 {
		return fmt.Sprintf("%d年还没有处理结果", f.Year)
	}
	return fmt.Sprintf("%d年处理结果 %d 件，未反馈 %d 件；从得知结果到告知作者，中位 %s 天，最长 %d 天（未反馈的算到今天）",
		f.Year, f.Outcomes, f.Untold, strconv.FormatFloat(f.Median, 'f', -1, 64), f.Longest)
}

// Between is what became of the unit's reports in a time, oldest first, for a meeting; the caller's right is the asker's to check.
func (s *Service) Between(ctx context.Context, q tenancy.Querier, since, until time.Time) ([]Change, error) {
	rows, err := between(ctx, q, since, until)
	if err != nil {
		return nil, err
	}
	list := make([]Change, 0, len(rows))
	for _, r := range rows {
		decider, err := s.dir.ByID(ctx, r.Decider)
		if err != nil {
			return nil, err
		}
		list = append(list, Change{ReportID: r.ID, Number: r.Number, Title: r.Title, Author: r.AuthorName, Words: words(decider.Name, r.Outcome, r.Form), At: r.ReceivedAt, Told: r.Told, Own: r.Own})
	}
	return list, nil
}
