package tenancy

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Subject is what an event is about.
type Subject struct {
	Kind string
	ID   uuid.UUID
}

// Event is what happened. Measures are signed and feed the figures (dashboards/rollup names them); a correction is
// an event with the opposite measures at the original's time. Origin is the event at the deciding unit that this
// one tells of; zero where it happened here. Child is the tenant the measures are booked under, zero for this one.
// Detail is for the timeline: facts that everyone who may see the subject may see.
type Event struct {
	ID         uuid.UUID
	Kind       string
	Subject    Subject
	OccurredAt time.Time
	Origin     uuid.UUID
	Category   string
	Child      int32
	Measures   map[string]int
	Detail     any
}

// Record writes an event and its line in the audit when the transaction commits, and returns the event's id.
func (tx *Tx) Record(e Event) uuid.UUID {
	if e.ID == uuid.Nil {
		e.ID = NewID()
	}
	if e.Origin == uuid.Nil {
		e.Origin = e.ID
	}
	if e.OccurredAt.IsZero() {
		e.OccurredAt = tx.now
	}
	if e.Measures == nil {
		e.Measures = map[string]int{}
	}
	if e.Detail == nil {
		e.Detail = struct{}{}
	}
	tx.records = append(tx.records, e)
	return e.ID
}

// flush writes events, audit and the subject of the idempotency key in one round trip.
func (tx *Tx) flush(ctx context.Context) error {
	if len(tx.records) == 0 {
		return nil
	}
	var batch pgx.Batch
	p := tx.principal
	actor := p.Name
	if p.System() {
		actor = p.Actor + " " + p.Cause
	}
	for _, e := range tx.records {
		measures, err := json.Marshal(e.Measures)
		if err != nil {
			return err
		}
		detail, err := json.Marshal(e.Detail)
		if err != nil {
			return err
		}
		batch.Queue(`
			insert into events (tenant_id, id, kind, subject_kind, subject_id, occurred_at, recorded_at, origin_event, membership_id, actor, category, child, measures, detail)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
			p.Tenant.ID, e.ID, e.Kind, e.Subject.Kind, e.Subject.ID, e.OccurredAt, tx.now, e.Origin, null(p.Membership), actor, e.Category, nullInt(e.Child), measures, detail)
		batch.Queue(`
			insert into audit (tenant_id, id, at, actor, person_id, membership_id, session_id, action, subject_kind, subject_id, request_id, address)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
			p.Tenant.ID, NewID(), tx.now, actor, null(p.Person), null(p.Membership), null(p.Session), e.Kind, e.Subject.Kind, e.Subject.ID, p.RequestID, p.Address)
	}
	if tx.idem != nil {
		subject := tx.records[0].Subject
		batch.Queue(`
			update idempotency set subject_kind = $4, subject_id = $5 where tenant_id = $1 and person_id = $2 and key = $3`,
			p.Tenant.ID, p.Person, tx.idem.Key, subject.Kind, subject.ID)
	}
	return tx.tx.SendBatch(ctx, &batch).Close()
}

// Touch names one more thing that pages which are open should read again; Record names its subject by itself.
func (tx *Tx) Touch(c Change) { tx.touched = append(tx.touched, c) }

func (tx *Tx) changes() []Change {
	changes := tx.touched
	seen := map[Subject]bool{}
	for _, e := range tx.records {
		if !seen[e.Subject] {
			seen[e.Subject] = true
			changes = append(changes, Change{Kind: e.Subject.Kind, ID: e.Subject.ID.String()})
		}
	}
	return changes
}

func null(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func nullInt(n int32) *int32 {
	if n == 0 {
		return nil
	}
	return &n
}
