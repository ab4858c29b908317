package mailbox

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/outward"
	"shangda/internal/secret"
	"shangda/services/attachments"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Files keeps the attachments of mails; *attachments.Service fulfils it.
type Files interface {
	Put(ctx context.Context, name string, content *io.SectionReader) (attachments.Attachment, error)
	Attach(ctx context.Context, tx *tenancy.Tx, subject tenancy.Subject, files ...attachments.Attachment) error
	Discard(ctx context.Context, files ...attachments.Attachment)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	Tell(ctx context.Context, tx *tenancy.Tx, to []uuid.UUID, n notices.Notice) error
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}

// Letter is a mail as its sink takes it.
type Letter struct {
	Title, Text   string
	Name, Address string
	Ref           string
	ReceivedAt    time.Time
	Member        uuid.UUID // zero where the sender is nobody's registered address
	Submit        bool
	Category      string
}

// Sink makes a clue or a member's report of a mail; cmd wires it. A report that was to be submitted may stay a draft, where the
// unit asks for more than a mail says.
type Sink interface {
	Clue(ctx context.Context, tx *tenancy.Tx, l Letter) (uuid.UUID, error)
	Report(ctx context.Context, tx *tenancy.Tx, l Letter) (id uuid.UUID, submitted bool, err error)
}

// Options are the operator's: the key for passwords, whether mailboxes may lie inside, and where maildirs lie.
type Options struct {
	Secrets  *secret.Box
	Inside   bool
	Maildirs string
}

// Service reads mailboxes.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	files   Files
	notices Notifier
	sink    Sink
	options Options

	anyCertificate bool // tests: the server's certificate is its own
}

// New makes the service.
func New(db *tenancy.DB, dir *tenancy.Directory, files Files, notices Notifier, sink Sink, options Options) *Service {
	return &Service{db: db, dir: dir, files: files, notices: notices, sink: sink, options: options}
}

var (
	object = authz.Object{Read: authz.ImportRun}
	boxID  = uuid.NewSHA1(uuid.NameSpaceOID, []byte("mailbox"))
)

func subject() tenancy.Subject { return tenancy.Subject{Kind: "mailbox", ID: boxID} }

// Get is the unit's mailbox; one that does not exist is not active and has version 0.
func (s *Service) Get(ctx context.Context) (View, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return View{}, err
	}
	if err := authz.Holds(q.Principal(), authz.SettingWrite); err != nil {
		return View{}, err
	}
	r, err := find(ctx, q)
	return r.view(), err
}

// Set changes the mailbox, based on the version that was read. A password that is empty stays the one before; it is kept sealed
// and never shown again.
func (s *Service) Set(ctx context.Context, version int, c Config, password string) error {
	if err := c.check(s.options.Inside); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
			return err
		}
		before, err := find(ctx, tx)
		if err != nil {
			return err
		}
		if before.Version != version {
			return errs.New(errs.Stale, "邮箱设置已被他人修改，请刷新后重新设置")
		}
		sealed := before.Secret
		moved := before.Host != c.Host || before.Username != c.Username || before.Kind != c.Kind || before.Port != c.Port
		switch {
		case password != "":
			if sealed, err = s.options.Secrets.Seal(password, place(tx.Tenant())); errors.Is(err, secret.ErrNoKey) {
				return errs.InvalidField("password", "系统没有设置密钥（SHANGDA_SECRET_KEY），不能保存密码，请联系运营方")
			}
			if err != nil {
				return err
			}
		case c.Kind == "imap" && (moved || len(sealed) == 0): // a password is never sent to another server than it was meant for
			return errs.InvalidField("password", "请填写密码（或授权码）")
		}
		at := before.Place
		if moved || before.Folder != c.Folder {
			at = ""
		}
		tx.Record(tenancy.Event{Kind: "mailbox.changed", Subject: subject(), Detail: map[string]any{"kind": c.Kind, "host": c.Host, "active": c.Active}})
		return save(ctx, tx, c, sealed, at)
	})
}

func place(tenant int32) string { return "mailbox " + key(tenant) }

// Ask lets the mailbox be read soon, besides the regular times.
func (s *Service) Ask(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
			return err
		}
		r, err := find(ctx, tx)
		if err != nil {
			return err
		}
		if !r.Active {
			return errs.New(errs.Conflict, "邮箱没有启用")
		}
		tx.Record(tenancy.Event{Kind: "mailbox.asked", Subject: subject()})
		return tx.Enqueue(ctx, CheckArgs{Tenant: tx.Tenant()}, &river.InsertOpts{MaxAttempts: 1})
	})
}

// List shows the mails that came, newest first, all or those in one state.
func (s *Service) List(ctx context.Context, state string, before time.Time, limit int) ([]Mail, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Check(q.Principal(), authz.ImportRun, object); err != nil {
		return nil, err
	}
	return list(ctx, q, state, before, limit)
}

// open is the box of the settings.
func (s *Service) open(tenant tenancy.Tenant, r row) (box, error) {
	if r.Kind == "maildir" {
		if s.options.Maildirs == "" {
			return nil, errs.New(errs.Invalid, "系统没有设置邮件文件夹（SHANGDA_MAILDIR）")
		}
		return maildirBox{filepath.Join(s.options.Maildirs, tenant.Code, r.Folder)}, nil
	}
	password, err := s.options.Secrets.Open(r.Secret, place(tenant.ID))
	if err != nil {
		return nil, errs.New(errs.Invalid, "邮箱密码不能解开，请重新填写")
	}
	return imapBox{Config: r.Config, password: password, dialer: outward.Dialer{Inside: s.options.Inside}, insecure: s.anyCertificate}, nil
}
