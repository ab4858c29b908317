package program

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// wireFiles says on what files hang, who sees them there, and who may put them there where the noun has no route for it.
func (p *Program) wireFiles() {
	p.Attachments.Subjects["report"] = p.Reports.MayRead
	p.Attachments.Subjects["clue"] = func(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
		_, err := p.Clues.Get(ctx, id)
		return err
	}
	p.Attachments.Writers["clue"] = func(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
		if _, err := p.Clues.Get(ctx, id); err != nil {
			return err
		}
		return authz.Check(tx.Principal(), authz.ClueWrite, authz.Object{Read: authz.ClueRead})
	}
}
