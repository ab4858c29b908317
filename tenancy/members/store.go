package members

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// position is a place in the list: names may be the same, ids not.
type position struct {
	Name string
	ID   uuid.UUID
}

func (m Member) cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(m.ID.String() + m.Name))
}

func readCursor(cursor string) (position, error) {
	if cursor == "" {
		return position{}, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil && len(text) > 36 {
		if id, err := uuid.ParseBytes(text[:36]); err == nil {
			return position{Name: strings.ToValidUTF8(string(text[36:]), ""), ID: id}, nil
		}
	}
	return position{}, errs.InvalidField("cursor", "翻页位置无效，请从第一页重新查看")
}

const selectMember = `
	select m.id, m.name, coalesce(l.login, '') as login, m.title, m.post, m.class, m.sector, m.party, m.contributor, m.unit_id, m.state, m.created_at, m.email,
	       array(select h.role from role_holders h where h.tenant_id = $1 and h.membership_id = m.id order by h.role) as roles
	from memberships m `

func list(ctx context.Context, q tenancy.Querier, words string, after position, limit int) ([]Member, error) {
	return tenancy.Collect[Member](ctx, q, selectMember+`
		left join platform.logins_of(array(select person_id from memberships where tenant_id = $1)) l on l.person_id = m.person_id
		where m.tenant_id = $1 and (m.name, m.id) > ($2, $3)
		  and (strpos(m.name, $4) > 0 or strpos(m.title, $4) > 0 or strpos(l.login, lower($4)) > 0)
		order by m.name, m.id limit $5`, q.Tenant(), after.Name, after.ID, words, limit)
}

func get(ctx context.Context, q tenancy.Querier, id uuid.UUID) (Member, error) {
	found, err := tenancy.Collect[Member](ctx, q, selectMember+`
		left join platform.logins_of(array(select person_id from memberships where tenant_id = $1 and id = $2)) l on l.person_id = m.person_id
		where m.tenant_id = $1 and m.id = $2`, q.Tenant(), id)
	if err == nil && len(found) == 0 {
		err = errs.Missing()
	}
	if err != nil {
		return Member{}, err
	}
	return found[0], nil
}

func putPerson(ctx context.Context, tx *tenancy.Tx, fresh uuid.UUID, n NewMember, hash string) (uuid.UUID, error) {
	return tenancy.Scalar[uuid.UUID](ctx, tx, `select platform.person_put($1, $2, $3, $4, $5)`, fresh, n.Login, n.Name, hash, tx.Now())
}

func putDirectory(ctx context.Context, tx *tenancy.Tx, person, membership uuid.UUID, active bool) error {
	_, err := tx.Exec(ctx, `select platform.directory_put($1, $2, $3)`, person, membership, active)
	return err
}

func hasUnit(ctx context.Context, tx *tenancy.Tx, unit uuid.UUID) (bool, error) {
	return tenancy.Scalar[bool](ctx, tx, `select exists (select from units where tenant_id = $1 and id = $2)`, tx.Tenant(), unit)
}

// insert is false where the person is a member already.
func insert(ctx context.Context, tx *tenancy.Tx, id, person uuid.UUID, n NewMember) (bool, error) {
	added, err := tx.Exec(ctx, `
		insert into memberships (tenant_id, id, person_id, class, name, title, post, sector, party, contributor, unit_id, created_at, email)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, nullif($11, '00000000-0000-0000-0000-000000000000'::uuid), $12, $13)
		on conflict (tenant_id, person_id) do nothing`,
		tx.Tenant(), id, person, n.Class, n.Name, n.Title, n.Post, n.Sector, n.Party, n.Contributor, n.UnitID, tx.Now(), n.Email)
	return added == 1, err
}

// update is false where there is no such member.
func update(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, e Edit) (bool, error) {
	changed, err := tx.Exec(ctx, `
		update memberships set name = coalesce($3, name), title = coalesce($4, title), post = coalesce($5, post), sector = coalesce($6, sector),
		       party = coalesce($7, party), contributor = coalesce($8, contributor),
		       unit_id = case when $9::uuid is null then unit_id else nullif($9, '00000000-0000-0000-0000-000000000000'::uuid) end,
		       email = coalesce($10, email), version = version + 1
		where tenant_id = $1 and id = $2`,
		tx.Tenant(), id, e.Name, e.Title, e.Post, e.Sector, e.Party, e.Contributor, e.UnitID, e.Email)
	return changed == 1, err
}

// standing is what a change of state must know: how many others of the class are active.
type standing struct {
	PersonID uuid.UUID
	Class    string
	State    string
	Peers    int
}

// lockStanding finds a member, nil where there is none, and keeps others from changing the class's members meanwhile.
func lockStanding(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (*standing, error) {
	found, err := tenancy.Collect[standing](ctx, tx, `
		with peers as (
			select id, state from memberships where tenant_id = $1 and class = (select class from memberships where tenant_id = $1 and id = $2)
			order by id for update
		)
		select m.person_id, m.class, m.state, (select count(*)::int from peers p where p.id <> m.id and p.state = 'active') as peers
		from memberships m where m.tenant_id = $1 and m.id = $2`, tx.Tenant(), id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

func setState(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, state string) error {
	_, err := tx.Exec(ctx, `update memberships set state = $3, version = version + 1 where tenant_id = $1 and id = $2`, tx.Tenant(), id, state)
	return err
}

// emailFree tells whether no other member has the address.
func emailFree(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, email string) (bool, error) {
	return tenancy.Scalar[bool](ctx, tx, `select not exists (select from memberships where tenant_id = $1 and email = $2 and id <> $3)`, tx.Tenant(), email, id)
}
