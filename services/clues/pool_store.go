package clues

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/tenancy"
)

func setState(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, state, reason string, until *time.Time) error {
	_, err := tx.Exec(ctx, `
		update clues set state = $3, reason = $4, reserve_until = $5, version = version + 1 where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, state, reason, until)
	return err
}

// link notes that a report grew from the clue, which is used now.
func link(ctx context.Context, tx *tenancy.Tx, id, report uuid.UUID) error {
	if _, err := tx.Exec(ctx, `
		insert into clue_reports (tenant_id, clue_id, report_id, linked_at, linked_by) values ($1, $2, $3, $4, $5) on conflict do nothing`,
		tx.Tenant(), id, report, tx.Now(), tx.Principal().Membership); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		update clues set state = 'used', reason = '', reserve_until = null, report_id = $3, version = version + 1 where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, report)
	return err
}

func reportsOf(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `select report_id from clue_reports where tenant_id = $1 and clue_id = $2`, q.Tenant(), id)
}

func setClaim(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, by *uuid.UUID) error {
	_, err := tx.Exec(ctx, `
		update clues set claimed_by = $3, claimed_at = case when $3::uuid is null then null else $4::timestamptz end, version = version + 1
		where tenant_id = $1 and id = $2`, tx.Tenant(), id, by, tx.Now())
	return err
}

// saveText writes the clue in order; the first time the text as it came is set aside.
func saveText(ctx context.Context, tx *tenancy.Tx, c Clue, n NewClue) error {
	_, err := tx.Exec(ctx, `
		update clues set
			received_title = case when $3 <> title or $4 <> body then coalesce(received_title, title) else received_title end,
			received_body = case when $3 <> title or $4 <> body then coalesce(received_body, body) else received_body end,
			title = $3, body = $4, category = $5, place = $6, occasion = $7, stage = $8, source_kind = $9, activity_id = $10, point_id = $11,
			version = version + 1
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), c.ID, n.Title, n.Body, n.Category, n.Place, n.Occasion, n.Stage, n.SourceKind, n.ActivityID, n.PointID)
	return err
}

func insertMessage(ctx context.Context, tx *tenancy.Tx, clue uuid.UUID, body string) error {
	_, err := tx.Exec(ctx, `
		insert into clue_messages (tenant_id, id, clue_id, written_by, body, written_at) values ($1, $2, $3, $4, $5, $6)`,
		tx.Tenant(), tenancy.NewID(), clue, tx.Principal().Membership, body, tx.Now())
	return err
}

func insertDecision(ctx context.Context, tx *tenancy.Tx, clue uuid.UUID, d Decision) error {
	if _, err := tx.Exec(ctx, `
		insert into clue_decisions (tenant_id, id, clue_id, topic, angle, writer_id, note, decided_by, decided_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		tx.Tenant(), tenancy.NewID(), clue, d.Topic, d.Angle, d.WriterID, d.Note, tx.Principal().Membership, tx.Now()); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `
		update clues set topic = $3, angle = $4, writer_id = $5, version = version + 1 where tenant_id = $1 and id = $2`,
		tx.Tenant(), clue, d.Topic, d.Angle, d.WriterID)
	return err
}

// Entry is one line of what was said and decided about a clue, oldest first. A decision has a topic.
type Entry struct {
	ID     uuid.UUID `json:"id"`
	Kind   string    `json:"kind" enum:"message,decision"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Body   string    `json:"body"`
	Topic  string    `json:"topic,omitempty"`
	Angle  string    `json:"angle,omitempty"`
	Writer string    `json:"writer,omitempty"`
}

func entries(ctx context.Context, q tenancy.Querier, clue uuid.UUID) ([]Entry, error) {
	return tenancy.Collect[Entry](ctx, q, `
		select t.id, t.kind, m.name as by, t.at, t.body, t.topic, t.angle, coalesce(w.name, '') as writer
		from (select tenant_id, id, 'message' as kind, written_by as who, written_at as at, body, '' as topic, '' as angle, null::uuid as writer_id
		      from clue_messages where tenant_id = $1 and clue_id = $2
		      union all
		      select tenant_id, id, 'decision', decided_by, decided_at, note, topic, angle, writer_id
		      from clue_decisions where tenant_id = $1 and clue_id = $2) t
		join memberships m on m.tenant_id = t.tenant_id and m.id = t.who
		left join memberships w on w.tenant_id = t.tenant_id and w.id = t.writer_id
		order by t.at, t.id`, q.Tenant(), clue)
}

// Count is how many clues there are of a kind, and what became of them.
type Count struct {
	SourceKind string `json:"source_kind"`
	All        int    `json:"all"`
	Waiting    int    `json:"waiting"`
	Reserved   int    `json:"reserved"`
	Used       int    `json:"used"`
	Dropped    int    `json:"dropped"`
	Reports    int    `json:"reports"`
}

func counts(ctx context.Context, q tenancy.Querier, s scope) ([]Count, error) {
	return tenancy.Collect[Count](ctx, q, `
		select c.source_kind, count(*)::int as "all", count(*) filter (where c.state = 'new')::int as waiting, count(*) filter (where c.state = 'reserved')::int as reserved,
		       count(*) filter (where c.state = 'used')::int as used, count(*) filter (where c.state = 'dropped')::int as dropped,
		       coalesce(sum(r.n), 0)::int as reports
		from clues c left join lateral (select count(*) as n from clue_reports r where r.tenant_id = c.tenant_id and r.clue_id = c.id) r on true
		where c.tenant_id = $1 and ($2 or $3 in (c.created_by, c.claimed_by, c.writer_id, c.voice_id))
		group by c.source_kind order by count(*) desc, c.source_kind`, q.Tenant(), s.all, s.member)
}

// Yield is how many clues came from one place, and how many reports grew from them.
type Yield struct {
	ID      uuid.UUID
	Clues   int
	Reports int
}

// The three statements differ in their column only; SQL is constant text.
const yieldOf = `count(distinct c.id)::int as clues, count(distinct r.report_id)::int as reports
	from clues c left join clue_reports r on r.tenant_id = c.tenant_id and r.clue_id = c.id where c.tenant_id = $1 and `

var yields = map[string]string{
	"activity": `select c.activity_id as id, ` + yieldOf + `c.activity_id = any($2) group by c.activity_id`,
	"point":    `select c.point_id as id, ` + yieldOf + `c.point_id = any($2) group by c.point_id`,
	"visit":    `select c.visit_id as id, ` + yieldOf + `c.visit_id = any($2) group by c.visit_id`,
}
