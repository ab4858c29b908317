// Package tenancy says who is calling, in which tenant, and lets nothing touch the database without that.
//
// Its rule: a transaction belongs to exactly one tenant. There are two ways in: DB.InTx for a change and
// DB.Read for one read in one round trip. Both take the tenant from the Principal in the context and set it
// transaction-locally, where row-level security reads it.
package tenancy

import (
	"context"

	"github.com/google/uuid"

	"shangda/internal/errs"
)

// Scope is how far a permission reaches: nothing, what is one's own, one's inner unit's, the whole tenant's.
type Scope uint8

// The scopes, each including those before it.
const (
	ScopeNone Scope = iota
	ScopeOwn
	ScopeUnit
	ScopeTenant
)

// Policy is a tenant's compiled table of rights. authz makes it; tenancy only carries it.
type Policy interface {
	Version() int64
	Scope(roles []string, permission string) Scope
}

// Tenant is what the directory says of an organisation. ID never leaves the program; addresses use Code.
type Tenant struct {
	ID        int32
	Code      string
	Name      string
	ShortName string
	Kind      string
	Party     string
	Level     string
	Division  string
	Class     string
	Journal   string
	State     string
}

// OperatorTenant is the platform operator's own tenant: the only one that writes the directory.
const OperatorTenant int32 = 1

// Principal is who is calling, in which tenant, with which rights. Either a person with a membership, or an
// actor of the system (courier, clock, importer …) whose rights are fixed in authz.
type Principal struct {
	Tenant     Tenant
	Person     uuid.UUID
	Membership uuid.UUID
	Session    uuid.UUID
	Unit       uuid.UUID
	Name       string
	Login      string
	Title      string
	Post       string
	Class      string
	Roles      []string
	Policy     Policy
	Actor      string
	Cause      string // for an actor: what made it act, such as the letter
	RequestID  string
	Address    string
}

// System is true for an actor of the program itself.
func (p *Principal) System() bool { return p.Actor != "" }

// HasRole tells whether the person holds the role.
func (p *Principal) HasRole(role string) bool {
	for _, r := range p.Roles {
		if r == role {
			return true
		}
	}
	return false
}

// Scope is how far the permission reaches for this principal.
func (p *Principal) Scope(permission string) Scope {
	if p == nil || p.Policy == nil {
		return ScopeNone
	}
	return p.Policy.Scope(p.Roles, permission)
}

type contextKey int

const (
	principalKey contextKey = iota
	idempotencyKey
)

// With puts the principal into the context.
func With(ctx context.Context, p *Principal) context.Context {
	return context.WithValue(ctx, principalKey, p)
}

// From is the principal of the context, nil without one.
func From(ctx context.Context) *Principal {
	p, _ := ctx.Value(principalKey).(*Principal)
	return p
}

// Caller is the principal of the context, or an Unauthenticated error.
func Caller(ctx context.Context) (*Principal, error) {
	if p := From(ctx); p != nil {
		return p, nil
	}
	return nil, errs.New(errs.Unauthenticated, "请先登录")
}

// System enters a tenant as an actor of the program. policy is authz.Actors(); cause names what made it act.
func System(ctx context.Context, tenant Tenant, actor, cause string, policy Policy) context.Context {
	return With(ctx, &Principal{Tenant: tenant, Actor: actor, Cause: cause, Roles: []string{"actor:" + actor}, Policy: policy})
}
