package reports

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// What the desk does with a report for an issue: it may stand in one, in an express one, go out in one.
const (
	ActArrange Action = "arrange"
	ActExpress Action = "express"
	ActIssue   Action = "issue"
)

// Printable is what an issue needs of a report.
type Printable struct {
	ID     uuid.UUID
	Number string
	Text
	AuthorName, AuthorTitle string
	Unit                    string // the unit it was received from
	State                   State
	Combined                bool
	Adopted                 string
	SubmittedAt             *time.Time
}

func (s *Service) printable(ctx context.Context, r *Report) (Printable, error) {
	p := Printable{ID: r.ID, Number: r.Number, Text: r.Text, AuthorName: r.AuthorName, AuthorTitle: r.AuthorTitle, State: r.State, Combined: r.Combined, Adopted: r.Adopted, SubmittedAt: r.SubmittedAt}
	if r.Sender != nil {
		t, err := s.dir.ByID(ctx, *r.Sender)
		if err != nil {
			return p, err
		}
		p.Unit = t.Name
	}
	return p, nil
}

// Printables are those of the reports that the caller may read, in the order asked; what he may not see is left out.
func (s *Service) Printables(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) ([]Printable, error) {
	rows, err := tenancy.Collect[Report](ctx, q, `
		select `+columns+` from reports where tenant_id = $1 and id = any($2) order by array_position($2, id)`, q.Tenant(), ids)
	if err != nil {
		return nil, err
	}
	list := make([]Printable, 0, len(rows))
	for i := range rows {
		if !authz.Allows(q.Principal(), authz.ReportRead, rows[i].object()) {
			continue
		}
		p, err := s.printable(ctx, &rows[i])
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// Arrange locks a report that is to stand in an issue, signed, or in an express one from the desk too.
func (s *Service) Arrange(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, express bool) (Printable, error) {
	action := ActArrange
	if express {
		action = ActExpress
	}
	r, _, err := s.take(ctx, tx, id, action)
	if err != nil {
		return Printable{}, err
	}
	return s.printable(ctx, r)
}

// Issue books that the report went out in an issue and gives the text that is printed. Where this tenant has not adopted it
// yet it now does, in that form; adopted tells whether.
func (s *Service) Issue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, issue, form string, express bool) (text Printable, adopted bool, err error) {
	action := ActIssue
	if express {
		action = ActExpress
	}
	r, _, err := s.take(ctx, tx, id, action)
	if err != nil {
		return Printable{}, false, err
	}
	if text, err = s.printable(ctx, r); err != nil {
		return text, false, err
	}
	record(tx, r, "issued", nil, map[string]string{"issue": issue})
	if r.Adopted != "" {
		return text, false, nil
	}
	if r.Combined {
		form = FormCombined
	}
	return text, true, s.decided(ctx, tx, r, KindAdopted, form, issue)
}

// IssueWithdrawn books that the issue was withdrawn. Where its release was this tenant's adoption and that is in force, it
// is corrected.
func (s *Service) IssueWithdrawn(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, issue, reason string, adopted bool) error {
	r, err := lock(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := authz.Check(tx.Principal(), authz.IssueRelease, r.object()); err != nil {
		return err
	}
	record(tx, r, "issue_withdrawn", nil, map[string]string{"issue": issue, "reason": reason})
	if !adopted || r.Adopted == "" {
		return nil
	}
	return s.decided(ctx, tx, r, KindCorrected, "", issue+"作废："+reason)
}
