package reviews

import (
	"context"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/documents"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Delegation says who stands in for whom, from when until when (委托). Both see it. It holds for what waits already and for
// what comes; the principal can still act himself. Nobody stands in for whom he was delegated by a third.
type Delegation struct {
	ID        uuid.UUID  `json:"id"`
	Principal string     `json:"principal"`
	Deputy    string     `json:"deputy"`
	Mine      bool       `json:"mine" doc:"The caller is the principal"`
	Reason    string     `json:"reason"`
	StartsAt  time.Time  `json:"starts_at"`
	EndsAt    time.Time  `json:"ends_at"`
	EndedAt   *time.Time `json:"ended_at,omitempty" doc:"When it was ended early"`
	State     string     `json:"state" enum:"planned,active,ended"`
}

// NewDelegation is a delegation by the caller.
type NewDelegation struct {
	Deputy   uuid.UUID `json:"deputy"`
	Reason   string    `json:"reason" maxLength:"200"`
	StartsAt time.Time `json:"starts_at"`
	EndsAt   time.Time `json:"ends_at"`
}

const longestDelegation = 92 * 24 * time.Hour

func (n *NewDelegation) check(now time.Time) error {
	n.Reason = documents.Clean(n.Reason, true)
	var faults errs.Fields
	switch {
	case n.Reason == "":
		faults.Add("reason", "请写明委托的事由")
	case utf8.RuneCountInString(n.Reason) > maxRemark:
		faults.Add("reason", "事由不能超过 %d 个字", maxRemark)
	case documents.Marked(n.Reason):
		faults.Add("reason", "%s", documents.PaperOnlyText)
	}
	switch {
	case !n.StartsAt.Before(n.EndsAt):
		faults.Add("ends_at", "结束时间应晚于开始时间")
	case !n.EndsAt.After(now):
		faults.Add("ends_at", "结束时间已经过去")
	case n.EndsAt.Sub(n.StartsAt) > longestDelegation:
		faults.Add("ends_at", "一次委托最长三个月")
	}
	return faults.Err()
}

// Delegate lets somebody who may sign stand in for the caller. Conflict where another delegation of the caller's lies in
// the same time.
func (s *Service) Delegate(ctx context.Context, n NewDelegation) (uuid.UUID, error) {
	if err := n.check(s.db.Clock.Now()); err != nil {
		return uuid.Nil, err
	}
	id := tenancy.NewID()
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p := tx.Principal()
		if err := authz.Holds(p, authz.ReviewAct); err != nil {
			return err
		}
		o, err := office(ctx, tx, "")
		if err != nil {
			return err
		}
		if n.Deputy == p.Membership || !o.Able(n.Deputy) {
			return errs.InvalidField("deputy", "受托人应为本单位可以审签的其他人员")
		}
		overlaps, err := overlapping(ctx, tx, n)
		if err != nil {
			return err
		}
		if overlaps {
			return errs.New(errs.Conflict, "这段时间已有委托，请先结束原来的委托")
		}
		if err := insertDelegation(ctx, tx, id, n); err != nil {
			return err
		}
		deputy, _ := o.Find(n.Deputy)
		subject := tenancy.Subject{Kind: "delegation", ID: id}
		tx.Record(tenancy.Event{Kind: "review.delegated", Subject: subject, Detail: map[string]any{"deputy": deputy.Name, "from": n.StartsAt, "until": n.EndsAt, "reason": n.Reason}})
		return s.notices.Tell(ctx, tx, []uuid.UUID{n.Deputy}, notices.Notice{Kind: "review.delegated", Subject: subject,
			Text: p.Name + "委托您代为审签，" + span(n.StartsAt, n.EndsAt) + "（" + n.Reason + "）"})
	})
}

func span(from, until time.Time) string {
	const layout = "1月2日15:04"
	return from.In(zone).Format(layout) + "至" + until.In(zone).Format(layout)
}

// EndDelegation ends a delegation before its time; either of the two may.
func (s *Service) EndDelegation(ctx context.Context, id uuid.UUID) (uuid.UUID, error) {
	return id, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p := tx.Principal()
		d, err := lockDelegation(ctx, tx, id)
		if err != nil {
			return err
		}
		if d.Principal != p.Membership && d.Deputy != p.Membership {
			return errs.Missing()
		}
		if err := authz.Holds(p, authz.ReviewAct); err != nil {
			return err
		}
		if d.EndedAt != nil || !d.EndsAt.After(tx.Now()) {
			return errs.New(errs.Conflict, "委托已经结束")
		}
		subject := tenancy.Subject{Kind: "delegation", ID: id}
		tx.Record(tenancy.Event{Kind: "review.delegation_ended", Subject: subject})
		if err := endDelegation(ctx, tx, id); err != nil {
			return err
		}
		other := d.Deputy
		if other == p.Membership {
			other = d.Principal
		}
		return s.notices.Tell(ctx, tx, []uuid.UUID{other}, notices.Notice{Kind: "review.delegated", Subject: subject, Text: p.Name + "结束了审签委托"})
	})
}

// Delegations lists those the caller gave or was given, newest first.
func (s *Service) Delegations(ctx context.Context) ([]Delegation, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.ReviewAct); err != nil {
		return nil, err
	}
	rows, err := delegationsOf(ctx, q)
	out := make([]Delegation, len(rows))
	for i, r := range rows {
		out[i] = r.view(q)
	}
	return out, err
}

// Delegation finds one that the caller gave or was given.
func (s *Service) Delegation(ctx context.Context, id uuid.UUID) (Delegation, error) {
	all, err := s.Delegations(ctx)
	for _, d := range all {
		if d.ID == id {
			return d, nil
		}
	}
	if err == nil {
		err = errs.Missing()
	}
	return Delegation{}, err
}

func (r delegationRow) view(q tenancy.Querier) Delegation {
	state, now := "active", q.Now()
	switch {
	case r.EndedAt != nil || !r.EndsAt.After(now):
		state = "ended"
	case r.StartsAt.After(now):
		state = "planned"
	}
	return Delegation{ID: r.ID, Principal: r.PrincipalName, Deputy: r.DeputyName, Mine: r.Principal == q.Principal().Membership, Reason: r.Reason,
		StartsAt: r.StartsAt, EndsAt: r.EndsAt, EndedAt: r.EndedAt, State: state}
}

type delegationRow struct {
	ID            uuid.UUID
	Principal     uuid.UUID
	Deputy        uuid.UUID
	PrincipalName string
	DeputyName    string
	Reason        string
	StartsAt      time.Time
	EndsAt        time.Time
	EndedAt       *time.Time
}

const delegationSelect = `
	select d.id, d.principal, d.deputy, p.name as principal_name, o.name as deputy_name, d.reason, d.starts_at, d.ends_at, d.ended_at
	from delegations d
	join memberships p on p.tenant_id = d.tenant_id and p.id = d.principal
	join memberships o on o.tenant_id = d.tenant_id and o.id = d.deputy
	where d.tenant_id = $1 `

func delegationsOf(ctx context.Context, q tenancy.Querier) ([]delegationRow, error) {
	return tenancy.Collect[delegationRow](ctx, q, delegationSelect+`and (d.principal = $2 or d.deputy = $2) order by d.starts_at desc, d.id desc limit 100`,
		q.Tenant(), q.Principal().Membership)
}

func lockDelegation(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) (delegationRow, error) {
	return oneRow(tenancy.Get[delegationRow](ctx, tx, delegationSelect+`and d.id = $2 for update of d`, tx.Tenant(), id))
}

// overlapping tells whether the caller has another delegation in that time. It locks the caller's own membership, so two
// delegations of one person are made one after the other.
func overlapping(ctx context.Context, tx *tenancy.Tx, n NewDelegation) (bool, error) {
	me := tx.Principal().Membership
	if _, err := tenancy.Scalar[uuid.UUID](ctx, tx, `select id from memberships where tenant_id = $1 and id = $2 for update`, tx.Tenant(), me); err != nil {
		return false, err
	}
	return tenancy.Scalar[bool](ctx, tx, `
		select exists (select from delegations where tenant_id = $1 and principal = $2 and ended_at is null and starts_at < $4 and ends_at > $3)`,
		tx.Tenant(), me, n.StartsAt, n.EndsAt)
}

func insertDelegation(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewDelegation) error {
	_, err := tx.Exec(ctx, `
		insert into delegations (tenant_id, id, principal, deputy, reason, starts_at, ends_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Tenant(), id, tx.Principal().Membership, n.Deputy, n.Reason, n.StartsAt, n.EndsAt, tx.Now())
	return err
}

func endDelegation(ctx context.Context, tx *tenancy.Tx, id uuid.UUID) error {
	_, err := tx.Exec(ctx, `update delegations set ended_at = $3 where tenant_id = $1 and id = $2`, tx.Tenant(), id, tx.Now())
	return err
}
