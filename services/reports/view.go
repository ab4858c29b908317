package reports

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/attachments"
	"shangda/tenancy"
)

// ReportView is a report as its readers see it. In lists the texts are left out for an excerpt.
type ReportView struct {
	ID          uuid.UUID                `json:"id"`
	Number      string                   `json:"number,omitempty"`
	Title       string                   `json:"title"`
	Excerpt     string                   `json:"excerpt,omitempty"`
	Problem     string                   `json:"problem"`
	Cause       string                   `json:"cause"`
	Advice      string                   `json:"advice"`
	Category    string                   `json:"category"`
	Topic       string                   `json:"topic,omitempty"`
	Urgency     string                   `json:"urgency" enum:"normal,urgent,critical"`
	Class       string                   `json:"class" enum:"ordinary,important"`
	Flags       []string                 `json:"flags" enum:"sensitive,hot,warning"`
	Mode        string                   `json:"mode,omitempty"`
	Channel     string                   `json:"channel,omitempty"`
	SourceKind  string                   `json:"source_kind,omitempty"`
	Kind        string                   `json:"kind" enum:"problem,advice" doc:"Only a problem, or with advice; of a list's rows too"`
	Evidence    string                   `json:"evidence,omitempty" doc:"Where data and facts come from"`
	Score       *int                     `json:"score,omitempty" doc:"Of the first screening, 0 to 100; only its own office sees it"`
	Secrecy     *SecrecyCheck            `json:"secrecy_check,omitempty"`
	State       State                    `json:"state" enum:"draft,submitted,taken_up,editing,returned,kept,declined,merged,reviewing,signed,recalled,split,archived"`
	Version     int                      `json:"version"`
	CreatedAt   time.Time                `json:"created_at"`
	SubmittedAt *time.Time               `json:"submitted_at,omitempty"`
	SignedAt    *time.Time               `json:"signed_at,omitempty"`
	UpdatedAt   time.Time                `json:"updated_at"`
	Author      *ReportAuthor            `json:"author,omitempty"`
	CoAuthors   []ReportCoAuthor         `json:"co_authors,omitempty" doc:"The further authors, in order"`
	OriginNote  *OriginNote              `json:"origin_note,omitempty"`
	SplitFrom   *uuid.UUID               `json:"split_from,omitempty" doc:"The report this one is a part of"`
	Origin      *SendingUnit             `json:"origin,omitempty" doc:"The unit it was received from"`
	Sources     []ReportSource           `json:"sources,omitempty"`
	Attachments []attachments.Attachment `json:"attachments"`
	Outcomes    []ReportOutcome          `json:"outcomes"`
	Adoptions   AdoptionCount            `json:"adoptions"`
	Can         []Action                 `json:"can"`
}

// SecrecyCheck is the author's word that the text holds nothing secret, and when it was given.
type SecrecyCheck struct {
	By uuid.UUID `json:"by"`
	At time.Time `json:"at"`
}

// ReportAuthor is who wrote it; the membership only where it is one of this tenant.
type ReportAuthor struct {
	MembershipID *uuid.UUID `json:"membership_id,omitempty"`
	Name         string     `json:"name"`
	Title        string     `json:"title"`
	Share        float64    `json:"share,omitempty" doc:"Per cent of the credit, where there are further authors"`
	Contact      string     `json:"contact,omitempty" doc:"Of somebody outside; for the office and who recorded it"`
	Recorder     string     `json:"recorder,omitempty" doc:"Who wrote it down for the author"`
	RecorderID   *uuid.UUID `json:"recorder_id,omitempty"`
}

// ReportCoAuthor is a further author and his share of the credit.
type ReportCoAuthor struct {
	MembershipID *uuid.UUID `json:"membership_id,omitempty"`
	Name         string     `json:"name"`
	Unit         string     `json:"unit,omitempty"`
	Title        string     `json:"title,omitempty"`
	Share        float64    `json:"share" doc:"Per cent of the credit"`
}

// SendingUnit names a tenant.
type SendingUnit struct {
	Tenant string `json:"tenant"`
	Name   string `json:"name"`
	Level  string `json:"level" enum:"county,city,province,national"`
}

// ReportSource is one part of a combined report.
type ReportSource struct {
	ReportID uuid.UUID `json:"report_id"`
	Title    string    `json:"title"`
	Share    float64   `json:"share" doc:"Per cent of the credit"`
}

// ReportOutcome is what a unit decided and what stands: a corrected adoption is not there.
type ReportOutcome struct {
	Tenant     string     `json:"tenant"`
	Name       string     `json:"name"`
	Level      string     `json:"level" enum:"county,city,province,national"`
	Kind       string     `json:"kind" enum:"adopted,kept,declined,returned,forwarded,taken_up,instructed,handling,answered,handled"`
	Form       string     `json:"form,omitempty" enum:"single,combined,relayed"`
	Result     string     `json:"result,omitempty" enum:"A,B,C" doc:"Of a handling: A solved, B planned, C not possible"`
	OccurredAt time.Time  `json:"occurred_at"`
	Event      *uuid.UUID `json:"event,omitempty" doc:"Of what became of it: by which an author says how satisfied he is"`
	Words      string     `json:"words,omitempty" doc:"What the unit released: the instruction, the answer, the feedback"`
}

// AdoptionCount is the adoptions in force: 篇 and 篇次.
type AdoptionCount struct {
	Reports int `json:"reports"`
	Times   int `json:"times"`
}

// head is what a report's row alone tells.
func (s *Service) head(ctx context.Context, p *tenancy.Principal, r *Report, waiting bool) (ReportView, error) {
	v := ReportView{
		ID: r.ID, Number: r.Number, Title: r.Title, Category: r.Category, Topic: r.Topic, Urgency: r.Urgency, Class: r.Class, Flags: r.Flags,
		Mode: r.Mode, Channel: r.Channel, SourceKind: r.SourceKind, State: r.State, Version: r.Version, CreatedAt: r.CreatedAt,
		SubmittedAt: r.SubmittedAt, SignedAt: r.SignedAt, UpdatedAt: r.UpdatedAt, SplitFrom: r.SplitFrom, Attachments: []attachments.Attachment{}, Outcomes: []ReportOutcome{},
		Adoptions: AdoptionCount{Reports: min(len(r.Adoptions), 1), Times: len(r.Adoptions)}, Can: can(p, r, waiting),
	}
	v.judged(p, r)
	if r.AuthorName != "" {
		v.Author = &ReportAuthor{MembershipID: r.AuthorID, Name: r.AuthorName, Title: r.AuthorTitle, Recorder: r.RecorderName, RecorderID: r.RecorderID}
	}
	if r.Sender != nil {
		t, err := s.dir.ByID(ctx, *r.Sender)
		if err != nil {
			return v, err
		}
		v.Origin = &SendingUnit{Tenant: t.Code, Name: t.Name, Level: t.Level}
	}
	for _, a := range r.Adoptions {
		t, err := s.dir.ByID(ctx, a.Decider)
		if err != nil {
			return v, err
		}
		v.Outcomes = append(v.Outcomes, ReportOutcome{Tenant: t.Code, Name: t.Name, Level: a.Level, Kind: KindAdopted, Form: a.Form, OccurredAt: a.At})
	}
	return v, nil
}

// judged adds what the office made of the text: its score is not for who only sees his own.
func (v *ReportView) judged(p *tenancy.Principal, r *Report) {
	v.Kind = kindOf(r.Advice != "")
	if p.Scope(string(authz.ReportRead)) == tenancy.ScopeTenant {
		v.Score = r.Score
	}
	if r.SecrecyCheckedAt != nil && r.SecrecyCheckedBy != nil {
		v.Secrecy = &SecrecyCheck{By: *r.SecrecyCheckedBy, At: *r.SecrecyCheckedAt}
	}
}

// kindOf is the type of a report: only a problem, or with advice (S2: 不只报建议、更要提问题).
func kindOf(advised bool) string {
	if advised {
		return "advice"
	}
	return "problem"
}

// Get is one report with everything about it that its reader may see; not found for everybody else.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (*ReportView, error) {
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
	waiting, err := s.waiting(ctx, q, r)
	if err != nil {
		return nil, err
	}
	v, err := s.head(ctx, q.Principal(), r, waiting)
	if err != nil {
		return nil, err
	}
	v.Problem, v.Cause, v.Advice, v.Evidence = r.Problem, r.Cause, r.Advice, r.Evidence
	if v.Attachments, err = s.files.Of(ctx, q, subject(id)); err != nil {
		return nil, err
	}
	if err := s.addOutcomes(ctx, q, &v); err != nil {
		return nil, err
	}
	if err := addAuthors(ctx, q, r, &v); err != nil {
		return nil, err
	}
	return &v, s.addSources(ctx, q, r, &v)
}

// MayRead is nil where the caller may see the report, not found otherwise.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	r, err := load(ctx, q, id)
	if err != nil {
		return err
	}
	return authz.Check(q.Principal(), authz.ReportRead, r.object())
}

func (s *Service) waiting(ctx context.Context, q tenancy.Querier, r *Report) (bool, error) {
	if r.State != Reviewing || !authz.May(q.Principal(), authz.ReviewAct) {
		return false, nil
	}
	ids, err := s.Reviews.WaitingFor(ctx, q)
	return slices.Contains(ids, r.ID), err
}

// addOutcomes adds what was decided besides adoptions, which the head has.
func (s *Service) addOutcomes(ctx context.Context, q tenancy.Querier, v *ReportView) error {
	all, err := outcomes(ctx, q, v.ID)
	if err != nil {
		return err
	}
	gone := corrected(all)
	for _, o := range all {
		if o.Outcome == KindAdopted || o.Outcome == KindCorrected || o.Outcome == KindInstructionWithdraw || gone[o.OriginEvent] {
			continue
		}
		t, err := s.dir.ByID(ctx, o.Decider)
		if err != nil {
			return err
		}
		shown := ReportOutcome{Tenant: t.Code, Name: t.Name, Level: o.Level, Kind: o.Outcome, Form: o.Form, OccurredAt: o.OccurredAt, Words: o.Words}
		if became(o.Outcome) {
			shown.Event, shown.Form, shown.Result = &o.OriginEvent, "", o.Form
		}
		v.Outcomes = append(v.Outcomes, shown)
	}
	slices.SortStableFunc(v.Outcomes, func(a, b ReportOutcome) int { return a.OccurredAt.Compare(b.OccurredAt) })
	return nil
}

func (s *Service) addSources(ctx context.Context, q tenancy.Querier, r *Report, v *ReportView) error {
	if !r.Combined {
		return nil
	}
	parts, err := sources(ctx, q, r.ID)
	for _, part := range parts {
		if part.Kind != sourcePart {
			continue
		}
		v.Sources = append(v.Sources, ReportSource{ReportID: part.SourceID, Title: part.Title, Share: part.Share})
	}
	return err
}

// ReportVersion is a text as it stood. Fault is set, and the text left out, where it is no longer what was kept.
type ReportVersion struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind" enum:"original,edited,issued,sealed,drafted"`
	No      int       `json:"no"`
	Title   string    `json:"title"`
	Problem string    `json:"problem"`
	Cause   string    `json:"cause"`
	Advice  string    `json:"advice"`
	By      string    `json:"by,omitempty"`
	At      time.Time `json:"at"`
	Digest  string    `json:"digest" doc:"SHA-256 of the text, hexadecimal"`
	Fault   string    `json:"fault,omitempty"`
}

// versionFault is shown instead of a text that does not agree with its digest.
const versionFault = "内容与保存时的校验值不符，请联系系统管理员"

// Versions are the texts of a report as they stood, oldest first, each verified against its digest.
func (s *Service) Versions(ctx context.Context, id uuid.UUID) ([]ReportVersion, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.MayRead(ctx, q, id); err != nil {
		return nil, err
	}
	rows, err := versions(ctx, q, id)
	if err != nil {
		return nil, err
	}
	list := make([]ReportVersion, 0, len(rows))
	for _, row := range rows {
		v := ReportVersion{ID: fmt.Sprintf("%s-%d", id, row.No), Kind: row.Kind, No: row.No, By: row.WrittenBy, At: row.WrittenAt, Digest: hex.EncodeToString(row.Digest)}
		if row.Sender != nil {
			t, err := s.dir.ByID(ctx, *row.Sender)
			if err != nil {
				return nil, err
			}
			v.By = t.Name
		}
		if slices.Equal(row.digest(), row.Digest) {
			v.Title, v.Problem, v.Cause, v.Advice = row.Title, row.Problem, row.Cause, row.Advice
		} else {
			v.Fault = versionFault
		}
		list = append(list, v)
	}
	return list, nil
}
