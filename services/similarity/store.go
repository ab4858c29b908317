package similarity

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/tenancy"
)

// match is another report and how alike it is.
type match struct {
	ID    uuid.UUID
	Score float64
}

const (
	mostOfKey  = 400 // reports looked at under one word, the newest
	candidates = 80  // reports compared in full
)

// alike are the reports of the tenant that share the most telling words, compared in full, the most alike first.
func alike(ctx context.Context, q tenancy.Querier, p printOf, self uuid.UUID, least float64, most int) ([]match, error) {
	type row struct {
		ReportID uuid.UUID
		Words    []byte
	}
	keys, weights := p.asked()
	rows, err := tenancy.Collect[row](ctx, q, `
		with near as (
			select k.report_id, sum(a.weight) as weight
			from unnest($2::bigint[], $3::real[]) a (key, weight), lateral (
				select report_id from similarity_keys where tenant_id = $1 and key = a.key order by report_id desc limit $5) k
			where k.report_id <> $4 group by k.report_id order by weight desc, k.report_id limit $6)
		select p.report_id, p.words from near join similarity_prints p on p.tenant_id = $1 and p.report_id = near.report_id`,
		q.Tenant(), keys, weights, self, mostOfKey, candidates)
	if err != nil {
		return nil, err
	}
	var found []match
	for _, r := range rows {
		if s := score(p.words, unpack(r.Words)); s >= least {
			found = append(found, match{r.ReportID, s})
		}
	}
	return best(found, most), nil
}

// keep puts the print of a report in place; false where it stands there already.
func keep(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, p printOf) (bool, error) {
	packed := pack(p.words)
	same, err := tenancy.Scalar[bool](ctx, tx, `
		select exists (select from similarity_prints where tenant_id = $1 and report_id = $2 and words = $3)`, tx.Tenant(), id, packed)
	if err != nil || same {
		return false, err
	}
	if err := tx.Derive(ctx, `delete from similarity_keys where tenant_id = $1 and report_id = $2 and key = any(
		select unnest(keys) from similarity_prints where tenant_id = $1 and report_id = $2)`, tx.Tenant(), id); err != nil {
		return false, err
	}
	if err := tx.Derive(ctx, `
		insert into similarity_prints (tenant_id, report_id, keys, words) values ($1, $2, $3, $4)
		on conflict (tenant_id, report_id) do update set keys = excluded.keys, words = excluded.words`, tx.Tenant(), id, p.kept(), packed); err != nil {
		return false, err
	}
	return true, tx.Derive(ctx, `insert into similarity_keys (tenant_id, key, report_id) select $1, k, $2 from unnest($3::bigint[]) k`, tx.Tenant(), id, p.kept())
}

// forget takes a report out: it is a draft again, or was recalled.
func forget(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	for _, statement := range []string{
		`delete from similarity_keys where tenant_id = $1 and report_id = $2 and key = any(select unnest(keys) from similarity_prints where tenant_id = $1 and report_id = $2)`,
		`delete from similarity_prints where tenant_id = $1 and report_id = $2`,
		`delete from similarity_findings where tenant_id = $1 and (report_id = $2 or other_id = $2)`,
	} {
		if err := tx.Derive(ctx, statement, tx.Tenant(), id); err != nil {
			return err
		}
	}
	return printsPut(ctx, tx, id, nil)
}

// finding is what was found when a report came: the most alike, and whether there is something elsewhere.
type finding struct {
	ReportID  uuid.UUID
	OtherID   *uuid.UUID
	Score     float64
	Elsewhere bool
}

func findings(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]finding, error) {
	rows, err := tenancy.Collect[finding](ctx, q, `
		select report_id, other_id, score::float8 as score, elsewhere from similarity_findings where tenant_id = $1 and report_id = any($2)`, q.Tenant(), ids)
	all := make(map[uuid.UUID]finding, len(rows))
	for _, f := range rows {
		all[f.ReportID] = f
	}
	return all, err
}

func putFinding(ctx context.Context, tx *tenancy.Tx, f finding) error {
	return tx.Derive(ctx, `
		insert into similarity_findings (tenant_id, report_id, other_id, score, elsewhere, found_at) values ($1, $2, $3, $4, $5, $6)
		on conflict (tenant_id, report_id) do update set other_id = excluded.other_id, score = excluded.score, elsewhere = excluded.elsewhere, found_at = excluded.found_at`,
		tx.Tenant(), f.ReportID, f.OtherID, float32(f.Score), f.Elsewhere, tx.Now())
}

// verdict is what was said of two reports.
type verdict struct {
	OneID, OtherID uuid.UUID
	Verdict        string
	DecidedBy      string
	DecidedAt      time.Time
}

// verdicts are what was said of the report and others, by the other's id.
func verdicts(ctx context.Context, q tenancy.Querier, id uuid.UUID) (map[uuid.UUID]verdict, error) {
	rows, err := tenancy.Collect[verdict](ctx, q, `
		select v.one_id, v.other_id, v.verdict, coalesce(m.name, '') as decided_by, v.decided_at
		from similarity_verdicts v left join memberships m on m.tenant_id = v.tenant_id and m.id = v.decided_by
		where v.tenant_id = $1 and (v.one_id = $2 or v.other_id = $2)`, q.Tenant(), id)
	all := make(map[uuid.UUID]verdict, len(rows))
	for _, v := range rows {
		other := v.OneID
		if other == id {
			other = v.OtherID
		}
		all[other] = v
	}
	return all, err
}

// ordered puts two ids into the order they are kept in, as the database compares them.
func ordered(a, b uuid.UUID) (uuid.UUID, uuid.UUID) {
	if a.String() < b.String() {
		return a, b
	}
	return b, a
}

func putVerdict(ctx context.Context, tx *tenancy.Tx, a, b uuid.UUID, word string, score float64) error {
	one, other := ordered(a, b)
	var by *uuid.UUID
	if m := tx.Principal().Membership; m != uuid.Nil {
		by = &m
	}
	_, err := tx.Exec(ctx, `
		insert into similarity_verdicts (tenant_id, one_id, other_id, verdict, score, decided_by, decided_at) values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (tenant_id, one_id, other_id) do update set verdict = excluded.verdict, score = excluded.score, decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
		tx.Tenant(), one, other, word, float32(score), by, tx.Now())
	return err
}

// linkedOf tells which of the reports somebody linked as a duplicate.
func linkedOf(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	rows, err := tenancy.Scalars[uuid.UUID](ctx, q, `
		select one_id from similarity_verdicts where tenant_id = $1 and one_id = any($2) and verdict = 'duplicate'
		union select other_id from similarity_verdicts where tenant_id = $1 and other_id = any($2) and verdict = 'duplicate'`, q.Tenant(), ids)
	linked := make(map[uuid.UUID]bool, len(rows))
	for _, id := range rows {
		linked[id] = true
	}
	return linked, err
}

// printsPut gives the platform the min-hashes of a report; none takes it out.
func printsPut(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, prints []int64) error {
	_, err := tenancy.Scalar[bool](ctx, tx, `select platform.prints_put($1, coalesce($2::bigint[], '{}'), $3::date) is null`, id, prints, today(tx))
	return err
}

// elsewhere asks the platform; false where it does not answer any more today.
func elsewhere(ctx context.Context, tx *tenancy.Tx, prints []int64) (bool, error) {
	found, err := tenancy.Scalar[*bool](ctx, tx, `select platform.prints_elsewhere($1, $2::date)`, prints, today(tx))
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return found != nil && *found, err
}

func leave(ctx context.Context, tx *tenancy.Tx) error {
	_, err := tenancy.Scalar[bool](ctx, tx, `select platform.prints_leave() is null`)
	return err
}

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

func today(q tenancy.Querier) string { return q.Now().In(shanghai).Format(time.DateOnly) }
