package experts

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

const selectExperts = `
	select e.id, e.membership_id, e.unit_id, e.name, e.title, e.organisation, e.phone, e.fields, e.tags, e.note, e.active, e.version, coalesce(u.name, '') as unit
	from experts e left join units u on u.tenant_id = e.tenant_id and u.id = e.unit_id where e.tenant_id = $1 `

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Expert, error) {
	e, err := tenancy.Get[Expert](ctx, q, selectExperts+`and e.id = $2`, q.Tenant(), id)
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return e, err
}

func list(ctx context.Context, q tenancy.Querier, f Filter) ([]Expert, error) {
	found, err := tenancy.Collect[Expert](ctx, q, selectExperts+`
		and (not $2 or e.active) and ($3 = '' or $3 = any(e.fields) or $3 = any(e.tags)) and ($4::uuid is null or e.unit_id = $4)
		and ($5 = '' or strpos(lower(concat_ws(' ', e.name, e.title, e.organisation, array_to_string(e.fields, ' '), array_to_string(e.tags, ' '))), lower($5)) > 0)
		order by e.active desc, e.name, e.id limit $6`, q.Tenant(), f.Active, f.Field, f.Unit, f.Text, maxFound)
	if found == nil {
		found = []Expert{}
	}
	return found, err
}

// insert is false where the member stands in the directory already.
func insert(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, e Entry) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into experts (tenant_id, id, membership_id, unit_id, name, title, organisation, phone, fields, tags, note, active, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		on conflict (tenant_id, membership_id) where membership_id is not null do nothing`,
		tx.Tenant(), id, e.MembershipID, e.UnitID, e.Name, e.Title, e.Organisation, e.Phone, e.Fields, e.Tags, e.Note, e.Active, tx.Now())
	return n == 1, err
}

// update is false where the version no longer stands.
func update(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, version int, e Entry) (bool, error) {
	n, err := tx.Exec(ctx, `
		update experts set unit_id = $4, name = $5, title = $6, organisation = $7, phone = $8, fields = $9, tags = $10, note = $11, active = $12, version = version + 1
		where tenant_id = $1 and id = $2 and version = $3`,
		tx.Tenant(), id, version, e.UnitID, e.Name, e.Title, e.Organisation, e.Phone, e.Fields, e.Tags, e.Note, e.Active)
	return n == 1, err
}
