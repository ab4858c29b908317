package clues

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// Service keeps clues.
type Service struct {
	db     *tenancy.DB
	drafts Drafts
}

// New makes reports of clues through drafts.
func New(db *tenancy.DB, drafts Drafts) *Service { return &Service{db: db, drafts: drafts} }

// object is a clue to authz: every clue is the unit's, nobody's own.
var object = authz.Object{Read: authz.ClueRead}

// Filter narrows a list; empty parts do not matter.
type Filter struct {
	State    string
	Category string
	Text     string
}

// List is a page of the unit's clues, newest first, and where the next page begins (empty at the end).
func (s *Service) List(ctx context.Context, f Filter, after string, limit int) ([]Clue, string, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, "", err
	}
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	found, err := listClues(ctx, q, f, from, limit+1)
	if err != nil || len(found) <= limit {
		return found, "", err
	}
	return found[:limit], found[limit-1].cursor(), nil
}

// Get finds a clue with its whole text.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Clue, error) {
	q, err := s.read(ctx)
	if err != nil {
		return Clue{}, err
	}
	return findClue(ctx, q, id)
}

func (s *Service) read(ctx context.Context) (tenancy.Querier, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	return q, authz.Check(q.Principal(), authz.ClueRead, object)
}

// Create enters a clue and returns its id. A clue of a source that is there already is that clue. Invalid input is
// named field by field; text with a secrecy marking is refused.
func (s *Service) Create(ctx context.Context, n NewClue) (uuid.UUID, error) {
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.ClueWrite, object); err != nil {
			return err
		}
		n, err := n.check(tx.Now())
		if err != nil {
			return err
		}
		fresh, err := insertClue(ctx, tx, id, n)
		if err != nil {
			return err
		}
		if fresh {
			received(tx, id, n)
			return nil
		}
		id, err = again(ctx, tx, n)
		return err
	})
	return id, err
}

// Convert makes a clue the draft of a report in the caller's name, each linked to the other, and returns the report's id.
// Conflict where the clue has become a report or was dropped.
func (s *Service) Convert(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	var report uuid.UUID
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		clue, err := s.open(ctx, tx, id)
		if err != nil {
			return err
		}
		report, err = s.drafts.Draft(ctx, tx, NewDraft{Title: clue.Title, Problem: clue.problem(), Category: clue.Category, SourceKind: clue.SourceKind, SourceID: id})
		if err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "clue.converted", Subject: subject(id), Detail: map[string]any{"report": report}})
		return closeClue(ctx, tx, id, StateUsed, "", &report)
	})
	return report, err
}

// Drop puts a clue aside, with the reason. Conflict where it has become a report or was dropped.
func (s *Service) Drop(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	reason = clean(reason, false)
	var faults errs.Fields
	length(&faults, "reason", "理由", reason, 1, MaxReason)
	if documents.Marked(reason) {
		faults.Add("reason", "%s", documents.PaperOnlyText)
	}
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if _, err := s.open(ctx, tx, id); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "clue.dropped", Subject: subject(id), Detail: map[string]any{"reason": reason}})
		return closeClue(ctx, tx, id, StateDropped, reason, nil)
	})
}

// open locks a clue that the caller may still decide about.
func (s *Service) open(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Clue, error) {
	clue, err := lockClue(ctx, tx, id)
	if err != nil {
		return clue, err
	}
	if err := authz.Check(tx.Principal(), authz.ClueWrite, object); err != nil {
		return clue, err
	}
	switch clue.State {
	case StateUsed:
		return clue, errs.New(errs.Conflict, "这条线索已经转为信息")
	case StateDropped:
		return clue, errs.New(errs.Conflict, "这条线索已经放弃")
	}
	return clue, nil
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "clue", ID: id} }

// again records that a clue which is there already was entered once more, and returns its id.
func again(ctx context.Context, tx *tenancy.Tx, n NewClue) (uuid.UUID, error) {
	there, err := bySource(ctx, tx, n.SourceKind, []string{n.SourceRef})
	id := there[n.SourceRef]
	tx.Record(tenancy.Event{Kind: "clue.entered_again", Subject: subject(id)})
	return id, err
}

func received(tx *tenancy.Tx, id uuid.UUID, n NewClue) {
	tx.Record(tenancy.Event{Kind: "clue.received", Subject: subject(id), Detail: map[string]any{"source_kind": n.SourceKind, "origin_ref": n.SourceRef}})
}
