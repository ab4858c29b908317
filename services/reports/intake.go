package reports

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Brought is a report that comes in by another way than its author's own page, such as a table or a mail. Author is the
// member whose it is.
type Brought struct {
	Input
	Author     uuid.UUID
	Channel    string
	SourceKind string
	Submit     bool
}

// author is what a report keeps of the member who wrote it.
type author struct {
	ID     uuid.UUID
	Name   string
	Title  string
	UnitID *uuid.UUID
}

// BringIn makes a report in its author's name, in another noun's transaction: a draft of his, or submitted at once. The
// rules of the text are those of Create. Invalid where the author is no active member.
func (s *Service) BringIn(ctx context.Context, tx *tenancy.Tx, b Brought) (uuid.UUID, error) {
	if err := authz.Check(tx.Principal(), authz.ImportRun, authz.Object{Read: authz.ImportRun}); err != nil {
		return uuid.Nil, err
	}
	in, err := b.check(b.Submit)
	if err != nil {
		return uuid.Nil, err
	}
	a, err := tenancy.Get[author](ctx, tx, `
		select id, name, title, unit_id from memberships where tenant_id = $1 and id = $2 and state = 'active' and class = 'business'`, tx.Tenant(), b.Author)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.InvalidField("author", "反映人不是本单位在任的成员")
	}
	if err != nil {
		return uuid.Nil, err
	}
	r := fresh(tx, tenancy.NewID(), in)
	r.AuthorID, r.AuthorName, r.AuthorTitle, r.UnitID = &a.ID, a.Name, a.Title, a.UnitID
	r.Mode, r.Channel, r.SourceKind = "found", b.Channel, b.SourceKind
	if b.Submit {
		r.submit(tx)
	}
	if err := s.insertOwn(ctx, tx, r); err != nil {
		return uuid.Nil, err
	}
	if err := s.claim(ctx, tx, r.ID, in.Attachments); err != nil {
		return uuid.Nil, err
	}
	if b.Submit {
		return r.ID, s.submitted(ctx, tx, r)
	}
	record(tx, r, "created", nil, map[string]string{"channel": b.Channel})
	return r.ID, nil
}
