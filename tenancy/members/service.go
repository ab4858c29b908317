package members

import (
	"context"

	"github.com/google/uuid"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/tenancy"
)

// Roles gives roles to a member in the caller's transaction; authz/roles fulfils it.
type Roles interface {
	AssignIn(ctx context.Context, tx *tenancy.Tx, membership uuid.UUID, codes []string) error
}

// Service registers, changes and suspends the members of a tenant. Roles is wired by the program.
type Service struct {
	Roles Roles

	db   *tenancy.DB
	hash func(password string) (string, error)
}

// New works on that database; hash turns a first password into what is stored (tenancy/login.HashPassword).
func New(db *tenancy.DB, hash func(string) (string, error)) *Service {
	return &Service{db: db, hash: hash}
}

// Create registers a member of the caller's tenant. A login that is a member already is a conflict; roles without the
// right to give roles are forbidden.
func (s *Service) Create(ctx context.Context, n NewMember) (uuid.UUID, error) {
	if err := n.validate(); err != nil {
		return uuid.Nil, err
	}
	caller, err := tenancy.Caller(ctx)
	if err == nil {
		err = authz.Holds(caller, authz.MemberWrite) // before the costly hash
	}
	if err != nil {
		return uuid.Nil, err
	}
	hash := ""
	if n.Password != "" {
		if hash, err = s.hash(n.Password); err != nil {
			return uuid.Nil, err
		}
	}
	id := tenancy.NewID()
	err = s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.MemberWrite); err != nil {
			return err
		}
		if err := s.join(ctx, tx, id, n, hash); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: "member.created", Subject: subject(id), Detail: map[string]any{"name": n.Name, "login": n.Login, "class": n.Class}})
		if len(n.Roles) == 0 {
			return nil
		}
		return s.Roles.AssignIn(ctx, tx, id, n.Roles)
	})
	return tenancy.Changed(id, err)
}

// join enters the person of that login, made where there is none, into this tenant and its directory.
func (s *Service) join(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, n NewMember, hash string) error {
	if err := checkUnit(ctx, tx, n.UnitID); err != nil {
		return err
	}
	if err := checkEmail(ctx, tx, id, n.Email); err != nil {
		return err
	}
	fresh := tenancy.NewID()
	person, err := putPerson(ctx, tx, fresh, n, hash)
	if err != nil {
		return err
	}
	if person == fresh && hash == "" {
		return errs.InvalidField("password", "这是新的登录名，请设置初始密码")
	}
	added, err := insert(ctx, tx, id, person, n)
	if err != nil {
		return err
	}
	if !added {
		return errs.New(errs.Conflict, "登录名“%s”已是本单位成员", n.Login)
	}
	return putDirectory(ctx, tx, person, id, true)
}

func checkUnit(ctx context.Context, tx *tenancy.Tx, unit uuid.UUID) error {
	if unit == uuid.Nil {
		return nil
	}
	there, err := hasUnit(ctx, tx, unit)
	if err == nil && !there {
		return errs.InvalidField("unit_id", "没有找到这个内设机构")
	}
	return err
}

// checkEmail: an address is one member's, or mail from it would be nobody's.
func checkEmail(ctx context.Context, tx *tenancy.Tx, id uuid.UUID, email string) error {
	if email == "" {
		return nil
	}
	free, err := emailFree(ctx, tx, id, email)
	if err == nil && !free {
		return errs.InvalidField("email", "这个邮箱已登记在另一名成员名下")
	}
	return err
}

// Update changes what a member is in the caller's tenant.
func (s *Service) Update(ctx context.Context, id uuid.UUID, e Edit) error {
	var faults errs.Fields
	e.check(&faults)
	if err := faults.Err(); err != nil {
		return err
	}
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.MemberWrite); err != nil {
			return err
		}
		if e.UnitID != nil {
			if err := checkUnit(ctx, tx, *e.UnitID); err != nil {
				return err
			}
		}
		if e.Email != nil {
			if err := checkEmail(ctx, tx, id, *e.Email); err != nil {
				return err
			}
		}
		there, err := update(ctx, tx, id, e)
		if err != nil {
			return err
		}
		if !there {
			return errs.Missing()
		}
		tx.Record(tenancy.Event{Kind: "member.updated", Subject: subject(id)})
		return nil
	})
	_, err = tenancy.Changed(id, err)
	return err
}

// Suspend shuts a member out: his sessions in this tenant end with the next look at them. Not oneself, and not the last
// security administrator, without whom nobody could give a role again.
func (s *Service) Suspend(ctx context.Context, id uuid.UUID) error {
	return s.turn(ctx, id, "suspended", "member.suspended", func(tx *tenancy.Tx, m standing) error {
		switch {
		case id == tx.Principal().Membership:
			return errs.New(errs.Forbidden, "不能停用自己")
		case m.State != "active":
			return errs.New(errs.Conflict, "该成员已经停用")
		case m.Class == "security" && m.Peers == 0:
			return errs.New(errs.Conflict, "至少要有一名在任的安全管理员")
		}
		return nil
	})
}

// Resume lets a suspended member in again.
func (s *Service) Resume(ctx context.Context, id uuid.UUID) error {
	return s.turn(ctx, id, "active", "member.resumed", func(_ *tenancy.Tx, m standing) error {
		if m.State != "suspended" {
			return errs.New(errs.Conflict, "该成员没有停用")
		}
		return nil
	})
}

func (s *Service) turn(ctx context.Context, id uuid.UUID, state, kind string, allow func(*tenancy.Tx, standing) error) error {
	err := s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.MemberWrite); err != nil {
			return err
		}
		m, err := lockStanding(ctx, tx, id)
		if err != nil {
			return err
		}
		if m == nil {
			return errs.Missing()
		}
		if err := allow(tx, *m); err != nil {
			return err
		}
		if err := setState(ctx, tx, id, state); err != nil {
			return err
		}
		tx.Record(tenancy.Event{Kind: kind, Subject: subject(id)})
		return putDirectory(ctx, tx, m.PersonID, id, state == "active")
	})
	_, err = tenancy.Changed(id, err)
	return err
}

// List shows the members whose name, login or title contains the words, by name, from behind the cursor on. next is empty
// on the last page. A cursor that is none of ours is invalid.
func (s *Service) List(ctx context.Context, words, cursor string, limit int) (items []Member, next string, err error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, "", err
	}
	if err := authz.Holds(q.Principal(), authz.MemberRead); err != nil {
		return nil, "", err
	}
	after, err := readCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	items, err = list(ctx, q, words, after, limit+1)
	for i := range items {
		items[i].hide(q.Principal())
	}
	if len(items) > limit {
		items = items[:limit]
		next = items[limit-1].cursor()
	}
	return items, next, err
}

// Get is one member of the caller's tenant.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (Member, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Member{}, err
	}
	if err := authz.Holds(q.Principal(), authz.MemberRead); err != nil {
		return Member{}, err
	}
	m, err := get(ctx, q, id)
	m.hide(q.Principal())
	return m, err
}

// hide leaves the address to who registers members.
func (m *Member) hide(from *tenancy.Principal) {
	if authz.Holds(from, authz.MemberWrite) != nil {
		m.Email = ""
	}
}
