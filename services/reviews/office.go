package reviews

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/services/reviews/flow"
	"shangda/tenancy"
)

// office reads the unit as it is now: who can sign, who can read, who stands in for whom, and who is in charge of the field.
func office(ctx context.Context, q tenancy.Querier, category string) (flow.Office, error) {
	o := flow.Office{Deputies: map[uuid.UUID]uuid.UUID{}}
	people, err := officePeople(ctx, q)
	if err != nil {
		return o, err
	}
	policy := q.Principal().Policy
	for _, p := range people {
		able := policy.Scope(p.Roles, string(authz.ReviewAct)) != tenancy.ScopeNone
		if able || policy.Scope(p.Roles, string(authz.ReportRead)) == tenancy.ScopeTenant {
			o.People = append(o.People, flow.Person{ID: p.ID, Name: p.Name, Post: p.Post, Roles: p.Roles, Able: able})
		}
	}
	away, err := awayNow(ctx, q)
	if err != nil {
		return o, err
	}
	for _, d := range away {
		o.Deputies[d.Principal] = d.Deputy
	}
	if category != "" {
		o.Charge, err = inCharge(ctx, q, category)
	}
	return o, err
}

type officeRow struct {
	ID    uuid.UUID
	Name  string
	Post  string
	Roles []string
}

// officePeople are the active members whose roles let them read or sign more than their own.
func officePeople(ctx context.Context, q tenancy.Querier) ([]officeRow, error) {
	all, err := tenancy.Scalars[string](ctx, q, `select code from roles where tenant_id = $1 and class = 'business'`, q.Tenant())
	if err != nil {
		return nil, err
	}
	policy, telling := q.Principal().Policy, []string{}
	for _, code := range all {
		roles := []string{code}
		if policy.Scope(roles, string(authz.ReviewAct)) != tenancy.ScopeNone || policy.Scope(roles, string(authz.ReportRead)) == tenancy.ScopeTenant {
			telling = append(telling, code)
		}
	}
	return tenancy.Collect[officeRow](ctx, q, `
		select m.id, m.name, m.post, array_agg(h.role order by h.role) as roles
		from memberships m join role_holders h on h.tenant_id = m.tenant_id and h.membership_id = m.id
		where m.tenant_id = $1 and m.state = 'active' and exists (
			select from role_holders t where t.tenant_id = $1 and t.membership_id = m.id and t.role = any($2))
		group by m.id, m.name, m.post, m.created_at order by m.created_at, m.id`, q.Tenant(), telling)
}

type away struct{ Principal, Deputy uuid.UUID }

func awayNow(ctx context.Context, q tenancy.Querier) ([]away, error) {
	return tenancy.Collect[away](ctx, q, `
		select principal, deputy from delegations where tenant_id = $1 and ended_at is null and starts_at <= $2 and ends_at > $2
		order by starts_at`, q.Tenant(), q.Now())
}

// Member is somebody a step can wait for, or who can be sent a copy.
type Member struct {
	ID    uuid.UUID `json:"id"`
	Name  string    `json:"name"`
	Post  string    `json:"post,omitempty"`
	Signs bool      `json:"signs" doc:"May act on reviews; who may not can be sent copies"`
}

// People lists the members who can sign or be sent copies.
func (s *Service) People(ctx context.Context) ([]Member, error) {
	q, err := s.readChains(ctx)
	if err != nil {
		return nil, err
	}
	o, err := office(ctx, q, "")
	out := make([]Member, 0, len(o.People))
	for _, p := range o.People {
		out = append(out, Member{ID: p.ID, Name: p.Name, Post: p.Post, Signs: p.Able})
	}
	return out, err
}
