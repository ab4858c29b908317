package checklists

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// row is the last version of a list of the unit's own.
type row struct {
	Code     string
	Version  int
	Name     string
	Moment   string
	Position int
	Active   bool
	Required bool
	Items    []Item
}

func lists(ctx context.Context, q tenancy.Querier) ([]row, error) {
	return tenancy.Collect[row](ctx, q, `
		select distinct on (code) code, version, name, moment, position, active, required, items
		from checklists where tenant_id = $1 order by code, version desc`, q.Tenant())
}

// insertVersion is false where somebody has written that version already.
func insertVersion(ctx context.Context, tx *tenancy.Tx, l List) (bool, error) {
	n, err := tx.Exec(ctx, `
		insert into checklists (tenant_id, code, version, name, moment, position, active, required, items, changed_by, changed_at)
		select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
		where $3 - 1 = coalesce((select max(version) from checklists where tenant_id = $1 and code = $2), 0)
		on conflict do nothing`,
		tx.Tenant(), l.Code, l.Version, l.Name, l.Moment, l.Position, l.Active, l.Required, l.Items, tx.Principal().Membership, tx.Now())
	return n == 1, err
}

func insertTick(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, l List, i Item, t NewTick) error {
	_, err := tx.Exec(ctx, `
		insert into checklist_ticks (tenant_id, id, report_id, list, list_version, list_name, item, item_text, ticked, remark, ticked_by, ticked_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		tx.Tenant(), tenancy.NewID(), report, l.Code, l.Version, l.Name, i.Code, i.Text, t.Ticked, t.Remark, tx.Principal().Membership, tx.Now())
	return err
}

// ticks are the last rows of each item of a report.
func ticks(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]Ticked, error) {
	return tenancy.Collect[Ticked](ctx, q, `
		select t.list, t.list_name, t.list_version as version, t.item, t.item_text as text, t.ticked, t.remark, t.ticked_by as by, m.name as by_name, t.ticked_at as at
		from (select distinct on (list, item) * from checklist_ticks where tenant_id = $1 and report_id = $2 order by list, item, id desc) t
		join memberships m on m.tenant_id = t.tenant_id and m.id = t.ticked_by
		order by t.list, t.id`, q.Tenant(), report)
}
