package proposals

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Service keeps the drafts.
type Service struct {
	db      *tenancy.DB
	reports Reports
}

// New makes drafts of reports.
func New(db *tenancy.DB, reports Reports) *Service { return &Service{db: db, reports: reports} }

// Filter narrows a list; empty parts do not matter.
type Filter struct {
	State    string
	Text     string
	ReportID *uuid.UUID
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "proposal", ID: id} }

// FromReport makes a draft of what a report says, the caller's own and linked to it: problem and cause are the situation.
func (s *Service) FromReport(ctx context.Context, report uuid.UUID) (uuid.UUID, error) {
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		t, err := s.reports.Source(ctx, tx, report)
		if err != nil {
			return err
		}
		return s.enter(ctx, tx, id, &report, t)
	})
	return id, err
}

// Create makes a draft of nothing but what the caller writes.
func (s *Service) Create(ctx context.Context, t Text) (uuid.UUID, error) {
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error { return s.enter(ctx, tx, id, nil, t) })
	return id, err
}

func (s *Service) enter(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, report *uuid.UUID, t Text) error {
	if err := authz.Check(tx.Principal(), authz.ProposalWrite, authz.Object{Read: authz.ProposalRead, Owner: tx.Principal().Membership}); err != nil {
		return err
	}
	if err := t.check(); err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "proposal.created", Subject: subject(id), Detail: map[string]any{"report": report}})
	return insert(ctx, tx, id, report, t)
}

// Get finds a draft with its whole text.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Proposal, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Proposal{}, err
	}
	p, err := find(ctx, q, id)
	if err == nil {
		err = authz.Check(q.Principal(), authz.ProposalRead, p.object())
	}
	if err != nil {
		return Proposal{}, err
	}
	return p, nil
}

// List is a page of the drafts that the caller sees, changed last first, and where the next page begins.
func (s *Service) List(ctx context.Context, f Filter, after string, limit int) ([]Proposal, string, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, "", err
	}
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	var owner *uuid.UUID
	switch q.Principal().Scope(string(authz.ProposalRead)) {
	case tenancy.ScopeNone:
		return nil, "", errs.Missing()
	case tenancy.ScopeTenant:
	default:
		owner = &q.Principal().Membership
	}
	if f.ReportID != nil {
		if err := s.reports.MayRead(ctx, q, *f.ReportID); err != nil {
			return nil, "", err
		}
	}
	found, err := list(ctx, q, f, owner, from, limit+1)
	if err != nil || len(found) <= limit {
		return found, "", err
	}
	return found[:limit], found[limit-1].cursor(), nil
}

// Edit changes a draft on the version the caller read; Stale where somebody was faster. A draft that was filed or put
// aside changes only its state.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int, ch Change) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.ProposalWrite, p.object()); err != nil {
			return err
		}
		if p.Version != version {
			return errs.New(errs.Stale, "提案草稿已被他人修改，请刷新后在最新内容上重新修改")
		}
		t, state := Text{Title: p.Title, Situation: p.Situation, Advice: p.Advice}, p.State
		for to, from := range map[*string]*string{&t.Title: ch.Title, &t.Situation: ch.Situation, &t.Advice: ch.Advice, &state: ch.State} {
			if from != nil {
				*to = *from
			}
		}
		if !slices.Contains([]string{Draft, Filed, Dropped}, state) {
			return errs.InvalidField("state", "没有这种状态")
		}
		if p.State != Draft && (ch.Title != nil || ch.Situation != nil || ch.Advice != nil) {
			return errs.New(errs.Conflict, "已提交或放弃的提案草稿不能修改，请先恢复为草稿")
		}
		if err := t.check(); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "proposal.edited", Subject: subject(id), Detail: map[string]any{"state": state}})
		return save(ctx, tx, id, t, state)
	})
}
