package reports

import (
	"context"

	"github.com/google/uuid"

	"shangda/tenancy"
)

// authorRow is a further author of a report, as it is kept.
type authorRow struct {
	MembershipID *uuid.UUID
	Name         string
	Unit         string
	Title        string
	Share        float64
}

func (a authorRow) same(b authorRow) bool {
	member := a.MembershipID == nil && b.MembershipID == nil || a.MembershipID != nil && b.MembershipID != nil && *a.MembershipID == *b.MembershipID
	return member && a.Name == b.Name && a.Unit == b.Unit && a.Title == b.Title && a.Share == b.Share
}

func authors(ctx context.Context, q tenancy.Querier, report uuid.UUID) ([]authorRow, error) {
	return tenancy.Collect[authorRow](ctx, q, `
		select membership_id, name, unit, title, share::float8 as share from report_authors
		where tenant_id = $1 and report_id = $2 order by position`, q.Tenant(), report)
}

// Signers are the names the report goes under, its first author first, of whom each has a title or none.
func (r *Report) Signers(ctx context.Context, q tenancy.Querier) (names, titles []string, err error) {
	further, err := authors(ctx, q, r.ID)
	names, titles = append(names, r.AuthorName), append(titles, r.AuthorTitle)
	for _, a := range further {
		names, titles = append(names, a.Name), append(titles, a.Title)
	}
	return names, titles, err
}

func replaceAuthors(ctx context.Context, tx *tenancy.Tx, report uuid.UUID, list []authorRow) error {
	if _, err := tx.Exec(ctx, `delete from report_authors where tenant_id = $1 and report_id = $2`, tx.Tenant(), report); err != nil {
		return err
	}
	for i, a := range list {
		if _, err := tx.Exec(ctx, `
			insert into report_authors (tenant_id, report_id, position, membership_id, name, unit, title, share) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			tx.Tenant(), report, i+1, a.MembershipID, a.Name, a.Unit, a.Title, a.Share); err != nil {
			return err
		}
	}
	return nil
}

// colleague is an active member of the business, as a report names him.
type colleague struct {
	ID     uuid.UUID
	Name   string
	Title  string
	UnitID *uuid.UUID
	Unit   string
}

func colleagues(ctx context.Context, q tenancy.Querier, ids []uuid.UUID) (map[uuid.UUID]colleague, error) {
	found := map[uuid.UUID]colleague{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := tenancy.Collect[colleague](ctx, q, `
		select m.id, m.name, m.title, m.unit_id, coalesce(u.name, '') as unit from memberships m
		left join units u on u.tenant_id = m.tenant_id and u.id = m.unit_id
		where m.tenant_id = $1 and m.id = any($2) and m.state = 'active' and m.class = 'business'`, q.Tenant(), ids)
	for _, m := range rows {
		found[m.ID] = m
	}
	return found, err
}

// saveSharing keeps the copies of who shares the report and who may read it.
func saveSharing(ctx context.Context, tx *tenancy.Tx, r *Report) error {
	_, err := tx.Exec(ctx, `update reports set coauthors = $3, readers = $4 where tenant_id = $1 and id = $2`, tx.Tenant(), r.ID, r.Coauthors, r.Readers)
	return err
}
