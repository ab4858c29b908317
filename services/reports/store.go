package reports

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

const columns = `id, number, state, version, author_id, author_name, author_title, unit_id, title, problem, cause, advice, category, topic, urgency, class,
	flags, mode, channel, source_kind, source_id, sender, sender_report, origin, combined, outcome_no, adopted, adoptions, created_at, updated_at, submitted_at, signed_at,
	note_from, note_address, note_on, author_contact, recorder_id, recorder_name, coauthors, readers, text_by, split_from, absorbed,
	evidence, score, priority, secrecy_checked_by, secrecy_checked_at`

// The kinds of version: as the author submitted it, as it was received, as an editor left it, as it was signed,
// as one writer left it to the next.
const (
	versionOriginal = "original"
	versionSealed   = "sealed"
	versionEdited   = "edited"
	versionIssued   = "issued"
	versionDrafted  = "drafted"
)

func one(r Report, err error) (*Report, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, errs.Missing()
	}
	return &r, err
}

func load(ctx context.Context, q tenancy.Querier, id uuid.UUID) (*Report, error) {
	return one(tenancy.Get[Report](ctx, q, `select `+columns+` from reports where tenant_id = $1 and id = $2`, q.Tenant(), id))
}

// lock loads the report for a change; who comes second waits and then sees the first one's change. Its key stays, so that
// what only refers to it, such as the index of the search, waits for nobody.
func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (*Report, error) {
	return one(tenancy.Get[Report](ctx, tx, `select `+columns+` from reports where tenant_id = $1 and id = $2 for no key update`, tx.Tenant(), id))
}

// lockReceived is the report that a sender's report became here.
func lockReceived(ctx context.Context, tx *tenancy.Tx, sender int32, senderReport uuid.UUID) (*Report, error) {
	return one(tenancy.Get[Report](ctx, tx, `
		select `+columns+` from reports where tenant_id = $1 and sender = $2 and sender_report = $3 for no key update`, tx.Tenant(), sender, senderReport))
}

const insertReport = `
	insert into reports (tenant_id, id, number, state, author_id, author_name, author_title, unit_id, title, problem, cause, advice, category, topic, urgency, class,
		flags, mode, channel, source_kind, source_id, sender, sender_report, origin, combined, created_at, updated_at, submitted_at,
		note_from, note_address, note_on, author_contact, recorder_id, recorder_name, text_by, split_from, evidence, secrecy_checked_by, secrecy_checked_at)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35,
		$36, $37, $38)
	on conflict (tenant_id, id) do nothing`

// insert writes a new report, and its first version where a kind is given, in one statement. False where the id is taken.
func insert(ctx context.Context, tx *tenancy.Tx, r *Report, version string) (bool, error) {
	args := []any{tx.Tenant(), r.ID, r.Number, r.State, r.AuthorID, r.AuthorName, r.AuthorTitle, r.UnitID, r.Title, r.Problem, r.Cause, r.Advice, r.Category, r.Topic,
		r.Urgency, r.Class, r.Flags, r.Mode, r.Channel, r.SourceKind, r.SourceID, r.Sender, r.SenderReport, r.Origin, r.Combined, r.CreatedAt, r.SubmittedAt,
		r.NoteFrom, r.NoteAddress, r.NoteOn, r.AuthorContact, r.RecorderID, r.RecorderName, r.TextBy, r.SplitFrom, r.Evidence, r.SecrecyCheckedBy, r.SecrecyCheckedAt}
	if version == "" {
		n, err := tx.Exec(ctx, insertReport, args...)
		return n == 1, err
	}
	n, err := tx.Exec(ctx, `
		with report as (`+insertReport+` returning id)
		insert into report_versions (tenant_id, report_id, no, kind, title, problem, cause, advice, digest, written_by, written_at)
		select $1, id, 1, $39, $9, $10, $11, $12, $40, $41, $26 from report`, append(args, version, r.digest(), optional(tx.Principal().Membership))...)
	return n == 1, err
}

// save writes what may change of a report and counts its version up.
func save(ctx context.Context, tx *tenancy.Tx, r *Report) error {
	r.Version++
	r.UpdatedAt = tx.Now()
	_, err := tx.Exec(ctx, `
		update reports set number = $3, state = $4, version = $5, title = $6, problem = $7, cause = $8, advice = $9, category = $10, topic = $11, urgency = $12,
			class = $13, flags = $14, outcome_no = $15, author_name = $16, author_title = $17, updated_at = $18, submitted_at = $19, signed_at = $20,
			mode = $21, channel = $22, source_kind = $23, note_from = $24, note_address = $25, note_on = $26, author_id = $27, unit_id = $28,
			author_contact = $29, recorder_id = $30, recorder_name = $31, text_by = $32, absorbed = $33,
			evidence = $34, score = $35, secrecy_checked_by = $36, secrecy_checked_at = $37
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), r.ID, r.Number, r.State, r.Version, r.Title, r.Problem, r.Cause, r.Advice, r.Category, r.Topic, r.Urgency,
		r.Class, r.Flags, r.OutcomeNo, r.AuthorName, r.AuthorTitle, r.UpdatedAt, r.SubmittedAt, r.SignedAt,
		r.Mode, r.Channel, r.SourceKind, r.NoteFrom, r.NoteAddress, r.NoteOn, r.AuthorID, r.UnitID,
		r.AuthorContact, r.RecorderID, r.RecorderName, r.TextBy, r.Absorbed,
		r.Evidence, r.Score, r.SecrecyCheckedBy, r.SecrecyCheckedAt)
	return err
}

// saveOutcomeNo keeps the number of the last outcome; the text's version stays.
func saveOutcomeNo(ctx context.Context, tx *tenancy.Tx, r *Report) error {
	_, err := tx.Exec(ctx, `update reports set outcome_no = $3 where tenant_id = $1 and id = $2`, tx.Tenant(), r.ID, r.OutcomeNo)
	return err
}

// saveAdoptions keeps the copies of the adoptions in force. The text's version stays: nobody's edit becomes stale by news.
func saveAdoptions(ctx context.Context, tx *tenancy.Tx, r *Report) error {
	_, err := tx.Exec(ctx, `update reports set adopted = $3, adoptions = $4 where tenant_id = $1 and id = $2`, tx.Tenant(), r.ID, r.Adopted, r.Adoptions)
	return err
}

// appendVersion keeps the caller's text as it stands, unless the last one of its kind says the same.
func appendVersion(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, kind string, t Text, from Origin) error {
	return appendVersionBy(ctx, tx, report, kind, t, from, optional(tx.Principal().Membership))
}

// appendVersionBy is appendVersion of a text that somebody else may have written.
func appendVersionBy(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, kind string, t Text, from Origin, by *uuid.UUID) error {
	var sender *int32
	if from.Sender != 0 {
		sender = &from.Sender
	}
	_, err := tx.Exec(ctx, `
		with last as (
			select coalesce(max(no), 0) as no,
			       (array_agg(digest order by no desc) filter (where kind = $3 and letter is not distinct from $10::uuid))[1] as digest
			from report_versions where tenant_id = $1 and report_id = $2)
		insert into report_versions (tenant_id, report_id, no, kind, title, problem, cause, advice, digest, sender, letter, written_by, written_at)
		select $1, $2, last.no + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 from last where last.digest is distinct from $8`,
		tx.Tenant(), report, kind, t.Title, t.Problem, t.Cause, t.Advice, t.digest(), sender, optional(from.Letter), by, tx.Now())
	return err
}

// keepDraft keeps the text that another person goes on from, under the name of who left it, unless it is the last version.
func keepDraft(ctx context.Context, tx *tenancy.Tx, r *Report, t Text) error {
	_, err := tx.Exec(ctx, `
		with last as (select coalesce(max(no), 0) as no, (array_agg(digest order by no desc))[1] as digest
			from report_versions where tenant_id = $1 and report_id = $2)
		insert into report_versions (tenant_id, report_id, no, kind, title, problem, cause, advice, digest, written_by, written_at)
		select $1, $2, last.no + 1, $3, $4, $5, $6, $7, $8, $9, $10 from last where last.digest is distinct from $8`,
		tx.Tenant(), r.ID, versionDrafted, t.Title, t.Problem, t.Cause, t.Advice, t.digest(), r.TextBy, r.UpdatedAt)
	return err
}

// versionRow is a version with the name of who wrote it.
type versionRow struct {
	No   int
	Kind string
	Text
	Digest    []byte
	Sender    *int32
	Letter    *uuid.UUID
	WrittenBy string
	WrittenAt time.Time
}

func versions(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]versionRow, error) {
	return tenancy.Collect[versionRow](ctx, q, `
		select v.no, v.kind, v.title, v.problem, v.cause, v.advice, v.digest, v.sender, v.letter, coalesce(m.name, '') as written_by, v.written_at
		from report_versions v left join memberships m on m.tenant_id = v.tenant_id and m.id = v.written_by
		where v.tenant_id = $1 and v.report_id = $2 order by v.no`, q.Tenant(), report)
}

func origins(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Origin, error) {
	return tenancy.Collect[Origin](ctx, q, `
		select r.sender, r.sender_report, v.letter
		from reports r, lateral (
			select letter from report_versions where tenant_id = $1 and report_id = r.id and kind = 'sealed' and sender = r.sender order by no desc limit 1) v
		where r.tenant_id = $1 and r.id = $2 and r.sender is not null`, q.Tenant(), report)
}

// carriers are the report and those that its matter went into.
func carriers(ctx context.Context, q tenancy.Querier, id uuid.UUID) ([]uuid.UUID, error) {
	return tenancy.Scalars[uuid.UUID](ctx, q, `
		with recursive way(id) as (
			select $2::uuid
			union
			select n.id from way w, lateral (
				select s.report_id as id from report_sources s where s.tenant_id = $1 and s.source_id = w.id
				union all
				select r.id from reports r where r.tenant_id = $1 and r.split_from = w.id) n)
		select id from way`, q.Tenant(), id)
}

// source is one part of a combined report.
type source struct {
	SourceID uuid.UUID
	Kind     string
	Title    string
	Share    float64
}

// How a report is the source of another.
const (
	sourcePart      = "part"
	sourceDuplicate = "duplicate"
	sourceWhole     = "whole"
)

func sources(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]source, error) {
	return tenancy.Collect[source](ctx, q, `
		select s.source_id, s.kind, r.title, s.share::float8 as share from report_sources s join reports r on r.tenant_id = s.tenant_id and r.id = s.source_id
		where s.tenant_id = $1 and s.report_id = $2 order by s.position`, q.Tenant(), report)
}

func insertSource(ctx context.Context, tx *tenancy.Tx, report, source uuid.UUID, position, hundredths int) error {
	_, err := tx.Exec(ctx, `
		insert into report_sources (tenant_id, report_id, source_id, position, share) values ($1, $2, $3, $4, $5::int / 100.0)`,
		tx.Tenant(), report, source, position, hundredths)
	return err
}

func updateSource(ctx context.Context, tx *tenancy.Tx, report, source uuid.UUID, position, hundredths int) error {
	_, err := tx.Exec(ctx, `
		update report_sources set position = $4, share = $5::int / 100.0 where tenant_id = $1 and report_id = $2 and source_id = $3`,
		tx.Tenant(), report, source, position, hundredths)
	return err
}

// insertOutcome is true where the outcome was not known yet.
func insertOutcome(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, o Outcome) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into report_outcomes (tenant_id, report_id, origin_event, decider, decider_report, no, outcome, form, level, occurred_at, received_at, counted, corrects, words)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
		tx.Tenant(), report, o.Event, o.Decider.ID, o.DeciderReport, o.No, o.Kind, o.Form, o.Level, o.OccurredAt, tx.Now(), !o.Told, optional(o.Corrects), o.Words)
	return n == 1, err
}

// outcomeRow is an outcome as it is kept.
type outcomeRow struct {
	OriginEvent   uuid.UUID
	Decider       int32
	DeciderReport uuid.UUID
	No            int
	Outcome       string
	Form          string
	Level         string
	OccurredAt    time.Time
	Corrects      *uuid.UUID
	Words         string
}

func outcomes(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]outcomeRow, error) {
	return tenancy.Collect[outcomeRow](ctx, q, `
		select origin_event, decider, decider_report, no, outcome, form, level, occurred_at, corrects, words
		from report_outcomes where tenant_id = $1 and report_id = $2 and counted order by occurred_at, origin_event`, q.Tenant(), report)
}

// booked is what of the report counts now.
func booked(ctx context.Context, q tenancy.Querier, report uuid.UUID) (map[string]booking, error) {
	type row struct {
		Key        string
		Measure    string
		OccurredAt time.Time
	}
	rows, err := tenancy.Collect[row](ctx, q, `select key, measure, occurred_at from report_tally where tenant_id = $1 and report_id = $2`, q.Tenant(), report)
	all := make(map[string]booking, len(rows))
	for _, r := range rows {
		all[r.Key] = booking{r.Measure, r.OccurredAt}
	}
	return all, err
}

func replaceBooked(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, have, want map[string]booking) error {
	for key, old := range have {
		if now, stays := want[key]; stays && now.Measure == old.Measure && now.OccurredAt.Equal(old.OccurredAt) {
			continue
		}
		if _, err := tx.Exec(ctx, `delete from report_tally where tenant_id = $1 and report_id = $2 and key = $3`, tx.Tenant(), report, key); err != nil {
			return err
		}
	}
	for key, b := range want {
		if old, stood := have[key]; stood && b.Measure == old.Measure && b.OccurredAt.Equal(old.OccurredAt) {
			continue
		}
		if _, err := tx.Exec(ctx, `
			insert into report_tally (tenant_id, report_id, key, measure, occurred_at) values ($1, $2, $3, $4, $5)`,
			tx.Tenant(), report, key, b.Measure, b.OccurredAt); err != nil {
			return err
		}
	}
	return nil
}

// countedRow is what the report's events have counted under one category and moment.
type countedRow struct {
	OccurredAt time.Time
	Child      *int32
	Category   string
	Measure    string
	N          int
}

func counted(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]countedRow, error) {
	return tenancy.Collect[countedRow](ctx, q, `
		select e.occurred_at, e.child, e.category, m.key as measure, sum(m.value::int)::int as n
		from events e, lateral jsonb_each_text(e.measures) m
		where e.tenant_id = $1 and e.subject_kind = 'report' and e.subject_id = $2 and e.measures <> '{}'
		group by 1, 2, 3, 4 having sum(m.value::int) <> 0 order by 1, 3, 4`, q.Tenant(), report)
}

// happened tells whether the report has an event of the kind about the letter.
func happened(ctx context.Context, q tenancy.Querier, report uuid.UUID, kind string, letter uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from events where tenant_id = $1 and subject_kind = 'report' and subject_id = $2 and kind = $3 and detail->>'letter' = $4)`,
		q.Tenant(), report, kind, letter.String())
}

// eventRow is an event of the report as its timeline needs it.
type eventRow struct {
	ID           uuid.UUID
	Kind         string
	OccurredAt   time.Time
	RecordedAt   time.Time
	OriginEvent  uuid.UUID
	MembershipID *uuid.UUID
	Actor        string
	Detail       []byte
}

// events are those of the timeline: neither what only counts nor an author's work on a draft.
func events(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]eventRow, error) {
	return tenancy.Collect[eventRow](ctx, q, `
		select id, kind, occurred_at, recorded_at, origin_event, membership_id, actor, detail
		from events where tenant_id = $1 and subject_kind = 'report' and subject_id = $2 and kind like 'report.%' and kind not in ('report.booked', 'report.drafted')
		order by occurred_at, recorded_at, id`, q.Tenant(), report)
}
