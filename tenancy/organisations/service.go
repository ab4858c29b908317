package organisations

import (
	"context"
	"errors"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Service opens tenants, draws the lines between them and sets up their inner units.
type Service struct {
	db        *tenancy.DB
	directory *tenancy.Directory
	hash      func(password string) (string, error)
}

// New works on that database; hash turns a first password into what is stored (tenancy/login.HashPassword).
func New(db *tenancy.DB, directory *tenancy.Directory, hash func(string) (string, error)) *Service {
	return &Service{db: db, directory: directory, hash: hash}
}

// OpenTenant opens an organisation: its row in the operator's tenant, then its first roles and people in its own. When
// the second half was lost, the same call again finishes it; a code in use by anybody is a conflict.
func (s *Service) OpenTenant(ctx context.Context, n NewTenant) error {
	if err := n.validate(); err != nil {
		return err
	}
	added := false
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := operate(tx.Principal(), authz.TenantWrite); err != nil {
			return err
		}
		var err error
		added, err = addTenant(ctx, tx, n)
		return err
	})
	var repeat *tenancy.Repeat
	if errors.As(err, &repeat) {
		added, err = true, nil
	}
	if err != nil {
		return err
	}
	tenant, err := s.directory.ByCode(ctx, n.Code)
	if err != nil {
		return err
	}
	founded, err := s.found(ctx, tenant, n.Administrators)
	if err == nil && !founded && !added {
		return taken(n.Code)
	}
	return err
}

// addTenant is false where the same organisation stands there already; another one under that code is a conflict.
func addTenant(ctx context.Context, tx *tenancy.Tx, n NewTenant) (bool, error) {
	if err := lock(ctx, tx, lockOfTenants); err != nil {
		return false, err
	}
	same, err := sameTenant(ctx, tx, n)
	if err != nil {
		return false, err
	}
	if len(same) > 0 {
		if !same[0] {
			return false, taken(n.Code)
		}
		return false, nil
	}
	tx.Record(tenancy.Event{Kind: "tenant.opened", Subject: SubjectOf(n.Code), Detail: map[string]any{"tenant": n.Code, "name": n.Name}})
	return true, insertTenant(ctx, tx, n)
}

func taken(code string) error {
	return errs.New(errs.Conflict, "单位代码“%s”已被使用", code)
}

// operate allows what only the operator's own tenant does.
func operate(p *tenancy.Principal, permission authz.Permission) error {
	if p.Tenant.ID != tenancy.OperatorTenant {
		return errs.Missing()
	}
	return authz.Holds(p, permission)
}

// Found gives a tenant its shipped roles and, where it has nobody yet, its first administrators. It may be repeated: then
// it only adds roles that a newer program ships.
func (s *Service) Found(ctx context.Context, tenant tenancy.Tenant, administrators []NewAdministrator) error {
	_, err := s.found(ctx, tenant, administrators)
	return err
}

func (s *Service) found(ctx context.Context, tenant tenancy.Tenant, administrators []NewAdministrator) (bool, error) {
	founded := false
	cause := "tenant " + tenant.Code
	err := s.db.InTx(tenancy.System(ctx, tenant, "founder", cause, authz.Actors()), func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.RoleAssign); err != nil {
			return err
		}
		if err := putRoles(ctx, tx, authz.ShippedRoles(tenant.Kind)); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "tenant.founded", Subject: SubjectOf(tenant.Code)})
		peopled, err := hasMembers(ctx, tx)
		if err != nil || peopled {
			return err
		}
		founded = true
		for _, a := range administrators {
			if err := appoint(ctx, tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	return founded, err
}

// appoint makes the first person of a class a member who holds the shipped roles of that class.
func appoint(ctx context.Context, tx *tenancy.Tx, a NewAdministrator) error {
	person, err := putPerson(ctx, tx, a)
	if err != nil {
		return err
	}
	membership := tenancy.NewID()
	if err := insertAdministrator(ctx, tx, membership, person, a); err != nil {
		return err
	}
	for _, role := range authz.ShippedRoles(tx.Principal().Tenant.Kind) {
		if string(role.Class) != a.Class || a.Role != "" && a.Role != role.Code {
			continue
		}
		if err := insertHolder(ctx, tx, membership, role); err != nil {
			return err
		}
	}
	return nil
}

// Tenants lists the organisations of the platform for the operator, by code, those whose code or name contains the words.
func (s *Service) Tenants(ctx context.Context, words, after string, limit int) ([]TenantView, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := operate(q.Principal(), authz.TenantRead); err != nil {
		return nil, err
	}
	return listTenants(ctx, q, words, after, limit)
}

// tenant is one organisation, for the operator.
func (s *Service) tenant(ctx context.Context, code string) (TenantView, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return TenantView{}, err
	}
	if err := operate(q.Principal(), authz.TenantRead); err != nil {
		return TenantView{}, err
	}
	return getTenant(ctx, q, code)
}
