package forwardings

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/reports"
	"shangda/tenancy"
)

// text is a report's text in a letter.
type text struct {
	Title   string `json:"title"`
	Problem string `json:"problem"`
	Cause   string `json:"cause"`
	Advice  string `json:"advice"`
}

// reportLetter is the sealed copy: what the recipient keeps untouched beside its own.
type reportLetter struct {
	Report      uuid.UUID           `json:"report"`
	Number      string              `json:"number"`
	Text        text                `json:"text"`
	Original    *text               `json:"original,omitempty"`
	Category    string              `json:"category"`
	Topic       string              `json:"topic,omitempty"`
	Urgency     string              `json:"urgency"`
	Class       string              `json:"class"`
	Flags       []string            `json:"flags,omitempty"`
	Author      string              `json:"author,omitempty"`
	AuthorTitle string              `json:"author_title,omitempty"`
	CoAuthors   []reports.Signatory `json:"co_authors,omitempty"`
	Origin      string              `json:"origin"`
	Version     int                 `json:"version"`
	SubmittedAt time.Time           `json:"submitted_at"`
	Cover       string              `json:"cover,omitempty"`
	ReplyBy     string              `json:"reply_by,omitempty"`
	Sheet       []SignedStep        `json:"sheet,omitempty"`
}

// recallLetter asks the recipient to forget a report nobody has taken up.
type recallLetter struct {
	Report uuid.UUID `json:"report"`
	Letter uuid.UUID `json:"letter"`
}

// receiptLetter tells one outcome. Event is the same on every hop; Reason goes one hop only.
type receiptLetter struct {
	Event         uuid.UUID `json:"event"`
	Decider       string    `json:"decider"`
	DeciderReport uuid.UUID `json:"decider_report"`
	No            int       `json:"no"`
	Kind          string    `json:"kind"`
	Form          string    `json:"form,omitempty"`
	Level         string    `json:"level"`
	OccurredAt    time.Time `json:"occurred_at"`
	Reason        string    `json:"reason,omitempty"`
	Told          bool      `json:"told,omitempty"`
	Words         string    `json:"words,omitempty"`
	Corrects      uuid.UUID `json:"corrects,omitzero"`
}

func sealReport(out reports.Outgoing, o Options, sheet []SignedStep) ([]byte, error) {
	l := reportLetter{
		Report: out.ID, Number: out.Number, Text: text(out.Text), Category: out.Category, Topic: out.Topic,
		Urgency: cmp.Or(o.Urgency, out.Urgency), ReplyBy: o.ReplyBy, Sheet: sheet, Class: out.Class, Flags: out.Flags, Author: out.AuthorName, AuthorTitle: out.AuthorTitle, CoAuthors: out.CoAuthors,
		Origin: out.Origin.Code, Version: out.VersionNo, SubmittedAt: out.SubmittedAt, Cover: o.Cover,
	}
	if o.EncloseOriginal && out.Original != nil {
		original := text(*out.Original)
		l.Original = &original
	}
	if o.HideAuthor {
		l.Author, l.AuthorTitle, l.CoAuthors = "", "", nil
	}
	return json.Marshal(l)
}

func openReport(ctx context.Context, dir *tenancy.Directory, l letters.Letter) (reports.Incoming, error) {
	p, err := open[reportLetter](l)
	if err != nil {
		return reports.Incoming{}, err
	}
	origin, err := dir.ByCode(ctx, p.Origin)
	if err != nil {
		return reports.Incoming{}, err
	}
	in := reports.Incoming{
		Sender: l.Sender, SenderReport: p.Report, Letter: l.ID, Files: l.Files, Cover: p.Cover, SentAt: l.SentAt,
		Outgoing: reports.Outgoing{
			ID: p.Report, Number: p.Number, Text: reports.Text(p.Text), Category: p.Category, Topic: p.Topic, Urgency: p.Urgency,
			Class: p.Class, Flags: p.Flags, AuthorName: p.Author, AuthorTitle: p.AuthorTitle, CoAuthors: p.CoAuthors, Origin: origin,
			VersionNo: p.Version, SubmittedAt: p.SubmittedAt,
		},
	}
	if p.Original != nil {
		original := reports.Text(*p.Original)
		in.Original = &original
	}
	return in, nil
}

func sealReceipt(o reports.Outcome, passedOn bool) ([]byte, error) {
	l := receiptLetter{
		Event: o.Event, Decider: o.Decider.Code, DeciderReport: o.DeciderReport, No: o.No, Kind: o.Kind, Form: o.Form,
		Level: o.Level, OccurredAt: o.OccurredAt, Told: o.Told, Words: o.Words, Corrects: o.Corrects,
	}
	if !passedOn {
		l.Reason = o.Reason
	}
	return json.Marshal(l)
}

func openReceipt(ctx context.Context, dir *tenancy.Directory, l letters.Letter) (reports.Outcome, error) {
	p, err := open[receiptLetter](l)
	if err != nil {
		return reports.Outcome{}, err
	}
	decider, err := dir.ByCode(ctx, p.Decider)
	if err != nil {
		return reports.Outcome{}, err
	}
	return reports.Outcome{
		Event: p.Event, Decider: decider, DeciderReport: p.DeciderReport, No: p.No, Kind: p.Kind, Form: p.Form, Level: p.Level,
		OccurredAt: p.OccurredAt, Reason: p.Reason, Told: p.Told, Words: p.Words, Corrects: p.Corrects,
	}, nil
}

func open[T any](l letters.Letter) (T, error) {
	var p T
	if err := json.Unmarshal(l.Payload, &p); err != nil {
		return p, &errs.Error{Kind: errs.Invalid, Message: "信函内容无法识别", Err: err}
	}
	return p, nil
}
