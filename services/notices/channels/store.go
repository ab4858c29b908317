package channels

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/services/notices"
	"shangda/tenancy"
)

// channelRow is a channel as it is kept.
type channelRow struct {
	TenantID int32
	Channel  string
	Active   bool
	FullText bool
	Config   Config
	Secret   []byte
	Version  int
}

func channelRows(ctx context.Context, q tenancy.Querier) (map[string]channelRow, error) {
	rows, err := tenancy.Collect[channelRow](ctx, q, `
		select tenant_id, channel, active, full_text, config, secret, version from notice_channels where tenant_id = $1`, q.Tenant())
	byName := map[string]channelRow{}
	for _, r := range rows {
		byName[r.Channel] = r
	}
	return byName, err
}

func saveChannel(ctx context.Context, tx *tenancy.Tx, channel string, in Setup, sealed []byte) error {
	config, err := json.Marshal(in.Config)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into notice_channels (tenant_id, channel, active, full_text, config, secret, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (tenant_id, channel) do update set active = $3, full_text = $4, config = $5, secret = $6, changed_by = $7, changed_at = $8,
			version = notice_channels.version + 1`,
		tx.Tenant(), channel, in.Active, in.FullText, config, sealed, tx.Principal().Membership, tx.Now())
	return err
}

// ways is the caller's choice, with the channels that are open and his address.
func ways(ctx context.Context, q tenancy.Querier) (Ways, error) {
	type row struct {
		Email   string
		Choice  *Choice
		Version int
		Active  []string
	}
	r, err := tenancy.Get[row](ctx, q, `
		select m.email, c.choice, coalesce(c.version, 0) as version,
			array(select channel from notice_channels where tenant_id = $1 and active) as active
		from memberships m left join notice_choices c on c.tenant_id = m.tenant_id and c.membership_id = m.id
		where m.tenant_id = $1 and m.id = $2`, q.Tenant(), q.Principal().Membership)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	if err != nil {
		return Ways{}, err
	}
	w := Ways{Choice: shippedChoice(), Channels: []Way{}, Email: r.Email, Version: r.Version}
	if r.Choice != nil {
		w.Choice = *r.Choice
	}
	for _, name := range All {
		for _, active := range r.Active {
			if active == name {
				w.Channels = append(w.Channels, Way{name, channelText[name]})
			}
		}
	}
	return w, nil
}

func saveChoice(ctx context.Context, tx *tenancy.Tx, c Choice) error {
	choice, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		insert into notice_choices (tenant_id, membership_id, choice, changed_at) values ($1, $2, $3, $4)
		on conflict (tenant_id, membership_id) do update set choice = $3, changed_at = $4, version = notice_choices.version + 1`,
		tx.Tenant(), tx.Principal().Membership, choice, tx.Now())
	return err
}

// chosen is what a reader chose, with the channels that are open.
type chosen struct {
	MembershipID uuid.UUID
	Choice       Choice
	Email        string
	Active       []string
}

// choices are those of the readers who chose something, in a tenant that has a channel open.
func choices(ctx context.Context, q tenancy.Querier, readers []uuid.UUID) (map[uuid.UUID]chosen, error) {
	rows, err := tenancy.Collect[chosen](ctx, q, `
		select c.membership_id, c.choice, m.email, a.active
		from notice_choices c join memberships m on m.tenant_id = c.tenant_id and m.id = c.membership_id,
			lateral (select array_agg(channel) as active from notice_channels where tenant_id = $1 and active) a
		where c.tenant_id = $1 and c.membership_id = any($2) and m.state = 'active' and a.active is not null`, q.Tenant(), readers)
	byReader := map[uuid.UUID]chosen{}
	for _, r := range rows {
		byReader[r.MembershipID] = r
	}
	return byReader, err
}

// lastDue is when the latest message to the reader by the channel went out since, or goes out until; nil where none does.
func lastDue(ctx context.Context, q tenancy.Querier, reader uuid.UUID, channel string, since, until time.Time) (*time.Time, error) {
	return tenancy.Scalar[*time.Time](ctx, q, `
		select max(due_at) from notice_sends where tenant_id = $1 and membership_id = $2 and channel = $3 and state <> 'failed'
			and created_at >= $4::timestamptz - interval '1 day' and due_at > $4 and due_at <= $5`, q.Tenant(), reader, channel, since, until)
}

func insertSend(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n notices.Written, channel string, due time.Time) (bool, error) {
	count, err := tx.Exec(ctx, `
		insert into notice_sends (tenant_id, id, notice_id, membership_id, channel, kind, state, due_at, created_at)
		values ($1, $2, $3, $4, $5, $6, 'queued', $7, $8) on conflict (tenant_id, notice_id, channel) do nothing`,
		tx.Tenant(), id, n.ID, n.Reader, channel, n.Kind, due, tx.Now())
	return count == 1, err
}

// sendRow is a send with its reader.
type sendRow struct {
	TenantID     int32
	ID           uuid.UUID
	MembershipID uuid.UUID
	Channel      string
	Kind         string
	State        string
	Attempts     int
	DueAt        time.Time
	CreatedAt    time.Time
	Reader       string
	ReaderState  string
	Email        string
}

func lockSend(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (sendRow, error) {
	r, err := tenancy.Get[sendRow](ctx, tx, `
		select s.tenant_id, s.id, s.membership_id, s.channel, s.kind, s.state, s.attempts, s.due_at, s.created_at,
			m.name as reader, m.state as reader_state, m.email
		from notice_sends s join memberships m on m.tenant_id = s.tenant_id and m.id = s.membership_id
		where s.tenant_id = $1 and s.id = $2 for update of s`, tx.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return r, err
}

// carry lets what waits for the same reader by the same channel, and is due, go with this message.
func carry(ctx context.Context, tx *tenancy.Tx, r sendRow) error {
	return tx.Derive(ctx, `
		update notice_sends set state = 'carried', carrier_id = $2 where tenant_id = $1 and id in (
			select id from notice_sends where tenant_id = $1 and membership_id = $3 and channel = $4 and state = 'queued' and attempts = 0
				and due_at <= $5 and id <> $2 order by created_at, id limit 500 for update skip locked)`,
		tx.Tenant(), r.ID, r.MembershipID, r.Channel, tx.Now())
}

// itemRow is a notice in a message, with whose tenant's it is.
type itemRow struct {
	TenantID int32
	Item
}

func itemsOf(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]itemRow, error) {
	return tenancy.Collect[itemRow](ctx, q, `
		select n.tenant_id, n.id, n.kind, n.text, n.subject_kind, n.subject_id, n.at
		from notice_sends s join notices n on n.tenant_id = s.tenant_id and n.id = s.notice_id and n.membership_id = s.membership_id
		where s.tenant_id = $1 and (s.id = $2 or s.carrier_id = $2) order by n.at, n.id`, q.Tenant(), id)
}

// tried counts a try before it is made, so that a break in the middle is counted too.
func tried(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	return tx.Derive(ctx, `update notice_sends set attempts = attempts + 1, tried_at = $3 where tenant_id = $1 and id = $2`, tx.Tenant(), id, tx.Now())
}

func settled(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, state, fault string) error {
	_, err := tx.Exec(ctx, `
		update notice_sends set state = $3, last_error = $4, sent_at = case when $3 = 'sent' then $5 else sent_at end
		where tenant_id = $1 and id = $2`, tx.Tenant(), id, state, fault, tx.Now())
	return err
}

func again(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		update notice_sends set state = 'queued', attempts = 1, last_error = '', due_at = $3 where tenant_id = $1 and id = $2`, tx.Tenant(), id, tx.Now())
	return err
}

func listSends(ctx context.Context, q tenancy.Querier, all bool, state string, after cursor, limit int) ([]Entry, error) {
	type row struct {
		Entry
		Kind string
		Mine bool
	}
	me := q.Principal().Membership
	rows, err := tenancy.CollectPart[row](ctx, q, `
		select s.id, m.name as to, s.channel, s.kind, n.text, s.state, s.attempts, s.last_error, s.due_at, s.sent_at, s.created_at, s.membership_id = $2 as mine,
			1 + (select count(*) from notice_sends c where c.tenant_id = $1 and c.carrier_id = s.id) as notices
		from notice_sends s
		join memberships m on m.tenant_id = s.tenant_id and m.id = s.membership_id
		join notices n on n.tenant_id = s.tenant_id and n.id = s.notice_id
		where s.tenant_id = $1 and s.state <> 'carried' and ($3 or s.membership_id = $2) and ($4 = '' or s.state = $4) and (s.created_at, s.id) < ($5, $6)
		order by s.created_at desc, s.id desc limit $7`, q.Tenant(), me, all, state, after.At, after.ID, limit)
	entries := make([]Entry, 0, len(rows))
	for _, r := range rows {
		if !r.Mine {
			r.Text = ""
		}
		r.Group = groupText[groupOf(r.Kind)]
		entries = append(entries, r.Entry)
	}
	return entries, err
}

// cursor is the last entry of a page.
type cursor struct {
	At time.Time
	ID uuid.UUID
}

func (c cursor) String() string { return c.At.UTC().Format(time.RFC3339Nano) + "," + c.ID.String() }

// parseCursor reads a cursor; the empty one is the beginning.
func parseCursor(text string) (cursor, error) {
	if text == "" {
		return cursor{time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), uuid.Max}, nil
	}
	at, id, _ := strings.Cut(text, ",")
	when, err := time.Parse(time.RFC3339Nano, at)
	which, fault := uuid.Parse(id)
	if err != nil || fault != nil {
		return cursor{}, errs.InvalidField("cursor", "不是有效的翻页位置")
	}
	return cursor{when, which}, nil
}
