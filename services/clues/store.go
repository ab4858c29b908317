package clues

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/clock"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// row is a clue with the names of its people.
type row struct {
	ID                             uuid.UUID
	Title, Body                    string
	SourceKind, SourceRef          string
	Place, Category                string
	Stage, State, Reason           string
	ReportID                       *uuid.UUID
	ReceivedAt                     time.Time
	Channel, Occasion              string
	OriginKind, OriginName         string
	OriginURL, OriginOn            string
	VoiceID                        *uuid.UUID
	VoiceName, VoiceTitle          string
	VoiceContact                   string
	ReceivedTitle, ReceivedBody    *string
	CreatedBy, ClaimedBy, WriterID *uuid.UUID
	CreatorName, ClaimerName       string
	WriterName                     string
	Topic, Angle                   string
	ReserveUntil, Receipt          string
	ActivityID, PointID, VisitID   *uuid.UUID
	Version                        int
}

const (
	rest = `
	c.source_kind, c.source_ref, c.place, c.category, c.stage, c.state, c.reason, c.report_id, c.received_at, c.channel, c.occasion,
	c.origin_kind, c.origin_name, c.origin_url, coalesce(to_char(c.origin_on, 'YYYY-MM-DD'), '') as origin_on,
	c.voice_id, coalesce(v.name, c.voice_name) as voice_name, coalesce(v.title, c.voice_title) as voice_title, c.voice_contact,
	c.created_by, c.claimed_by, c.writer_id, coalesce(e.name, '') as creator_name, coalesce(k.name, '') as claimer_name, coalesce(w.name, '') as writer_name,
	c.topic, c.angle, coalesce(to_char(c.reserve_until, 'YYYY-MM-DD'), '') as reserve_until, c.receipt, c.activity_id, c.point_id, c.visit_id, c.version
	from clues c
	left join memberships v on v.tenant_id = c.tenant_id and v.id = c.voice_id
	left join memberships e on e.tenant_id = c.tenant_id and e.id = c.created_by
	left join memberships k on k.tenant_id = c.tenant_id and k.id = c.claimed_by
	left join memberships w on w.tenant_id = c.tenant_id and w.id = c.writer_id
	where c.tenant_id = $1 `
	whole   = `select c.id, c.title, c.body, c.received_title, c.received_body, ` + rest
	excerpt = `select c.id, c.title, case when length(c.body) > 120 then left(c.body, 120) || '……' else c.body end as body,
	null as received_title, null as received_body, ` + rest
)

func (r row) clue() Clue {
	c := Clue{ID: r.ID, Title: r.Title, Body: r.Body, SourceKind: r.SourceKind, SourceRef: r.SourceRef, Place: r.Place, Category: r.Category,
		Stage: r.Stage, State: r.State, Reason: r.Reason, ReportID: r.ReportID, ReceivedAt: r.ReceivedAt, Channel: r.Channel, Occasion: r.Occasion,
		EnteredBy: party(r.CreatedBy, r.CreatorName), ClaimedBy: party(r.ClaimedBy, r.ClaimerName), Writer: party(r.WriterID, r.WriterName),
		Topic: r.Topic, Angle: r.Angle, ReserveUntil: r.ReserveUntil, Receipt: r.Receipt,
		ActivityID: r.ActivityID, PointID: r.PointID, VisitID: r.VisitID, Version: r.Version}
	if r.OriginKind != "" {
		c.Origin = &Origin{Kind: r.OriginKind, Name: r.OriginName, URL: r.OriginURL, On: r.OriginOn}
	}
	if r.VoiceID != nil || r.VoiceName != "" {
		c.OnBehalf = &Voice{MemberID: r.VoiceID, Name: r.VoiceName, Title: r.VoiceTitle, Contact: r.VoiceContact}
	}
	if r.ReceivedTitle != nil && r.ReceivedBody != nil {
		c.Received = &Text{Title: *r.ReceivedTitle, Body: *r.ReceivedBody}
	}
	return c
}

func party(id *uuid.UUID, name string) *Party {
	if id == nil {
		return nil
	}
	return &Party{ID: *id, Name: name}
}

func findClue(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Clue, error) {
	return oneClue(tenancy.Get[row](ctx, q, whole+`and c.id = $2`, q.Tenant(), id))
}

func lockClue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Clue, error) {
	return oneClue(tenancy.Get[row](ctx, tx, whole+`and c.id = $2 for update of c`, tx.Tenant(), id))
}

func oneClue(r row, err error) (Clue, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return r.clue(), err
}

// scope is what of the clues the caller sees: all, or those that are his own.
type scope struct {
	all    bool
	member uuid.UUID
}

// A clue in reserve whose day has come waits like a new one.
func listClues(ctx context.Context, q tenancy.Querier, f Filter, s scope, after cursor, limit int) ([]Clue, error) {
	rows, err := tenancy.Collect[row](ctx, q, excerpt+`
		  and ($2 = '' or c.state = $2 or $2 = 'new' and c.state = 'reserved' and c.reserve_until <= $3)
		  and ($4 = '' or c.category = $4)
		  and ($5 = '' or position(lower($5) in lower(c.title || ' ' || c.body || ' ' || c.source_ref || ' ' || c.place || ' ' || c.topic || ' ' || c.receipt)) > 0)
		  and ($6 = '' or c.stage = $6) and ($7 = '' or c.source_kind = $7)
		  and ($8 = '' or $8 = 'claimed' and c.claimed_by = $10 or $8 = 'writing' and c.writer_id = $10 or $8 = 'entered' and c.created_by = $10)
		  and ($9 or $10 in (c.created_by, c.claimed_by, c.writer_id, c.voice_id))
		  and ($11::uuid is null or c.activity_id = $11) and ($12::uuid is null or c.point_id = $12) and ($13::uuid is null or c.visit_id = $13)
		  and ($14::uuid is null or exists (select from clue_reports r where r.tenant_id = c.tenant_id and r.clue_id = c.id and r.report_id = $14))
		  and (c.received_at, c.id) < ($15, $16)
		order by c.received_at desc, c.id desc limit $17`,
		q.Tenant(), f.State, clock.Today(q.Now()), f.Category, f.Text, f.Stage, f.SourceKind, f.Mine, s.all, s.member,
		f.ActivityID, f.PointID, f.VisitID, f.ReportID, after.At, after.ID, limit)
	found := make([]Clue, 0, len(rows))
	for _, r := range rows {
		c := r.clue()
		c.OnBehalf = c.OnBehalf.mask(c.Channel == "point")
		found = append(found, c)
	}
	return found, err
}

// bySource finds clues by where they came from: reference to id.
func bySource(ctx context.Context, q tenancy.Querier, kind string, refs []string) (map[string]uuid.UUID, error) {
	type found struct {
		SourceRef string
		ID        uuid.UUID
	}
	rows, err := tenancy.Collect[found](ctx, q, `
		select source_ref, id from clues where tenant_id = $1 and source_kind = $2 and source_ref = any($3) and source_ref <> ''`,
		q.Tenant(), kind, refs)
	ids := make(map[string]uuid.UUID, len(rows))
	for _, r := range rows {
		ids[r.SourceRef] = r.ID
	}
	return ids, err
}

// insertClue tells whether the clue is new; it is not where one of the same source is there already.
func insertClue(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewClue) (bool, error) {
	if p := tx.Principal(); !p.System() {
		n.by = &p.Membership
	}
	var o Origin
	if n.Origin != nil {
		o = *n.Origin
	}
	var v Voice
	if n.OnBehalf != nil {
		v = *n.OnBehalf
	}
	rows, err := tx.Exec(ctx, `
		insert into clues (tenant_id, id, title, body, source_kind, source_ref, place, category, received_at, created_at, created_by,
			stage, channel, occasion, origin_kind, origin_name, origin_url, origin_on, voice_id, voice_name, voice_title, voice_contact,
			activity_id, point_id, visit_id, receipt)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, nullif($18, '')::date, $19, $20, $21, $22, $23, $24, $25, $26)
		on conflict (tenant_id, source_kind, source_ref) where source_ref <> '' do nothing`,
		tx.Tenant(), id, n.Title, n.Body, n.SourceKind, n.SourceRef, n.Place, n.Category, n.ReceivedAt, tx.Now(), n.by,
		n.Stage, n.Channel, n.Occasion, o.Kind, o.Name, o.URL, o.On, v.MemberID, v.Name, v.Title, v.Contact,
		n.ActivityID, n.PointID, n.VisitID, n.receipt)
	return rows == 1, err
}

func receiptOf(ctx context.Context, q tenancy.Querier, id uuid.UUID) (string, error) {
	return tenancy.Scalar[string](ctx, q, `select receipt from clues where tenant_id = $1 and id = $2`, q.Tenant(), id)
}

// isMember tells whether somebody belongs to the unit and may be given something to do.
func isMember(ctx context.Context, q tenancy.Querier, id uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from memberships where tenant_id = $1 and id = $2 and state = 'active' and class = 'business')`, q.Tenant(), id)
}
