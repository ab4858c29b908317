package channels

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// The states of a send.
const (
	Queued  = "queued"
	Carried = "carried"
	Sent    = "sent"
	Failed  = "failed"
)

// maxAttempts is how often a message is tried before it counts as failed: with the longest pauses about a day.
const maxAttempts = 30

// pause grows from seconds to an hour.
func pause(attempts int) time.Duration {
	return min(2*time.Second<<min(attempts-1, 12), time.Hour)
}

// SendArgs is the job that sends one message.
type SendArgs struct {
	Tenant int32     `json:"tenant"`
	Send   uuid.UUID `json:"send"`
}

// Kind names the job.
func (SendArgs) Kind() string { return "send_notice" }

type worker struct {
	river.WorkerDefaults[SendArgs]
	service *Service
}

// AddWorkers adds the messenger.
func (s *Service) AddWorkers(w *river.Workers) { river.AddWorker(w, &worker{service: s}) }

// Timeout ends a sending that hangs.
func (w *worker) Timeout(*river.Job[SendArgs]) time.Duration { return 40 * time.Second }

// Work sends the message, or comes again when it is due.
func (w *worker) Work(ctx context.Context, job *river.Job[SendArgs]) error {
	tenant, err := w.service.dir.ByID(ctx, job.Args.Tenant)
	if err != nil {
		return err
	}
	wait, err := w.service.Deliver(tenancy.System(ctx, tenant, "messenger", "notice", authz.Actors()), job.Args.Send)
	if err == nil && wait > 0 {
		return river.JobSnooze(wait)
	}
	return err
}

// errDone says that there is nothing to send: it was sent, or goes with another.
var errDone = errors.New("channels: nothing to send")

// Deliver sends the message with that id once, for the actor messenger in the message's tenant, and says how long to wait
// before the next try; zero is the end. What it carries is settled before the first try and stays the same.
func (s *Service) Deliver(ctx context.Context, id uuid.UUID) (time.Duration, error) {
	var m Message
	var to Target
	var r sendRow
	var wait time.Duration
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) (err error) {
		if err := authz.Holds(tx.Principal(), authz.NoticeSend); err != nil {
			return err
		}
		if r, err = lockSend(ctx, tx, id); err != nil {
			return err
		}
		if r.State != Queued {
			return errDone
		}
		if wait = r.DueAt.Sub(tx.Now()); wait > 0 {
			return errDone
		}
		if to, m, err = s.message(ctx, tx, r); err != nil {
			return err
		}
		return tried(ctx, tx, id)
	})
	var gone *fault
	switch {
	case errors.Is(err, errDone):
		return max(wait, 0), nil
	case errors.As(err, &gone):
		return 0, s.settle(ctx, id, Failed, gone.text)
	case err != nil:
		return 0, err
	}
	err = s.by[r.Channel].Send(ctx, to, m)
	if err == nil {
		return 0, s.settle(ctx, id, Sent, "")
	}
	if errors.Is(err, errRefused) || r.Attempts+1 >= maxAttempts {
		return 0, s.settle(ctx, id, Failed, said(err))
	}
	return pause(r.Attempts + 1), s.settle(ctx, id, Queued, said(err))
}

// message puts together what is sent and where, and asserts that all of it is the one tenant's.
func (s *Service) message(ctx context.Context, tx *tenancy.Tx, r sendRow) (Target, Message, error) {
	p := tx.Principal()
	rows, err := s.rows(ctx, tx)
	if err != nil {
		return Target{}, Message{}, err
	}
	c := rows[r.Channel]
	if !c.Active {
		return Target{}, Message{}, &fault{"本单位已停用这个渠道", true}
	}
	if r.ReaderState != "active" {
		return Target{}, Message{}, &fault{"接收人已停用", true}
	}
	if r.Attempts == 0 {
		if err := carry(ctx, tx, r); err != nil {
			return Target{}, Message{}, err
		}
	}
	items, err := itemsOf(ctx, tx, r.ID)
	if err != nil {
		return Target{}, Message{}, err
	}
	m := Message{ID: r.ID, At: r.CreatedAt, Unit: p.Tenant.Name, To: r.Reader, Full: c.FullText}
	for _, item := range items {
		if err := s.guard(tx.Tenant(), item.TenantID); err != nil {
			return Target{}, Message{}, err
		}
		if !m.Full {
			item.Text = ""
		}
		m.Items = append(m.Items, item.Item)
	}
	if err := s.guard(tx.Tenant(), r.TenantID, c.TenantID); err != nil {
		return Target{}, Message{}, err
	}
	to := Target{Tenant: p.Tenant, Config: c.Config, Address: r.Email}
	if len(c.Secret) > 0 {
		if to.Secret, err = s.options.Secrets.Open(c.Secret, place(c.TenantID, r.Channel)); err != nil {
			return Target{}, Message{}, &fault{"渠道的密钥不能解开，请管理员重新填写", true}
		}
	}
	if r.Channel == Email && r.Email == "" {
		return Target{}, Message{}, &fault{"接收人没有登记邮箱", true}
	}
	return to, m, nil
}

// settle keeps how a try went.
func (s *Service) settle(ctx context.Context, id uuid.UUID, state, fault string) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "notice.send_" + state, Subject: tenancy.Subject{Kind: "notice_send", ID: id}})
		return settled(ctx, tx, id, state, fault)
	})
}

// Entry is a message in the log of sends. Text is only the reader's own.
type Entry struct {
	ID        uuid.UUID  `json:"id"`
	To        string     `json:"to"`
	Channel   string     `json:"channel" enum:"email,webhook,wecom,dingtalk"`
	Group     string     `json:"group"`
	Text      string     `json:"text,omitempty" doc:"只有接收人自己看得到内容"`
	Notices   int        `json:"notices"`
	State     string     `json:"state" enum:"queued,sent,failed"`
	Attempts  int        `json:"attempts"`
	LastError string     `json:"last_error,omitempty"`
	DueAt     time.Time  `json:"due_at"`
	SentAt    *time.Time `json:"sent_at,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
}

// Sends is a page of the log, newest first: the caller's own, or all for who sets the channels up.
func (s *Service) Sends(ctx context.Context, all bool, state, after string, limit int) ([]Entry, string, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, "", err
	}
	permission := authz.NoticeRead
	if all {
		permission = authz.SettingWrite
	}
	if err := authz.Holds(q.Principal(), permission); err != nil {
		return nil, "", err
	}
	from, err := parseCursor(after)
	if err != nil {
		return nil, "", err
	}
	entries, err := listSends(ctx, q, all, state, from, limit+1)
	if err != nil || len(entries) <= limit {
		return entries, "", err
	}
	last := entries[limit-1]
	return entries[:limit], cursor{last.CreatedAt, last.ID}.String(), nil
}

// Resend puts a message on its way again, under the same id.
func (s *Service) Resend(ctx context.Context, id uuid.UUID) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p := tx.Principal()
		r, err := lockSend(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.MembershipID != p.Membership && !authz.May(p, authz.SettingWrite) || !authz.May(p, authz.NoticeRead) {
			return errs.Missing()
		}
		switch r.State {
		case Carried:
			return errs.New(errs.Conflict, "这条消息已合并到另一条里发送")
		case Queued:
			return errs.New(errs.Conflict, "正在等待发送，不必重发")
		}
		tx.Record(tenancy.Event{Kind: "notice.resent", Subject: tenancy.Subject{Kind: "notice_send", ID: id}})
		if err := again(ctx, tx, id); err != nil {
			return err
		}
		return s.job(ctx, tx, id, tx.Now())
	})
}
