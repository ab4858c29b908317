package mailbox

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/attachments"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// CheckArgs is the job that reads one unit's mailbox.
type CheckArgs struct {
	Tenant int32 `json:"tenant"`
}

// Kind names the job.
func (CheckArgs) Kind() string { return "check_mailbox" }

type worker struct {
	river.WorkerDefaults[CheckArgs]
	service *Service
}

// AddWorkers adds the mailman.
func (s *Service) AddWorkers(w *river.Workers) { river.AddWorker(w, &worker{service: s}) }

// Timeout ends a reading that hangs.
func (w *worker) Timeout(*river.Job[CheckArgs]) time.Duration { return 40 * time.Second }

// Work reads the mailbox; what is left over comes next.
func (w *worker) Work(ctx context.Context, job *river.Job[CheckArgs]) error {
	tenant, err := w.service.dir.ByID(ctx, job.Args.Tenant)
	if err != nil {
		return err
	}
	more, err := w.service.Check(tenancy.System(ctx, tenant, "mailman", "mailbox", authz.Actors()))
	if err == nil && more {
		return river.JobSnooze(0)
	}
	return err
}

// interval is how often every mailbox is read.
const interval = 5 * time.Minute

// Run has the mailboxes of all tenants read, now and each interval until the context ends.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if err := s.askAll(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "mailboxes", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (s *Service) askAll(ctx context.Context) error {
	tenants, err := s.dir.All(ctx)
	if err != nil {
		return err
	}
	for _, t := range tenants {
		if t.State != "active" {
			continue
		}
		ctx := tenancy.System(ctx, t, "mailman", "clock", authz.Actors())
		q, err := s.db.Read(ctx)
		if err != nil {
			return err
		}
		r, err := find(ctx, q)
		if err != nil || !r.Active {
			continue
		}
		// Replicas meet here; a mailbox that is read twice gives each mail once all the same.
		err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
			return tx.Enqueue(ctx, CheckArgs{Tenant: t.ID}, &river.InsertOpts{MaxAttempts: 1, UniqueOpts: river.UniqueOpts{ByArgs: true, ByPeriod: time.Minute}})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how many mails one reading takes.
const atOnce = 25

// Check reads the mailbox of the context's tenant, for the actor mailman: each new mail in a transaction of its own, with the
// place in the box, so a break loses and doubles nothing. It tells whether there are more.
func (s *Service) Check(ctx context.Context) (more bool, err error) {
	p, err := tenancy.Caller(ctx)
	if err != nil {
		return false, err
	}
	if err := authz.Check(p, authz.ImportRun, object); err != nil {
		return false, err
	}
	q, err := s.db.Read(ctx)
	if err != nil {
		return false, err
	}
	r, err := find(ctx, q)
	if err != nil || !r.Active {
		return false, err
	}
	in, err := s.open(p.Tenant, r)
	taken, fresh := 0, map[string]int{}
	if err == nil {
		err = in.each(ctx, r.Place, func(f found) error {
			if taken == atOnce {
				return errEnough
			}
			taken++
			became, err := s.take(ctx, r, f)
			if err == nil && became != "" {
				fresh[became]++
			}
			return err
		})
	}
	more = errors.Is(err, errEnough)
	if more {
		err = nil
	}
	return more && err == nil, s.noted(ctx, r, fresh, err)
}

// noted keeps how the reading went, where there is something to tell; a refusal by the server is no fault of the job.
func (s *Service) noted(ctx context.Context, r row, fresh map[string]int, fault error) error {
	said := ""
	if fault != nil {
		said = "收信时出错，稍后自动重试"
		if e := (*errs.Error)(nil); errors.As(fault, &e) && e.Kind != errs.Internal {
			said = e.Message
		}
	}
	if len(fresh) == 0 && said == r.LastError && r.CheckedAt != nil {
		return nil
	}
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: "mailbox.checked", Subject: subject(), Detail: map[string]any{"mails": fresh, "error": said}})
		if err := setChecked(ctx, tx, said); err != nil {
			return err
		}
		if fresh[BecameClue]+fresh[Refused] == 0 {
			return nil
		}
		text := fmt.Sprintf("邮箱收到来信：新线索 %d 条", fresh[BecameClue])
		if fresh[Refused] > 0 {
			text += fmt.Sprintf("，未收 %d 封（请在“导入”页的“来信”里查看原因）", fresh[Refused])
		}
		return s.notices.TellRoles(ctx, tx, []string{"editor"}, notices.Notice{Kind: "mailbox.checked", Text: text, Subject: subject()})
	})
	if errs.KindOf(fault) == errs.Internal && fault != nil {
		slog.WarnContext(ctx, "mailbox", "error", fault.Error())
	}
	return err
}

// take makes of one mail what it becomes, and returns that; nothing where it came before.
func (s *Service) take(ctx context.Context, r row, f found) (string, error) {
	if f.Raw == nil {
		p := &parsed{ID: fmt.Sprintf("too large: %s %d", f.Place, f.Size)}
		return s.refuse(ctx, r, f, p, fmt.Sprintf("邮件超过 %d MB", maxMail>>20))
	}
	p, err := parse(f.Raw)
	if err != nil {
		if errs.Is(err, errs.Invalid) {
			return s.refuse(ctx, r, f, &parsed{ID: "unreadable: " + f.Place}, "邮件格式不完整，无法读取")
		}
		return "", err
	}
	defer p.close()
	if documents.Marked(p.Subject) || documents.Marked(p.Text) {
		p.Subject = "（含密级标志，未保存）"
		return s.refuse(ctx, r, f, p, documents.PaperOnlyText)
	}
	if p.Text == "" && len(p.Files) == 0 {
		return s.refuse(ctx, r, f, p, "邮件没有文字内容")
	}
	kept, marked, err := s.keep(ctx, p)
	if err != nil {
		return "", err
	}
	if marked {
		return s.refuse(ctx, r, f, p, documents.PaperOnlyText)
	}
	became, err := s.bring(ctx, r, f, p, kept)
	if errs.Is(err, errs.Invalid) {
		s.files.Discard(ctx, kept...)
		return s.refuse(ctx, r, f, p, reasonOf(err))
	}
	if err != nil || became == "" {
		s.files.Discard(ctx, kept...)
	}
	return became, err
}

// keep stores the attachments of a mail; those of other kinds are left out with a note. marked: one carries a secrecy marking.
func (s *Service) keep(ctx context.Context, p *parsed) (kept []attachments.Attachment, marked bool, err error) {
	for _, f := range p.Files {
		a, err := s.files.Put(ctx, f.Name, io.NewSectionReader(f.Content, 0, f.Size))
		switch errs.KindOf(err) {
		case errs.Invalid, errs.TooLarge, errs.Unsupported:
			if reasonOf(err) == documents.PaperOnlyText {
				s.files.Discard(ctx, kept...)
				return nil, true, nil
			}
			p.Notes = append(p.Notes, fmt.Sprintf("附件“%s”没有保存：%s", clip(f.Name, 60), reasonOf(err)))
			continue
		}
		if err != nil {
			s.files.Discard(ctx, kept...)
			return nil, false, err
		}
		kept = append(kept, a)
	}
	return kept, false, nil
}

func reasonOf(err error) string {
	if e := (*errs.Error)(nil); errors.As(err, &e) {
		return e.Message
	}
	return "无法处理"
}

// bring makes the clue or the member's report, once a Message-Id.
func (s *Service) bring(ctx context.Context, r row, f found, p *parsed, files []attachments.Attachment) (became string, err error) {
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		m := p.mail(tx.Now())
		isNew, err := insertMail(ctx, tx, m, p.digest())
		if err != nil {
			return err
		}
		if err := setPlace(ctx, tx, f.Place); err != nil {
			return err
		}
		if !isNew {
			tx.Record(tenancy.Event{Kind: "mail.repeated", Subject: subject()})
			return nil
		}
		l := p.letter(tx.Now())
		if l.Member, err = memberOf(ctx, tx, p.From); err != nil {
			return err
		}
		kind := "clue"
		if became = BecameClue; l.Member != uuid.Nil {
			kind, became, l.Submit, l.Category = "report", BecameDraft, r.Submit, r.Category
		}
		id, submitted, err := s.make(ctx, tx, kind, l)
		if err != nil {
			return err
		}
		if l.Submit = submitted; submitted {
			became = BecameSubmitted
		}
		at := tenancy.Subject{Kind: kind, ID: id}
		if err := s.files.Attach(ctx, tx, at, files...); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "mail.received", Subject: tenancy.Subject{Kind: "mail", ID: m.ID}, Detail: map[string]string{"became": became}})
		if err := setBecame(ctx, tx, m.ID, became, "", at); err != nil || l.Member == uuid.Nil {
			return err
		}
		return s.tellMember(ctx, tx, l, at)
	})
	if err != nil {
		became = ""
	}
	return became, err
}

func (s *Service) make(ctx context.Context, tx *tenancy.Tx, kind string, l Letter) (id uuid.UUID, submitted bool, err error) {
	if kind == "report" {
		return s.sink.Report(ctx, tx, l)
	}
	id, err = s.sink.Clue(ctx, tx, l)
	return id, false, err
}

// tellMember: whoever wrote the mail, its alleged sender hears of it.
func (s *Service) tellMember(ctx context.Context, tx *tenancy.Tx, l Letter, at tenancy.Subject) error {
	text := fmt.Sprintf("收到以您的邮箱 %s 发来的邮件《%s》，已存为您的草稿，核对后请自行提交；如不是您发的，请告知本单位。", l.Address, l.Title)
	if l.Submit {
		text = fmt.Sprintf("收到以您的邮箱 %s 发来的邮件《%s》，已按本单位设置直接提交；如不是您发的，请撤回并告知本单位。", l.Address, l.Title)
	}
	return s.notices.Tell(ctx, tx, []uuid.UUID{l.Member}, notices.Notice{Kind: "mail.received", Text: text, Subject: at})
}

// refuse lists a mail with the reason, once a Message-Id.
func (s *Service) refuse(ctx context.Context, r row, f found, p *parsed, reason string) (became string, err error) {
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		m := p.mail(tx.Now())
		isNew, err := insertMail(ctx, tx, m, p.digest())
		if err != nil {
			return err
		}
		if isNew {
			became = Refused
			if err := setBecame(ctx, tx, m.ID, Refused, reason, tenancy.Subject{}); err != nil {
				return err
			}
		}
		tx.Record(tenancy.Event{Kind: "mail.refused", Subject: tenancy.Subject{Kind: "mail", ID: m.ID}, Detail: map[string]string{"reason": reason}})
		return setPlace(ctx, tx, f.Place)
	})
	return became, err
}

func (p *parsed) digest() []byte {
	sum := sha256.Sum256([]byte(p.ID))
	return sum[:]
}

func (p *parsed) mail(now time.Time) Mail {
	m := Mail{ID: tenancy.NewID(), MessageID: p.ID, Sender: p.sender(), Subject: clip(p.Subject, 200), ReceivedAt: now, State: Refused}
	if !p.Date.IsZero() && p.Date.Year() > 1990 && p.Date.Before(now.Add(24*time.Hour)) {
		m.SentAt = &p.Date
	}
	if documents.Marked(m.Sender) {
		m.Sender = ""
	}
	return m
}

func (p *parsed) sender() string {
	if p.Name == "" {
		return p.From
	}
	return strings.TrimSpace(fmt.Sprintf("%s <%s>", p.Name, p.From))
}

func (p *parsed) letter(now time.Time) Letter {
	l := Letter{Title: p.title(), Text: p.Text, Name: p.Name, Address: p.From, Ref: fmt.Sprintf("邮件 %x", p.digest()[:8]), ReceivedAt: now}
	if m := p.mail(now); m.SentAt != nil {
		l.ReceivedAt = *m.SentAt
	}
	if l.Text == "" {
		l.Text = "（邮件没有正文，见附件）"
	}
	l.Text += fmt.Sprintf("\n\n——来自邮件：%s；主题：%s", p.sender(), p.Subject)
	for _, note := range p.Notes {
		l.Text += "\n" + note
	}
	if l.Title == "" {
		l.Title = "来信（无主题）"
	}
	return l
}
