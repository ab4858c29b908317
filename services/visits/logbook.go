package visits

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/tenancy"
)

// List is a page of the log, latest first, and where the next begins; the own visits for whoever sees only those.
func (s *Service) List(ctx context.Context, f Filter, limit int) ([]Visit, string, error) {
	q, own, err := s.read(ctx)
	if err != nil {
		return nil, "", err
	}
	if f.After != "" {
		if _, err := uuid.Parse(f.After); err != nil {
			return nil, "", errs.InvalidField("cursor", "不是有效的翻页位置")
		}
	}
	found, err := listVisits(ctx, q, f, own, limit+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(found) > limit {
		found, next = found[:limit], found[limit-1].ID.String()
	}
	return found, next, s.count(ctx, q, found)
}

// Get finds a visit with all that was heard.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Visit, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Visit{}, err
	}
	v, err := findVisit(ctx, q, id)
	if err == nil {
		err = authz.Check(q.Principal(), authz.VisitRead, v.object(q.Principal()))
	}
	if err != nil {
		return Visit{}, err
	}
	one := []Visit{v}
	err = s.count(ctx, q, one)
	return one[0], err
}

// MayRead is for other nouns that link to a visit.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	v, err := findVisit(ctx, q, id)
	if err != nil {
		return err
	}
	return authz.Check(q.Principal(), authz.VisitRead, v.object(q.Principal()))
}

func (s *Service) count(ctx context.Context, q tenancy.Querier, visits []Visit) error {
	if len(visits) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(visits))
	for i, v := range visits {
		ids[i] = v.ID
	}
	yields, err := s.Clues.Yields(ctx, q, ids)
	for i := range visits {
		y := yields[visits[i].ID]
		visits[i].Clues, visits[i].Reports = y.Clues, y.Reports
	}
	return err
}

// Log notes a visit: one of the rota, whose target and kind it then has, or one besides it.
func (s *Service) Log(ctx context.Context, n NewVisit) (uuid.UUID, error) {
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p := tx.Principal()
		if err := authz.Check(p, authz.VisitWrite, authz.Object{Read: authz.VisitRead, Owner: p.Membership}); err != nil {
			return err
		}
		if err := s.complete(ctx, tx, &n, p.Membership); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "visit.logged", Subject: subject("visit", id), Detail: map[string]any{"kind": n.Kind, "place": n.Place}})
		return insertVisit(ctx, tx, id, n)
	})
	return id, err
}

// Edit replaces what was noted, on the version the caller read: who was there, or the office.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int, n NewVisit) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		v, err := lockVisit(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.VisitWrite, v.object(tx.Principal())); err != nil {
			return err
		}
		if v.Version != version {
			return errs.New(errs.Stale, "走访记录已被他人修改，请刷新后重新修改")
		}
		if err := s.complete(ctx, tx, &n, v.CreatedBy); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "visit.edited", Subject: subject("visit", id)})
		return saveVisit(ctx, tx, id, n)
	})
}

// complete checks what was noted and fills in what follows from the rota. Whoever noted it was there.
func (s *Service) complete(ctx context.Context, tx *tenancy.Tx, n *NewVisit, by uuid.UUID) error {
	if n.DutyID != nil {
		d, err := findDuty(ctx, tx, *n.DutyID)
		p := tx.Principal()
		if err == nil && p.Scope(string(authz.VisitWrite)) != tenancy.ScopeTenant && !slices.Contains(d.Members, p.Membership) {
			err = errs.Missing()
		}
		if errs.Is(err, errs.NotFound) {
			return errs.InvalidField("duty_id", "没有找到这项走访安排")
		}
		if err != nil {
			return err
		}
		n.Kind, n.Place = d.Kind, d.Name
	}
	if !slices.Contains(n.Members, by) {
		n.Members = append([]uuid.UUID{by}, n.Members...)
	}
	if err := n.check(tx.Now()); err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(n.Members), func(m uuid.UUID) bool { return m == by })
	if unknown, err := strangers(ctx, tx, others); err != nil || unknown {
		return orInvalid(err, "members", "同行人中有人不是本单位在用的成员")
	}
	return nil
}

// MakeClue makes a clue of what was heard, linked to the visit; a visit may give several.
func (s *Service) MakeClue(ctx context.Context, id uuid.UUID, n NewClue) (uuid.UUID, error) {
	var faults errs.Fields
	documents.CheckWritten(&faults,
		documents.Written{Field: "title", Name: "标题", Text: &n.Title, Most: 100},
		documents.Written{Field: "body", Name: "内容", Text: &n.Body, Most: maxHeard, Lines: true})
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	var clue uuid.UUID
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		v, err := findVisit(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.VisitWrite, v.object(tx.Principal())); err != nil {
			return err
		}
		clue, err = s.Clues.FromVisit(ctx, tx, v, n)
		return err
	})
	return clue, err
}
