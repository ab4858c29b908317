package clues

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// take locks a clue that the caller may work on: not one that another has claimed, unless he decides about clues.
func (s *Service) take(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Clue, error) {
	c, err := s.lock(ctx, tx, id)
	if err != nil {
		return Clue{}, err
	}
	p := tx.Principal()
	if err := authz.Check(p, authz.ClueWrite, c.object(p)); err != nil {
		return Clue{}, err
	}
	if c.claimedByOther(p) && !authz.Allows(p, authz.ClueDecide, c.object(p)) {
		return Clue{}, errs.New(errs.Conflict, "这条线索已由%s领取，请与其商量", c.ClaimedBy.Name)
	}
	return c, nil
}

// waiting refuses a clue about whose fate was decided.
func waiting(c Clue) error {
	switch c.State {
	case StateUsed:
		return errs.New(errs.Conflict, "这条线索已经转为信息")
	case StateDropped:
		return errs.New(errs.Conflict, "这条线索已经放弃")
	}
	return nil
}

// step is the frame of what is done with one clue that waits.
func (s *Service) step(ctx context.Context, id uuid.UUID, fn func(tx *tenancy.Tx, c Clue) error) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.take(ctx, tx, id)
		if err == nil {
			err = waiting(c)
		}
		if err != nil {
			return err
		}
		return fn(tx, c)
	})
}

func record(tx *tenancy.Tx, id uuid.UUID, what string, detail map[string]any) {
	tx.Record(tenancy.Event{Kind: "clue." + what, Subject: subject(id), Detail: detail})
}

// Claim takes a clue up: others see by whom, and leave it alone. Conflict where somebody has it already.
func (s *Service) Claim(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.lock(ctx, tx, id)
		if err != nil {
			return err
		}
		p := tx.Principal()
		if err := authz.Check(p, authz.ClueWrite, c.object(p)); err != nil {
			return err
		}
		if err := waiting(c); err != nil {
			return err
		}
		if c.ClaimedBy != nil {
			return errs.New(errs.Conflict, "这条线索已由%s领取", c.ClaimedBy.Name)
		}
		record(tx, id, "claimed", nil)
		return setClaim(ctx, tx, id, &p.Membership)
	})
}

// Release gives a clue back to the pool: whoever claimed it, or who decides about clues.
func (s *Service) Release(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.lock(ctx, tx, id)
		if err != nil {
			return err
		}
		p := tx.Principal()
		may := authz.ClueWrite
		if c.claimedByOther(p) {
			may = authz.ClueDecide
		}
		if err := authz.Check(p, may, c.object(p)); err != nil {
			return err
		}
		if err := waiting(c); err != nil {
			return err
		}
		if c.ClaimedBy == nil {
			return errs.New(errs.Conflict, "这条线索没有人领取")
		}
		record(tx, id, "released", map[string]any{"from": c.ClaimedBy.Name})
		if c.claimedByOther(p) {
			text := fmt.Sprintf("%s已将您领取的线索《%s》退回线索池", p.Name, c.Title)
			if err := s.notices.Tell(ctx, tx, []uuid.UUID{c.ClaimedBy.ID}, notices.Notice{Kind: "clue.released", Text: text, Subject: subject(id)}); err != nil {
				return err
			}
		}
		return setClaim(ctx, tx, id, nil)
	})
}

// Say adds a message to the discussion of a clue.
func (s *Service) Say(ctx context.Context, id uuid.UUID, body string) (uuid.UUID, error) {
	if err := line("body", "讨论内容", &body, 1, maxTalk, true); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.lock(ctx, tx, id)
		if err != nil {
			return err
		}
		p := tx.Principal()
		if err := authz.Check(p, authz.ClueDiscuss, c.object(p)); err != nil {
			return err
		}
		record(tx, id, "discussed", nil)
		if err := insertMessage(ctx, tx, id, body); err != nil {
			return err
		}
		return s.tellConcerned(ctx, tx, c, "clue.discussed", fmt.Sprintf("%s在线索《%s》下发言：%s", p.Name, c.Title, cut(body, 40)))
	})
}

// tellConcerned tells whoever claimed the clue or is to write of it, except the caller.
func (s *Service) tellConcerned(ctx context.Context, tx *tenancy.Tx, c Clue, kind, text string) error {
	var to []uuid.UUID
	for _, who := range []*Party{c.ClaimedBy, c.Writer} {
		if who != nil && who.ID != tx.Principal().Membership {
			to = append(to, who.ID)
		}
	}
	if len(to) == 0 {
		return nil
	}
	return s.notices.Tell(ctx, tx, to, notices.Notice{Kind: kind, Text: text, Subject: subject(c.ID)})
}

// Decide records what is to be written of a clue, from which angle and by whom; the writer is told and then sees the clue.
// Deciding again holds from then on; what was decided before stays in the record.
func (s *Service) Decide(ctx context.Context, id uuid.UUID, d Decision) (uuid.UUID, error) {
	d, err := d.check()
	if err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.lock(ctx, tx, id)
		if err != nil {
			return err
		}
		p := tx.Principal()
		if err := authz.Check(p, authz.ClueDecide, c.object(p)); err != nil {
			return err
		}
		if err := waiting(c); err != nil {
			return err
		}
		if d.WriterID != nil {
			if known, err := isMember(ctx, tx, *d.WriterID); err != nil || !known {
				return orInvalid(err, "writer_id", "本单位没有这位成员")
			}
		}
		record(tx, id, "decided", map[string]any{"topic": d.Topic})
		if err := insertDecision(ctx, tx, id, d); err != nil {
			return err
		}
		if d.WriterID == nil || *d.WriterID == p.Membership {
			return nil
		}
		text := fmt.Sprintf("线索《%s》定题为《%s》，请您撰写", c.Title, d.Topic)
		return s.notices.Tell(ctx, tx, []uuid.UUID{*d.WriterID}, notices.Notice{Kind: "clue.decided", Text: text, Subject: subject(id)})
	})
}

// Edit puts a clue in order, on the version the caller read; Stale where somebody was faster. The text as it came is kept.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int, ch Change) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.take(ctx, tx, id)
		if err != nil {
			return err
		}
		if c.State == StateDropped {
			return waiting(c)
		}
		if c.Version != version {
			return errs.New(errs.Stale, "线索已被他人修改，请刷新后在最新内容上重新修改")
		}
		n, err := ch.apply(c).check(tx.Now())
		if err != nil {
			return err
		}
		if err := s.mayLink(ctx, tx, changed(c.ActivityID, n.ActivityID), changed(c.PointID, n.PointID), nil); err != nil {
			return err
		}
		record(tx, id, "edited", map[string]any{"stage": n.Stage})
		return saveText(ctx, tx, c, n)
	})
}

// changed is the new link where it is another one than before.
func changed(before, after *uuid.UUID) *uuid.UUID {
	if after != nil && before != nil && *after == *before {
		return nil
	}
	return after
}

// Reserve keeps a clue for later, with the reason; on the day given it waits again by itself.
func (s *Service) Reserve(ctx context.Context, id uuid.UUID, reason, until string) (uuid.UUID, error) {
	if err := line("reason", "储备说明", &reason, 0, MaxReason, false); err != nil {
		return uuid.Nil, err
	}
	return s.step(ctx, id, func(tx *tenancy.Tx, c Clue) error {
		day, err := reserveDate(until, tx.Now())
		if err != nil {
			return err
		}
		record(tx, id, "reserved", map[string]any{"reason": reason, "until": until})
		return setState(ctx, tx, id, StateReserved, reason, day)
	})
}

// Restore brings a clue from the reserve, or one that was dropped, back to those that wait.
func (s *Service) Restore(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		c, err := s.take(ctx, tx, id)
		if err != nil {
			return err
		}
		if c.State != StateReserved && c.State != StateDropped {
			return errs.New(errs.Conflict, "这条线索不在储备中，也没有放弃")
		}
		record(tx, id, "restored", map[string]any{"from": c.State})
		return setState(ctx, tx, id, StateNew, "", nil)
	})
}

// Drop puts a clue aside, with the reason. Conflict where it has become a report or was dropped.
func (s *Service) Drop(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	if err := line("reason", "理由", &reason, 1, MaxReason, false); err != nil {
		return uuid.Nil, err
	}
	return s.step(ctx, id, func(tx *tenancy.Tx, _ Clue) error {
		record(tx, id, "dropped", map[string]any{"reason": reason})
		return setState(ctx, tx, id, StateDropped, reason, nil)
	})
}

// Sources are the clues that a report grew from, for whoever may read both.
func (s *Service) Sources(ctx context.Context, report uuid.UUID) ([]Clue, error) {
	q, reach, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.drafts.MayRead(ctx, q, report); err != nil {
		return nil, err
	}
	return listClues(ctx, q, Filter{ReportID: &report}, reach, beginning, mostMerged)
}
