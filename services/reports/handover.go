package reports

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// NewHandover gives a draft to another person to go on writing (接力撰写). Until he answers he may read it. Direct needs no
// answer: only to somebody who shares in the report already. KeepName keeps the giver as a further author.
type NewHandover struct {
	To       uuid.UUID
	Note     string
	KeepName bool
	Direct   bool
}

// Handover is a draft on its way from one person to another.
type Handover struct {
	ID        uuid.UUID  `json:"id"`
	ReportID  uuid.UUID  `json:"report_id"`
	Title     string     `json:"title"`
	FromID    uuid.UUID  `json:"from_id"`
	From      string     `json:"from"`
	ToID      uuid.UUID  `json:"to_id"`
	To        string     `json:"to"`
	State     string     `json:"state" enum:"offered,accepted,refused,withdrawn"`
	Note      string     `json:"note,omitempty"`
	Answer    string     `json:"answer,omitempty"`
	KeepName  bool       `json:"keep_name"`
	OfferedAt time.Time  `json:"offered_at"`
	DecidedAt *time.Time `json:"decided_at,omitempty"`
}

// The states of a hand-over.
const (
	offered   = "offered"
	accepted  = "accepted"
	refused   = "refused"
	withdrawn = "withdrawn"
)

// HandOver offers the draft, or gives it at once.
func (s *Service) HandOver(ctx context.Context, id uuid.UUID, n NewHandover) (uuid.UUID, error) {
	n.Note = plain(n.Note)
	var faults errs.Fields
	checkNote(&faults, "note", n.Note)
	if documents.Marked(n.Note) {
		faults.Add("note", "%s", documents.PaperOnlyText)
	}
	return s.act(ctx, id, ActHandOver, func(tx *tenancy.Tx, r *Report, _ transition) error {
		to, err := s.successor(ctx, tx, r, n, &faults)
		if err != nil {
			return err
		}
		h := Handover{ID: tenancy.NewID(), FromID: tx.Principal().Membership, ToID: n.To, State: offered, Note: n.Note, KeepName: n.KeepName}
		if n.Direct {
			h.State = accepted
		}
		fresh, err := insertHandover(ctx, tx, r.ID, h)
		if err != nil {
			return err
		}
		if !fresh {
			return errs.New(errs.Conflict, "这篇信息已经在移交中，请先撤回")
		}
		if n.Direct {
			return s.passTo(ctx, tx, r, h, to)
		}
		r.Readers = append(r.Readers, n.To)
		if err := saveSharing(ctx, tx, r); err != nil {
			return err
		}
		record(tx, r, "handover_offered", nil, map[string]string{"to": to.Name, "reason": n.Note})
		return s.notices.Tell(ctx, tx, []uuid.UUID{n.To}, notices.Notice{Kind: "report.handover", Text: tx.Principal().Name + "请您接着写《" + r.Title + "》", Subject: subject(r.ID)})
	})
}

// successor finds who is to go on writing, and names what stands against it.
func (s *Service) successor(ctx context.Context, tx *tenancy.Tx, r *Report, n NewHandover, faults *errs.Fields) (colleague, error) {
	known, err := colleagues(ctx, tx, []uuid.UUID{n.To})
	if err != nil {
		return colleague{}, err
	}
	to, ok := known[n.To]
	switch {
	case !ok:
		faults.Add("to", "不是本单位的在册成员")
	case r.AuthorID != nil && *r.AuthorID == n.To:
		faults.Add("to", "%s已经是第一反映人", to.Name)
	case n.Direct && !slices.Contains(r.sharers(), n.To):
		faults.Add("direct", "直接移交只能给合作作者；其他人须先征得同意")
	}
	return to, faults.Err()
}

// passTo makes another the first author. What was written so far stays under the name of who wrote it; the giver stays as a
// further author where he wishes, and who wrote it down for somebody gives that up.
func (s *Service) passTo(ctx context.Context, tx *tenancy.Tx, r *Report, h Handover, to colleague) error {
	list, err := authors(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	var given float64
	list = slices.DeleteFunc(list, func(a authorRow) bool {
		mine := a.MembershipID != nil && *a.MembershipID == to.ID
		if mine {
			given = a.Share
		}
		return mine
	})
	if h.KeepName && r.AuthorID != nil {
		list = append(list, authorRow{MembershipID: r.AuthorID, Name: r.AuthorName, Title: r.AuthorTitle, Share: given})
		if given == 0 {
			even(list)
		}
	}
	r.AuthorID, r.AuthorName, r.AuthorTitle, r.UnitID, r.AuthorContact = optional(to.ID), to.Name, to.Title, to.UnitID, ""
	r.RecorderID, r.RecorderName = nil, ""
	r.Readers = slices.DeleteFunc(r.Readers, func(id uuid.UUID) bool { return id == to.ID })
	if err := s.putCoAuthors(ctx, tx, r, list); err != nil {
		return err
	}
	if r.Text != (Text{}) {
		if err := keepDraft(ctx, tx, r, r.Text); err != nil {
			return err
		}
	}
	record(tx, r, "handed_over", nil, map[string]string{"to": to.Name, "reason": h.Note})
	return save(ctx, tx, r)
}

// AnswerHandover takes the draft over or not, or takes the offer back. Only who was offered it answers, only who offered it
// takes it back.
func (s *Service) AnswerHandover(ctx context.Context, id uuid.UUID, answer, words string) (uuid.UUID, error) {
	words = plain(words)
	var faults errs.Fields
	checkNote(&faults, "answer", words)
	if documents.Marked(words) {
		faults.Add("answer", "%s", documents.PaperOnlyText)
	}
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		h, err := loadHandover(ctx, tx, id)
		if err != nil {
			return err
		}
		me := tx.Principal().Membership
		r, err := lock(ctx, tx, h.ReportID)
		if err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.ReportRead, r.object()); err != nil || me != h.ToID && me != h.FromID && !r.ownedBy(me) {
			return errs.Missing()
		}
		if h, err = loadHandover(ctx, tx, id); err != nil { // as it is now that the report is locked
			return err
		}
		if may := answer == withdrawn && r.ownedBy(me) || answer != withdrawn && me == h.ToID; !may {
			return errs.New(errs.Forbidden, "只有接收人可以答复，只有移交人可以撤回")
		}
		if h.State != offered {
			return errs.New(errs.Conflict, "这次移交已经结束")
		}
		return s.answered(ctx, tx, r, h, answer, words)
	})
}

func (s *Service) answered(ctx context.Context, tx *tenancy.Tx, r *Report, h Handover, answer, words string) error {
	if err := decideHandover(ctx, tx, h.ID, answer, words); err != nil {
		return err
	}
	r.Readers = slices.DeleteFunc(r.Readers, func(id uuid.UUID) bool { return id == h.ToID })
	tell := func(to uuid.UUID, text string) error {
		return s.notices.Tell(ctx, tx, []uuid.UUID{to}, notices.Notice{Kind: "report.handover", Text: text, Subject: subject(r.ID)})
	}
	switch answer {
	case accepted:
		if t, found := find(ActHandOver, r); !found {
			return errs.New(errs.Conflict, "信息现在的状态是“%s”，不能%s", stateText[r.State], actionText[t.Action])
		}
		known, err := colleagues(ctx, tx, []uuid.UUID{h.ToID})
		if err != nil {
			return err
		}
		if err := s.passTo(ctx, tx, r, h, known[h.ToID]); err != nil {
			return err
		}
		return tell(h.FromID, tx.Principal().Name+"已接手《"+r.Title+"》")
	case withdrawn:
		record(tx, r, "handover_withdrawn", nil, map[string]string{"to": h.To})
		if err := saveSharing(ctx, tx, r); err != nil {
			return err
		}
		return tell(h.ToID, h.From+"撤回了移交给您的一篇信息")
	}
	record(tx, r, "handover_refused", nil, map[string]string{"to": h.To, "reason": words})
	if err := saveSharing(ctx, tx, r); err != nil {
		return err
	}
	return tell(h.FromID, tx.Principal().Name+"没有接手《"+r.Title+"》")
}

// Handovers are the offers to the caller that wait for his answer and, where a report is named, all of that report.
func (s *Service) Handovers(ctx context.Context, report uuid.UUID) ([]Handover, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if report == uuid.Nil {
		if err := authz.Holds(q.Principal(), authz.ReportRead); err != nil {
			return nil, err
		}
		return handoversTo(ctx, q)
	}
	if err := s.MayRead(ctx, q, report); err != nil {
		return nil, err
	}
	return handoversOf(ctx, q, report)
}
