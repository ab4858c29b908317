package program

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/internal/limit"
	"shangda/internal/secret"
	"shangda/services/certificates"
	"shangda/services/feedback"
	"shangda/services/meetings"
	"shangda/services/notices/channels"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Telling is the rooms by which what happened reaches people.
type Telling struct {
	Channels     *channels.Service
	Feedback     *feedback.Service
	Certificates *certificates.Service
	Meetings     *meetings.Service
}

// wireFeedback connects the channels with the notices they carry, what authors hear with the reports they wrote, and the
// meetings with both.
func (p *Program) wireFeedback(stack Stack) error {
	server, err := channels.ParseServer(stack.Mail.SMTP)
	if err != nil {
		return err
	}
	p.Channels = channels.New(p.DB, p.Directory, channels.Options{
		Secrets: secret.NewBox(stack.SecretKey), Inside: stack.Mail.HookInside, MailInside: stack.Mail.Inside, Mail: server,
	})
	p.Feedback = feedback.New(p.DB, p.Directory, told{p.Reports, p.Directory})
	p.Notices.Outward, p.Notices.Readers = p.Channels, p.Feedback
	p.Certificates = certificates.NewService(p.DB, p.Directory, certified{p.Reports, p.Feedback})
	p.Certificates.Limit = limit.New(p.Redis)
	p.Meetings = meetings.New(p.DB, happened{p.Feedback})
	return nil
}

// told shows a report to those who tell its author what became of it.
type told struct {
	reports *reports.Service
	dir     *tenancy.Directory
}

// Load is the report where the caller may read it.
func (t told) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (feedback.Report, error) {
	r, err := t.reports.Load(ctx, q, id)
	if err != nil {
		return feedback.Report{}, err
	}
	found := feedback.Report{ID: r.ID, Number: r.Number, Title: r.Title, State: string(r.State), Category: r.Category, AuthorName: r.AuthorName,
		AuthorTitle: r.AuthorTitle, Combined: r.Combined, SubmittedAt: r.SubmittedAt, Authors: r.Coauthors}
	if r.AuthorID != nil {
		found.Authors = append([]uuid.UUID{*r.AuthorID}, r.Coauthors...)
	}
	if r.Sender != nil {
		sender, err := t.dir.ByID(ctx, *r.Sender)
		if err != nil {
			return found, err
		}
		found.Sender = sender.Name
	}
	return found, nil
}

// certified shows a report to those who certify its adoptions.
type certified struct {
	reports  *reports.Service
	feedback *feedback.Service
}

// Load is the report where the caller may read it, with the adoptions that stand.
func (c certified) Load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (certificates.Report, error) {
	r, err := c.reports.Load(ctx, q, id)
	if err != nil {
		return certificates.Report{}, err
	}
	found := certificates.Report{ID: r.ID, Title: r.Title, Category: r.Category, Received: r.Sender != nil}
	names, titles, err := r.Signers(ctx, q)
	if err != nil {
		return found, err
	}
	for i, name := range names {
		found.Authors = append(found.Authors, certificates.Author{Name: name, Title: titles[i]})
	}
	outcomes, err := c.feedback.Outcomes(ctx, q, id)
	for _, o := range outcomes {
		if o.Kind == reports.KindAdopted {
			found.Adopted = append(found.Adopted, certificates.Adoption{Event: o.Event, Decider: o.Decider, Level: o.Level, Form: o.Form, At: o.OccurredAt})
		}
	}
	return found, err
}

// happened tells a meeting what became of the reports.
type happened struct{ feedback *feedback.Service }

// Between is what happened in a time.
func (h happened) Between(ctx context.Context, q tenancy.Querier, since, until time.Time) ([]meetings.Change, error) {
	found, err := h.feedback.Between(ctx, q, since, until)
	list := make([]meetings.Change, 0, len(found))
	for _, c := range found {
		list = append(list, meetings.Change{ReportID: c.ReportID, Number: c.Number, Title: c.Title, Author: c.Author, What: c.Words, At: c.At, Told: c.Told, Own: c.Own})
	}
	return list, err
}
