package authz

import (
	"slices"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// Object is what Check needs to know of a loaded thing: which permission shows it, whose it is, in which inner
// unit. Private things, such as drafts, only their owner sees, whatever the scope. Readers were invited to read this one
// thing, and nothing more: whatever the scope of their permission to read, they have one.
type Object struct {
	Read    Permission
	Owner   uuid.UUID
	Unit    uuid.UUID
	Private bool
	Readers []uuid.UUID
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
	own := o.Owner != uuid.Nil && o.Owner == p.Membership
	if permission == o.Read && p.Membership != uuid.Nil && slices.Contains(o.Readers, p.Membership) {
		return May(p, permission)
	}
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
