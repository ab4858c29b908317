package issues

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

const templateColumns = `
	select t.id, t.name, t.purpose, t.attachment_id, t.placeholders, t.active, m.name as created_by, t.created_at
	from issue_templates t join memberships m on m.tenant_id = t.tenant_id and m.id = t.created_by where t.tenant_id = $1 and t.active `

func listTemplates(ctx context.Context, q tenancy.Querier) ([]Template, error) {
	return tenancy.Collect[Template](ctx, q, templateColumns+`order by t.purpose, t.created_at desc`, q.Tenant())
}

func findTemplate(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Template, error) {
	return found(tenancy.Get[Template](ctx, q, templateColumns+`and t.id = $2`, q.Tenant(), id))
}

// templateFor is the newest template in use of that purpose.
func templateFor(ctx context.Context, q tenancy.Querier, purpose string) (Template, error) {
	return found(tenancy.Get[Template](ctx, q, templateColumns+`and t.purpose = $2 order by t.created_at desc limit 1`, q.Tenant(), purpose))
}

func insertTemplate(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewTemplate, names []string) error {
	_, err := tx.Exec(ctx, `
		insert into issue_templates (tenant_id, id, name, purpose, attachment_id, placeholders, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Tenant(), id, n.Name, n.Purpose, n.AttachmentID, names, tx.Principal().Membership, tx.Now())
	return err
}

// retireTemplate also takes it from the journals that use it.
func retireTemplate(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	if _, err := tx.Exec(ctx, `update issue_templates set active = false, version = version + 1 where tenant_id = $1 and id = $2`, tx.Tenant(), id); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update journals set template_id = null, version = version + 1 where tenant_id = $1 and template_id = $2`, tx.Tenant(), id)
	return err
}
