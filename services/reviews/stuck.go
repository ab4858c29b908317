package reviews

import (
	"context"
	"time"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/tenancy"
)

// Stuck is a step of a running review on which nobody can act any more: whoever it waits for was suspended or lost the
// right. Who keeps the flows sees that much and nothing of the report.
type Stuck struct {
	Review    uuid.UUID `json:"review"`
	Target    uuid.UUID `json:"target" doc:"What to reassign"`
	ChainName string    `json:"chain_name"`
	Step      string    `json:"step"`
	Name      string    `json:"name,omitempty" doc:"Whom it waits for; empty for nobody"`
	StartedAt time.Time `json:"started_at"`
}

// StuckReviews lists what is stuck in the tenant, the oldest first.
func (s *Service) StuckReviews(ctx context.Context) ([]Stuck, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.ChainWrite); err != nil {
		return nil, err
	}
	o, err := office(ctx, q, "")
	if err != nil {
		return nil, err
	}
	reachable := []uuid.UUID{}
	for _, p := range o.People {
		if p.Able {
			reachable = append(reachable, p.ID)
		}
	}
	for principal, deputy := range o.Deputies {
		if o.Able(deputy) {
			reachable = append(reachable, principal)
		}
	}
	return stuckOf(ctx, q, reachable)
}

func stuckOf(ctx context.Context, q tenancy.Querier, reachable []uuid.UUID) ([]Stuck, error) {
	return tenancy.Collect[Stuck](ctx, q, `
		select r.id as review, coalesce(t.id, s.id) as target, r.chain_name, s.definition->>'title' as step, coalesce(m.name, '') as name, r.started_at
		from reviews r
		join review_steps s on s.tenant_id = r.tenant_id and s.review_id = r.id and s.state in ('current', 'late')
		left join review_tasks t on t.tenant_id = s.tenant_id and t.step_id = s.id and t.state = 'open'
		left join memberships m on m.tenant_id = t.tenant_id and m.id = t.member
		where r.tenant_id = $1 and r.state in ('running', 'released') and (t.id is null or t.member <> all($2))
		order by r.started_at, r.id, s.no limit 200`, q.Tenant(), reachable)
}
