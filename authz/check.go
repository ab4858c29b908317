package authz

import (
	"slices"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Object is what Check needs to know of a loaded thing: which permission shows it, whose it is, in which inner
// unit. Private things, such as drafts, only their owner sees, whatever the scope. Sharers own it with the owner, Readers
// only see it as if it were theirs.
type Object struct {
	Read    Permission
	Owner   uuid.UUID
	Sharers []uuid.UUID
	Readers []uuid.UUID
	Unit    uuid.UUID
	Private bool
}

// ownedBy tells whether the permission reaches the object as the member's own.
func (o Object) ownedBy(member uuid.UUID, permission Permission) bool {
	if member == uuid.Nil {
		return false
	}
	return o.Owner == member || slices.Contains(o.Sharers, member) || permission == o.Read && slices.Contains(o.Readers, member)
}

// Check allows, or says why not: what the principal cannot see is not found, what it sees but may not do is forbidden.
func Check(p *tenancy.Principal, permission Permission, o Object) error {
	if !Allows(p, o.Read, o) {
		return errs.Missing()
	}
	if !Allows(p, permission, o) {
		return errs.New(errs.Forbidden, "您没有“%s”的权限", Sentence(permission))
	}
	return nil
}

// May tells whether the principal has the permission at all, in whatever scope.
func May(p *tenancy.Principal, permission Permission) bool {
	return p.Scope(string(permission)) != tenancy.ScopeNone
}

// Holds is Check where there is no object: forbidden without the permission in any scope.
func Holds(p *tenancy.Principal, permission Permission) error {
	if !May(p, permission) {
		return errs.New(errs.Forbidden, "您没有“%s”的权限", Sentence(permission))
	}
	return nil
}

// Allows is Check as a yes or no about one permission.
func Allows(p *tenancy.Principal, permission Permission, o Object) bool {
	own := o.ownedBy(p.Membership, permission)
	switch p.Scope(string(permission)) {
	case tenancy.ScopeTenant:
		return own || !o.Private
	case tenancy.ScopeUnit:
		return own || !o.Private && o.Unit != uuid.Nil && o.Unit == p.Unit
	case tenancy.ScopeOwn:
		return own
	}
	return false
}

// Sentence says in Chinese what the permission allows, empty for none of ours.
func Sentence(p Permission) string {
	d, _ := Describe(p)
	return d.Sentence
}
