package reports

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Brought is a report that comes in by another way than its author's own page, such as a table or a mail. Author is the
// member whose it is, Recorder the one who brought it in for him, if anybody did.
type Brought struct {
	Input
	Author     uuid.UUID
	Recorder   uuid.UUID
	Channel    string
	SourceKind string
	Submit     bool
}

// BringIn makes a report in its author's name, in another noun's transaction: a draft of his, or submitted at once. The
// rules of the text are those of Create, so nothing is submitted without the author's word where the unit asks for it.
// Invalid where the author is no active member.
func (s *Service) BringIn(ctx context.Context, tx *tenancy.Tx, b Brought) (uuid.UUID, error) {
	if err := authz.Check(tx.Principal(), authz.ImportRun, authz.Object{Read: authz.ImportRun}); err != nil {
		return uuid.Nil, err
	}
	in, err := NewReport{Input: b.Input, Submit: b.Submit}.checked(ctx, tx, Provenance{})
	if err != nil {
		return uuid.Nil, err
	}
	known, err := colleagues(ctx, tx, []uuid.UUID{b.Author, b.Recorder})
	if err != nil {
		return uuid.Nil, err
	}
	author, ok := known[b.Author]
	if !ok {
		return uuid.Nil, errs.InvalidField("author", "反映人不是本单位在任的成员")
	}
	r := fresh(tx, tenancy.NewID(), in)
	r.AuthorID, r.AuthorName, r.AuthorTitle, r.UnitID, r.TextBy = &b.Author, author.Name, author.Title, author.UnitID, &b.Author
	r.Mode, r.Channel, r.SourceKind = ModeFound, b.Channel, b.SourceKind
	if b.Recorder != uuid.Nil && b.Recorder != b.Author {
		r.RecorderID, r.RecorderName = &b.Recorder, known[b.Recorder].Name
	}
	if b.Submit {
		r.submit(tx)
	}
	if err := s.insertOwn(ctx, tx, r); err != nil {
		return uuid.Nil, err
	}
	if err := s.claim(ctx, tx, r.ID, in.Attachments); err != nil {
		return uuid.Nil, err
	}
	return r.ID, s.opened(ctx, tx, r, b.Submit)
}
