package roles

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Service changes the roles of a tenant and who holds them.
type Service struct {
	db *tenancy.DB
}

// New works on that database.
func New(db *tenancy.DB) *Service { return &Service{db: db} }

// NewRole is a role of the tenant's own: a complete copy of another, to be changed afterwards.
type NewRole struct {
	Code   string
	Name   string
	CopyOf string
}

var codePattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)

func (n *NewRole) validate() error {
	n.Name = strings.TrimSpace(n.Name)
	var faults errs.Fields
	if !codePattern.MatchString(n.Code) {
		faults.Add("code", "角色代码须以小写字母开头，只含小写字母、数字和下划线，最多 41 个字符")
	}
	if length := utf8.RuneCountInString(n.Name); length < 1 || length > 30 {
		faults.Add("name", "角色名称须为 1 至 30 个字")
	}
	if n.CopyOf == "" {
		faults.Add("copy_of", "请选择要复制的角色")
	}
	return faults.Err()
}

// SubjectOf is what the events of a role are about: roles are known by code, events by id.
func SubjectOf(code string) tenancy.Subject {
	return tenancy.Subject{Kind: "role", ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("role:"+code))}
}

// mostOwn bounds the own roles of a tenant: each is compiled in every process whenever one of them changes.
const mostOwn = 100

// Create makes an own role with the class and all rights of the role it copies.
func (s *Service) Create(ctx context.Context, n NewRole) error {
	if err := n.validate(); err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.RoleWrite); err != nil {
			return err
		}
		own, err := loadOwn(ctx, tx)
		if err != nil {
			return err
		}
		if len(own) >= mostOwn {
			return errs.New(errs.Conflict, "自设角色已达 %d 个的上限", mostOwn)
		}
		if err := copyRole(ctx, tx, n); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "role.created", Subject: SubjectOf(n.Code),
			Detail: map[string]any{"code": n.Code, "name": n.Name, "copy_of": n.CopyOf}})
		return bump(ctx, tx)
	})
}

func copyRole(ctx context.Context, tx *tenancy.Tx, n NewRole) error {
	source, err := find(ctx, tx, n.CopyOf)
	if err != nil {
		return err
	}
	if source == nil {
		return errs.InvalidField("copy_of", "没有这个角色")
	}
	grants, err := grantsOf(ctx, tx, *source)
	if err != nil {
		return err
	}
	made, err := insertRole(ctx, tx, authz.Role{Code: n.Code, Name: n.Name, Class: source.Class})
	if err != nil {
		return err
	}
	if !made {
		return errs.New(errs.Conflict, "角色代码“%s”已被使用", n.Code)
	}
	return replaceGrants(ctx, tx, n.Code, grants)
}

// SetGrants replaces the rights of an own role. A shipped role is a conflict: it is copied, not edited. Only rights that
// fit the role's class and the kind of tenant; and nobody changes a role he holds himself.
func (s *Service) SetGrants(ctx context.Context, code string, grants map[string]string) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		p := tx.Principal()
		if err := authz.Holds(p, authz.RoleWrite); err != nil {
			return err
		}
		role, err := lock(ctx, tx, code)
		switch {
		case err != nil:
			return err
		case role == nil:
			return errs.Missing()
		case role.Origin != "own":
			return errs.New(errs.Conflict, "内置角色不能修改，请复制后修改")
		case p.HasRole(code):
			return errs.New(errs.Forbidden, "不能修改自己担任的角色")
		}
		if err := fit(p.Tenant.Kind, role.Class, grants); err != nil {
			return err
		}
		if err := replaceGrants(ctx, tx, code, grants); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "role.grants_set", Subject: SubjectOf(code), Detail: map[string]any{"code": code, "grants": grants}})
		return bump(ctx, tx)
	})
}

func fit(kind string, class authz.Class, grants map[string]string) error {
	var faults errs.Fields
	for _, permission := range slices.Sorted(maps.Keys(grants)) {
		if _, known := authz.Describe(authz.Permission(permission)); !known {
			faults.Add(permission, "没有“%s”这项权限", permission)
		} else if !authz.Grantable(kind, class, authz.Permission(permission)) {
			faults.Add(permission, "这类角色不能有“%s”的权限", authz.Sentence(authz.Permission(permission)))
		}
		if _, known := authz.ScopeNames[grants[permission]]; !known {
			faults.Add(permission, "范围只能是 own（本人）、unit（本机构）或 tenant（本单位）")
		}
	}
	return faults.Err()
}

// Assign makes these the roles of the member, no more and no fewer. Nobody grants to himself, and the roles are of the
// member's class: the three administrators stay apart from the business (composite keys hold it too).
func (s *Service) Assign(ctx context.Context, membership uuid.UUID, codes []string) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error { return s.AssignIn(ctx, tx, membership, codes) })
}

// AssignIn is Assign inside a transaction of the caller's.
func (s *Service) AssignIn(ctx context.Context, tx *tenancy.Tx, membership uuid.UUID, codes []string) error {
	p := tx.Principal()
	if err := authz.Holds(p, authz.RoleAssign); err != nil {
		return err
	}
	class, err := lockMember(ctx, tx, membership)
	if err != nil {
		return err
	}
	if class == "" {
		return errs.Missing()
	}
	if membership == p.Membership {
		return errs.New(errs.Forbidden, "不能给自己授予或收回角色")
	}
	codes = slices.Compact(slices.Sorted(slices.Values(codes)))
	for _, code := range codes {
		role, err := find(ctx, tx, code)
		if err != nil {
			return err
		}
		if role == nil {
			return errs.InvalidField("roles", "没有“%s”这个角色", code)
		}
		if string(role.Class) != class {
			return errs.InvalidField("roles", "“%s”与该成员的类别不符：业务人员与三类管理员互不兼任", role.Name)
		}
	}
	if err := replaceHolder(ctx, tx, membership, class, codes); err != nil {
		return err
	}
	tx.Record(tenancy.Event{Kind: "member.roles_assigned", Subject: tenancy.Subject{Kind: "member", ID: membership},
		Detail: map[string]any{"roles": codes}})
	return bump(ctx, tx)
}
