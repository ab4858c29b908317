package points

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/internal/errs"
	"shangda/tenancy"
)

const columns = `
	select p.id, p.code, p.kind, p.name, p.place, p.intro, p.fields, p.keeper_id, m.name as keeper_name, p.state, p.version
	from points p join memberships m on m.tenant_id = p.tenant_id and m.id = p.keeper_id where p.tenant_id = $1 `

func one(p Point, err error) (Point, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		err = errs.Missing()
	}
	return p, err
}

func find(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Point, error) {
	return one(tenancy.Get[Point](ctx, q, columns+`and p.id = $2`, q.Tenant(), id))
}

func lock(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (Point, error) {
	return one(tenancy.Get[Point](ctx, tx, columns+`and p.id = $2 for update of p`, tx.Tenant(), id))
}

// behind is the open point behind a code; a closed one is as good as none.
func behind(ctx context.Context, q tenancy.Querier, code string) (Point, error) {
	return one(tenancy.Get[Point](ctx, q, columns+`and p.code = $2 and p.state = 'open'`, q.Tenant(), code))
}

func list(ctx context.Context, q tenancy.Querier, keeper *uuid.UUID) ([]Point, error) {
	return tenancy.Collect[Point](ctx, q, columns+`and ($2::uuid is null or p.keeper_id = $2) order by p.state desc, p.kind, p.name, p.id limit 500`, q.Tenant(), keeper)
}

func insert(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, code string, n NewPoint) error {
	_, err := tx.Exec(ctx, `
		insert into points (tenant_id, id, code, kind, name, place, intro, fields, keeper_id, state, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		tx.Tenant(), id, code, n.Kind, n.Name, n.Place, n.Intro, n.Fields, n.KeeperID, n.State, tx.Now())
	return err
}

func save(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewPoint) error {
	_, err := tx.Exec(ctx, `
		update points set kind = $3, name = $4, place = $5, intro = $6, fields = $7, keeper_id = $8, state = $9, version = version + 1
		where tenant_id = $1 and id = $2`, tx.Tenant(), id, n.Kind, n.Name, n.Place, n.Intro, n.Fields, n.KeeperID, n.State)
	return err
}

func isMember(ctx context.Context, q tenancy.Querier, id uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, q, `
		select exists (select from memberships where tenant_id = $1 and id = $2 and state = 'active' and class = 'business')`, q.Tenant(), id)
}
