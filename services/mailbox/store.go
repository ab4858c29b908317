package mailbox

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/tenancy"
)

// row is a mailbox as it is kept.
type row struct {
	Config
	Secret    []byte
	Place     string
	CheckedAt *time.Time
	LastError string
	Version   int
}

func (r row) view() View {
	return View{Config: r.Config, HasPassword: len(r.Secret) > 0, CheckedAt: r.CheckedAt, LastError: r.LastError, Version: r.Version}
}

func key(tenant int32) string { return strconv.Itoa(int(tenant)) }

func find(ctx context.Context, q tenancy.Querier) (row, error) {
	r, err := tenancy.Get[row](ctx, q, `
		select kind, host, port, security, username, folder, submit, category, active, secret, place, checked_at, last_error, version
		from mailboxes where tenant_id = $1`, q.Tenant())
	if errors.Is(err, pgx.ErrNoRows) {
		return row{Config: Config{Kind: "imap", Port: 993, Security: "tls", Folder: "INBOX"}}, nil
	}
	return r, err
}

func save(ctx context.Context, tx *tenancy.Tx, c Config, sealed []byte, place string) error {
	_, err := tx.Exec(ctx, `
		insert into mailboxes (tenant_id, kind, host, port, security, username, folder, submit, category, active, secret, place, changed_by, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		on conflict (tenant_id) do update set kind = $2, host = $3, port = $4, security = $5, username = $6, folder = $7, submit = $8, category = $9,
		    active = $10, secret = $11, place = $12, changed_by = $13, changed_at = $14, last_error = '', checked_at = null, version = mailboxes.version + 1`,
		tx.Tenant(), c.Kind, c.Host, c.Port, c.Security, c.Username, c.Folder, c.Submit, c.Category, c.Active, sealed, place, tx.Principal().Membership, tx.Now())
	return err
}

func setPlace(ctx context.Context, tx *tenancy.Tx, place string) error {
	_, err := tx.Exec(ctx, `update mailboxes set place = $2 where tenant_id = $1`, tx.Tenant(), place)
	return err
}

func setChecked(ctx context.Context, tx *tenancy.Tx, fault string) error {
	_, err := tx.Exec(ctx, `update mailboxes set checked_at = $2, last_error = $3 where tenant_id = $1`, tx.Tenant(), tx.Now(), fault)
	return err
}

// insertMail is false where the mail came before.
func insertMail(ctx context.Context, tx *tenancy.Tx, m Mail, digest []byte) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into mails (tenant_id, id, digest, message_id, sender, subject, sent_at, received_at, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (tenant_id, digest) do nothing`,
		tx.Tenant(), m.ID, digest, m.MessageID, m.Sender, m.Subject, m.SentAt, m.ReceivedAt, m.State)
	return n == 1, err
}

func setBecame(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, state, reason string, at tenancy.Subject) error {
	var subject *uuid.UUID
	if at.Kind == "clue" { // a member's draft is his alone
		subject = &at.ID
	}
	_, err := tx.Exec(ctx, `update mails set state = $3, reason = $4, subject_id = $5 where tenant_id = $1 and id = $2`, tx.Tenant(), id, state, reason, subject)
	return err
}

func list(ctx context.Context, q tenancy.Querier, state string, before time.Time, limit int) ([]Mail, error) {
	return tenancy.Collect[Mail](ctx, q, `
		select id, message_id, sender, subject, sent_at, received_at, state, reason, subject_id from mails
		where tenant_id = $1 and ($2 = '' or state = $2) and received_at < $3 order by received_at desc, id desc limit $4`, q.Tenant(), state, before, limit)
}

// memberOf is the active member of the business whose registered address this is.
func memberOf(ctx context.Context, q tenancy.Querier, address string) (uuid.UUID, error) {
	if address == "" {
		return uuid.Nil, nil
	}
	found, err := tenancy.Scalars[uuid.UUID](ctx, q, `
		select id from memberships where tenant_id = $1 and email = $2 and state = 'active' and class = 'business'`, q.Tenant(), address)
	if err != nil || len(found) != 1 {
		return uuid.Nil, err
	}
	return found[0], nil
}
