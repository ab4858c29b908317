package imports

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// stored is a row with its cells, as it waits.
type stored struct {
	No        int
	Key       string
	Cells     Cells
	State     string
	Reason    string
	SubjectID *uuid.UUID
}

const importQuery = `
	select i.id, i.kind, i.name, i.submit, i.state, i.created_at, i.finished_at, coalesce(m.name, '') as by,
	       r.ready, r.refused, r.done, r.repeat
	from imports i
	left join memberships m on m.tenant_id = i.tenant_id and m.id = i.membership_id
	cross join lateral (
	    select count(*) filter (where state = 'ready')::int as ready, count(*) filter (where state = 'refused')::int as refused,
	           count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'repeat')::int as repeat
	    from import_rows where tenant_id = i.tenant_id and import_id = i.id) r
	where i.tenant_id = $1`

func findImport(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Import, error) {
	i, err := tenancy.Get[Import](ctx, q, importQuery+` and i.id = $2`, q.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return i, err
}

// oneAtATime lets the imports of a tenant bring in their rows one after another: what one brought in, the next knows.
func oneAtATime(ctx context.Context, tx *tenancy.Tx) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('imports ' || $1::int, 0))`, tx.Tenant())
	return err
}

func lockImport(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tenancy.Scalar[uuid.UUID](ctx, tx, `select id from imports where tenant_id = $1 and id = $2 for update`, tx.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return err
}

func listImports(ctx context.Context, q tenancy.Querier) ([]Import, error) {
	return tenancy.Collect[Import](ctx, q, importQuery+` order by i.created_at desc, i.id desc limit 50`, q.Tenant())
}

func starter(ctx context.Context, q tenancy.Querier, id uuid.UUID) (uuid.UUID, error) {
	return tenancy.Scalar[uuid.UUID](ctx, q, `select membership_id from imports where tenant_id = $1 and id = $2`, q.Tenant(), id)
}

func insertImport(ctx context.Context, tx *tenancy.Tx, i Import, rows []stored) error {
	if _, err := tx.Exec(ctx, `
		insert into imports (tenant_id, id, membership_id, kind, name, submit, state, created_at) values ($1, $2, $3, $4, $5, $6, 'checked', $7)`,
		tx.Tenant(), i.ID, tx.Principal().Membership, i.Kind, i.Name, i.Submit, tx.Now()); err != nil {
		return err
	}
	n := len(rows)
	numbers, keys, cells, states, reasons, subjects := make([]int, n), make([]string, n), make([]Cells, n), make([]string, n), make([]string, n), make([]*uuid.UUID, n)
	for at, r := range rows {
		numbers[at], keys[at], cells[at], states[at], reasons[at], subjects[at] = r.No, r.Key, r.Cells, r.State, r.Reason, r.SubjectID
	}
	_, err := tx.Exec(ctx, `
		insert into import_rows (tenant_id, import_id, no, key, cells, state, reason, subject_id)
		select $1, $2, no, key, cells, state, reason, subject_id
		from unnest($3::int[], $4::text[], $5::jsonb[], $6::text[], $7::text[], $8::uuid[]) as r (no, key, cells, state, reason, subject_id)`,
		tx.Tenant(), i.ID, numbers, keys, cells, states, reasons, subjects)
	return err
}

func nextRows(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, limit int) ([]stored, error) {
	return tenancy.Collect[stored](ctx, tx, `
		select no, key, cells, state, reason, subject_id from import_rows
		where tenant_id = $1 and import_id = $2 and state = 'ready' order by no limit $3`, tx.Tenant(), id, limit)
}

func saveRows(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, rows []stored) error {
	for _, r := range rows {
		if _, err := tx.Exec(ctx, `
			update import_rows set state = $4, reason = $5, subject_id = $6 where tenant_id = $1 and import_id = $2 and no = $3`,
			tx.Tenant(), id, r.No, r.State, r.Reason, r.SubjectID); err != nil {
			return err
		}
	}
	return nil
}

func setState(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, state string) error {
	_, err := tx.Exec(ctx, `
		update imports set state = $3, finished_at = case when $3 in ('done', 'cancelled') then $4::timestamptz end where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, state, tx.Now())
	return err
}

func listRows(ctx context.Context, q tenancy.Querier, id uuid.UUID, state string, after, limit int) ([]Row, error) {
	return tenancy.Collect[Row](ctx, q, `
		select no, key, coalesce(cells->>'标题', '') as title, state, reason, subject_id from import_rows
		where tenant_id = $1 and import_id = $2 and ($3 = '' or state = $3) and no > $4 order by no limit $5`, q.Tenant(), id, state, after, limit)
}

// keyOf is what a key brought in before, nil where nothing.
func keyOf(ctx context.Context, tx *tenancy.Tx, kind, key string) (*uuid.UUID, error) {
	found, err := tenancy.Scalars[uuid.UUID](ctx, tx, `select subject_id from import_keys where tenant_id = $1 and kind = $2 and key = $3`, tx.Tenant(), kind, key)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

func insertKey(ctx context.Context, tx *tenancy.Tx, kind, key string, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `insert into import_keys (tenant_id, kind, key, subject_id, created_at) values ($1, $2, $3, $4, $5)`, tx.Tenant(), kind, key, id, tx.Now())
	return err
}

// membersNamed finds active members of the business by login, or by name.
func membersNamed(ctx context.Context, tx *tenancy.Tx, name string) ([]uuid.UUID, error) {
	byLogin, err := tenancy.Scalars[uuid.UUID](ctx, tx, `
		select m.id from memberships m join platform.logins_of(array(select person_id from memberships where tenant_id = $1)) l on l.person_id = m.person_id
		where m.tenant_id = $1 and m.state = 'active' and m.class = 'business' and l.login = lower($2)`, tx.Tenant(), name)
	if err != nil || len(byLogin) > 0 {
		return byLogin, err
	}
	return tenancy.Scalars[uuid.UUID](ctx, tx, `
		select id from memberships where tenant_id = $1 and state = 'active' and class = 'business' and name = $2 limit 5`, tx.Tenant(), name)
}
