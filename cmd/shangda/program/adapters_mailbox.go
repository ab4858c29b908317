package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/internal/secret"
	"shangda/services/clues"
	"shangda/services/mailbox"
	"shangda/services/reports"
	"shangda/tenancy"
)

// Mail is what the operator allows the units: whether a mail server of theirs may stand in a private network, and the folder of
// this machine that maildirs lie in; the server that sends mail for all units, and whether their hooks may lie inside.
type Mail struct {
	Inside     bool
	Maildirs   string
	SMTP       string
	HookInside bool
}

// mailed makes clues and members' reports of mails.
type mailed struct {
	reports *reports.Service
	clues   *clues.Service
}

// Clue makes the clue; its voice is whoever the mail says it is from.
func (m mailed) Clue(ctx context.Context, tx *tenancy.Tx, l mailbox.Letter) (uuid.UUID, error) {
	name := l.Name
	if name == "" {
		name = l.Address
	}
	n := clues.NewClue{Title: l.Title, Body: short(l.Text, clues.MaxBody), SourceKind: "citizen", SourceRef: l.Ref, ReceivedAt: l.ReceivedAt, Channel: "mail"}
	if name != "" {
		n.OnBehalf = &clues.Voice{Name: short(name, 60), Contact: short(l.Address, 40)}
	}
	return m.clues.CreateIn(ctx, tx, n)
}

// Report makes the member's draft, or submits it where the unit has set so and asks for nothing that a mail lacks.
func (m mailed) Report(ctx context.Context, tx *tenancy.Tx, l mailbox.Letter) (id uuid.UUID, submitted bool, err error) {
	b := reports.Brought{
		Input:  reports.Input{Text: reports.Text{Title: l.Title, Problem: short(l.Text, reports.MaxText)}, Category: l.Category},
		Author: l.Member, Channel: "mail", Submit: l.Submit,
	}
	if b.Submit {
		if id, err = m.reports.BringIn(ctx, tx, b); !errs.Is(err, errs.Invalid) {
			return id, true, err
		}
		b.Submit = false
	}
	id, err = m.reports.BringIn(ctx, tx, b)
	return id, false, err
}

// short is a text that fits; what is cut off is said.
func short(text string, most int) string {
	const note = "……（原文较长，未全部保存）"
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:max(0, most-len([]rune(note)))]) + note
}

// wireMailbox makes the reader of mailboxes.
func (p *Program) wireMailbox(stack Stack) {
	p.Mailbox = mailbox.New(p.DB, p.Directory, p.Attachments, p.Notices, mailed{p.Reports, p.Clues}, mailbox.Options{
		Secrets: secret.NewBox(stack.SecretKey), Inside: stack.Mail.Inside, Maildirs: stack.Mail.Maildirs,
	})
}
