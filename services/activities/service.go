package activities

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Service keeps the calendar. Clues is wired by the program.
type Service struct {
	Clues Clues

	db      *tenancy.DB
	dir     *tenancy.Directory
	letters Letters
	notices Notifier
}

// New registers the kind of letter that carries an activity down.
func New(db *tenancy.DB, dir *tenancy.Directory, l Letters, notices Notifier) *Service {
	s := &Service{db: db, dir: dir, letters: l, notices: notices}
	s.register()
	return s
}

func subject(id uuid.UUID) tenancy.Subject { return tenancy.Subject{Kind: "activity", ID: id} }

func (s *Service) read(ctx context.Context) (tenancy.Querier, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	return q, authz.Check(q.Principal(), authz.ActivityRead, ofUnit)
}

// List is the calendar between two moments: the unit's own activities, and those that came from above.
func (s *Service) List(ctx context.Context, from, to time.Time, kind string) ([]Activity, error) {
	q, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	if !from.Before(to) || to.Sub(from) > longest {
		return nil, errs.InvalidField("to", "请选择不超过一年的时间")
	}
	rows, err := list(ctx, q, from, to, kind)
	if err != nil {
		return nil, err
	}
	return s.shown(ctx, q, rows)
}

// Get finds an activity with its tasks, and where it was sent.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Activity, error) {
	q, err := s.read(ctx)
	if err != nil {
		return Activity{}, err
	}
	r, err := find(ctx, q, id)
	if err != nil {
		return Activity{}, err
	}
	all, err := s.shown(ctx, q, []row{r})
	if err != nil {
		return Activity{}, err
	}
	a := all[0]
	a.Body = r.Body
	if a.Tasks, err = tasks(ctx, q, id); err != nil {
		return Activity{}, err
	}
	a.Sendings, err = s.sendings(ctx, q, id)
	return a, err
}

// MayRead is for other nouns that link to an activity.
func (s *Service) MayRead(ctx context.Context, q tenancy.Querier, id uuid.UUID) error {
	if err := authz.Check(q.Principal(), authz.ActivityRead, ofUnit); err != nil {
		return err
	}
	_, err := find(ctx, q, id)
	return err
}

// shown is the activities as the caller sees them, with what came of them.
func (s *Service) shown(ctx context.Context, q tenancy.Querier, rows []row) ([]Activity, error) {
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	yields, err := s.Clues.Yields(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	all := make([]Activity, 0, len(rows))
	may := authz.Allows(q.Principal(), authz.ActivityWrite, ofUnit)
	for _, r := range rows {
		a := Activity{ID: r.ID, Kind: r.Kind, Title: r.Title, Place: r.Place, StartsAt: r.StartsAt, EndsAt: r.EndsAt, State: r.State, Reason: r.Reason,
			Version: r.Version, Open: r.Open, Mine: r.Mine, Clues: yields[r.ID].Clues, Reports: yields[r.ID].Reports, Can: []string{}}
		if r.Sender != nil {
			unit, err := s.unit(ctx, *r.Sender)
			if err != nil {
				return nil, err
			}
			a.From = &unit
		}
		if may && r.State == Planned {
			a.Can = append(a.Can, "task")
			if r.Sender == nil {
				a.Can = append(a.Can, "edit", "cancel", "send")
			}
		}
		all = append(all, a)
	}
	return all, nil
}

func (s *Service) unit(ctx context.Context, id int32) (Unit, error) {
	t, err := s.dir.ByID(ctx, id)
	return Unit{Tenant: t.Code, Name: t.Name, Level: t.Level}, err
}

// Create arranges an activity and sends it to the units below that are named, all or none.
func (s *Service) Create(ctx context.Context, n NewActivity) (uuid.UUID, error) {
	id := tenancy.NewID()
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Check(tx.Principal(), authz.ActivityWrite, ofUnit); err != nil {
			return err
		}
		if err := n.check(); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "activity.created", Subject: subject(id), Detail: map[string]any{"title": n.Title}})
		if err := insert(ctx, tx, id, n, nil); err != nil {
			return err
		}
		if len(n.Below) == 0 {
			return nil
		}
		return s.sendTo(ctx, tx, id, n.Below)
	})
	return id, err
}

// change is the frame of what is done to an activity of the unit's own that is not cancelled.
func (s *Service) change(ctx context.Context, id uuid.UUID, fn func(tx *tenancy.Tx, r row) error) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.ActivityWrite, ofUnit); err != nil {
			return err
		}
		if r.Sender != nil {
			return errs.New(errs.Conflict, "上级单位安排的活动不能在本单位修改")
		}
		if r.State == Cancelled {
			return errs.New(errs.Conflict, "这项活动已经取消")
		}
		return fn(tx, r)
	})
}

// Edit replaces what is said of an activity, on the version the caller read, and tells the units it was sent to.
func (s *Service) Edit(ctx context.Context, id uuid.UUID, version int, n NewActivity) (uuid.UUID, error) {
	return s.change(ctx, id, func(tx *tenancy.Tx, r row) error {
		if r.Version != version {
			return errs.New(errs.Stale, "活动已被他人修改，请刷新后重新修改")
		}
		if err := n.check(); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "activity.edited", Subject: subject(id), Detail: map[string]any{"title": n.Title}})
		if err := save(ctx, tx, id, n, r.Revision+1, Planned, ""); err != nil {
			return err
		}
		return s.sendAgain(ctx, tx, id)
	})
}

// Cancel calls an activity off, with the reason, and tells the units it was sent to.
func (s *Service) Cancel(ctx context.Context, id uuid.UUID, reason string) (uuid.UUID, error) {
	var faults errs.Fields
	documents.CheckWritten(&faults, documents.Written{Field: "reason", Name: "取消的原因", Text: &reason, Least: 1, Most: maxReason})
	if err := faults.Err(); err != nil {
		return uuid.Nil, err
	}
	return s.change(ctx, id, func(tx *tenancy.Tx, r row) error {
		tx.Record(tenancy.Event{Kind: "activity.cancelled", Subject: subject(id), Detail: map[string]any{"reason": reason}})
		if err := save(ctx, tx, id, r.arranged(), r.Revision+1, Cancelled, reason); err != nil {
			return err
		}
		return s.sendAgain(ctx, tx, id)
	})
}

func (r row) arranged() NewActivity {
	return NewActivity{Kind: r.Kind, Title: r.Title, Body: r.Body, Place: r.Place, StartsAt: r.StartsAt, EndsAt: r.EndsAt}
}

// AddTask asks members of the unit to collect clues at an activity, whoever arranged it, and tells them.
func (s *Service) AddTask(ctx context.Context, id uuid.UUID, n NewTask) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		r, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := authz.Check(tx.Principal(), authz.ActivityWrite, ofUnit); err != nil {
			return err
		}
		if r.State == Cancelled {
			return errs.New(errs.Conflict, "这项活动已经取消")
		}
		if err := n.check(tx.Now()); err != nil {
			return err
		}
		if unknown, err := strangers(ctx, tx, n.Members); err != nil || unknown {
			if err == nil {
				err = errs.InvalidField("members", "有人不是本单位在用的成员")
			}
			return err
		}
		tx.Record(tenancy.Event{Kind: "activity.task_added", Subject: subject(id), Detail: map[string]any{"text": n.Text, "members": len(n.Members)}})
		if err := insertTask(ctx, tx, id, tenancy.NewID(), n); err != nil {
			return err
		}
		text := fmt.Sprintf("“%s”：%s（%s 前）", r.Title, n.Text, n.DueOn)
		return s.notices.Tell(ctx, tx, n.Members, notices.Notice{Kind: "activity.task", Text: text, Subject: subject(id)})
	})
}

// FinishTask marks a task as done: one of those it was given to, or the office.
func (s *Service) FinishTask(ctx context.Context, id, task uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p := tx.Principal()
		if err := authz.Check(p, authz.ActivityRead, ofUnit); err != nil {
			return err
		}
		t, err := lockTask(ctx, tx, id, task)
		if err != nil {
			return err
		}
		if !slices.Contains(t.Members, p.Membership) {
			if err := authz.Check(p, authz.ActivityWrite, ofUnit); err != nil {
				return err
			}
		}
		if t.State == "done" {
			return errs.New(errs.Conflict, "这项任务已经完成")
		}
		tx.Record(tenancy.Event{Kind: "activity.task_done", Subject: subject(id), Detail: map[string]any{"text": t.Text}})
		return closeTask(ctx, tx, task)
	})
}
