package login

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"

	"shangda/internal/errs"
	"shangda/tenancy"
)

// newToken is what the browser keeps and what the database keeps of it.
func newToken() (text string, hash [32]byte) {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	text = base64.RawURLEncoding.EncodeToString(b[:])
	return text, sha256.Sum256([]byte(text))
}

// signIn opens a person session. A wrong password and an unknown login are one Unauthenticated error after the same
// work; too many failures from this address, or too many logins at once, are Limited.
func (s *Service) signIn(ctx context.Context, login, password, address string) (token string, person uuid.UUID, err error) {
	key := attemptKey(login, address)
	if err := s.admit(ctx, key); err != nil {
		return "", uuid.Nil, err
	}
	who, err := s.findAccount(ctx, login)
	if err != nil {
		return "", uuid.Nil, err
	}
	matched := false
	if err := s.gate.do(ctx, func() { matched = s.Hashing.matches(who.Hash, password) }); err != nil {
		s.readmit(context.WithoutCancel(ctx), key)
		return "", uuid.Nil, err
	}
	if !matched {
		slog.WarnContext(ctx, "login refused", "address", address)
		if err := s.countFailure(ctx, who.Person); err != nil {
			return "", uuid.Nil, err
		}
		return "", uuid.Nil, errs.New(errs.Unauthenticated, "用户名或密码不正确")
	}
	s.admitted(ctx, key)
	if err := s.countSuccess(ctx, who.Person); err != nil {
		return "", uuid.Nil, err
	}
	token, hash := newToken()
	err = s.insertSession(ctx, tenancy.NewID(), hash, opening{person: who.Person, life: ordinaryLife}, s.clock.Now())
	return token, who.Person, err
}

// personOf is the live person session of a token, or Unauthenticated.
func (s *Service) personOf(ctx context.Context, token string) (session, error) {
	denied := errs.New(errs.Unauthenticated, "请先登录")
	if token == "" {
		return session{}, denied
	}
	now := s.clock.Now()
	found, err := s.findSession(ctx, sha256.Sum256([]byte(token)), now)
	if err != nil {
		return session{}, err
	}
	if found.ID == uuid.Nil || found.Tenant != nil {
		return session{}, denied
	}
	if now.Sub(found.SeenAt) >= seenEvery {
		err = s.touchSession(ctx, found.ID, now, ordinaryLife.idle)
	}
	return found, err
}

// opening is a session to be opened. Tenant and parent are nil for a person session.
type opening struct {
	person uuid.UUID
	tenant *int32
	parent *uuid.UUID
	life   life
	event  string
}

// enter opens a tenant session: a new token, the one before it ended. Not found where the person does not belong.
func (s *Service) enter(ctx context.Context, person session, code, before string, p tenancy.Principal) (string, *tenancy.Principal, error) {
	p.Person, p.Login = person.Person, person.Login
	if err := s.join(ctx, &p, code); err != nil {
		return "", nil, err
	}
	o := opening{person: p.Person, tenant: &p.Tenant.ID, parent: &person.ID, life: lifeOf(p.Class), event: "session.opened"}
	token, err := s.open(ctx, &p, o)
	if err != nil {
		return "", nil, err
	}
	if err := s.endToken(ctx, before); err != nil {
		return "", nil, err
	}
	return token, &p, nil
}

// join makes the principal a member of the tenant of that code, with its rights as they are now.
func (s *Service) join(ctx context.Context, p *tenancy.Principal, code string) error {
	tenant, err := s.dir.ByCode(ctx, code)
	if err != nil {
		return err
	}
	places, err := s.placesOf(ctx, p.Person)
	if err != nil {
		return err
	}
	for _, place := range places {
		if place.Tenant != tenant.ID {
			continue
		}
		p.Tenant, p.Membership = tenant, place.Membership
		if active, err := s.stand(ctx, p); err != nil || active {
			return err
		}
	}
	return errs.Missing()
}

// stand fills in what the tenant says of the membership: name, post, roles, rights. False where it is not active.
func (s *Service) stand(ctx context.Context, p *tenancy.Principal) (bool, error) {
	q, err := s.db.Read(tenancy.With(ctx, p))
	if err != nil {
		return false, err
	}
	m, err := standingOf(ctx, q, p.Membership, p.Person)
	if err != nil || !m.Active {
		return false, err
	}
	p.Name, p.Title, p.Post, p.Class, p.Roles = m.Name, m.Title, m.Post, m.Class, m.Roles
	if m.Unit != nil {
		p.Unit = *m.Unit
	}
	p.Policy, err = s.policies.Policy(ctx, q, m.Version)
	return err == nil, err
}

// open stores a tenant session and records it in that tenant's audit.
func (s *Service) open(ctx context.Context, p *tenancy.Principal, o opening) (string, error) {
	token, hash := newToken()
	p.Session = tenancy.NewID()
	if err := s.insertSession(ctx, p.Session, hash, o, s.clock.Now()); err != nil {
		return "", err
	}
	inner, cancel := apart(ctx)
	defer cancel()
	err := s.db.InTx(tenancy.With(inner, p), func(tx *tenancy.Tx) error {
		tx.Record(tenancy.Event{Kind: o.event, Subject: tenancy.Subject{Kind: "session", ID: p.Session}})
		return nil
	})
	if err != nil {
		_ = s.endSession(inner, p.Session)
		return "", err
	}
	return token, nil
}

// apart keeps the deadline of a request and none of its values: its Idempotency-Key is not for the record of a session.
func apart(ctx context.Context) (context.Context, context.CancelFunc) {
	if deadline, ok := ctx.Deadline(); ok {
		return context.WithDeadline(context.Background(), deadline)
	}
	return context.WithTimeout(context.Background(), 10*time.Second)
}

// endToken ends the session of a token and those opened from it; nothing to do where there is none.
func (s *Service) endToken(ctx context.Context, token string) error {
	if token == "" {
		return nil
	}
	found, err := s.findSession(ctx, sha256.Sum256([]byte(token)), s.clock.Now())
	if err != nil || found.ID == uuid.Nil {
		return err
	}
	err = s.endSession(ctx, found.ID)
	s.cache.clear()
	return err
}

// As opens a session in a tenant for the program itself, without a password: for an import in somebody's name or the
// demonstration. It is a session like any other, with the person's rights and no more, and stands in the audit as
// session.opened_by_program. The function ends it. Not found where the login does not belong to the tenant.
func (s *Service) As(ctx context.Context, login, tenantCode string) (context.Context, func(), error) {
	who, err := s.findAccount(ctx, login)
	if err != nil {
		return nil, nil, err
	}
	if who.Person == uuid.Nil {
		return nil, nil, errs.Missing()
	}
	p := &tenancy.Principal{Person: who.Person, Login: strings.ToLower(login)}
	if err := s.join(ctx, p, tenantCode); err != nil {
		return nil, nil, err
	}
	o := opening{person: p.Person, tenant: &p.Tenant.ID, life: programLife, event: "session.opened_by_program"}
	if _, err := s.open(ctx, p, o); err != nil {
		return nil, nil, err
	}
	end := func() {
		inner, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if err := s.endSession(inner, p.Session); err != nil {
			slog.WarnContext(ctx, "a session of the program was not ended", "session", p.Session, "error", err)
		}
	}
	return tenancy.With(ctx, p), end, nil
}

// Check asks again, past the cache, whether the caller's session and membership live and its rights are those of the
// context. Streams ask each second and end when it is an error.
func (s *Service) Check(ctx context.Context) error {
	p, err := tenancy.Caller(ctx)
	if err != nil {
		return err
	}
	q, err := s.db.Read(ctx)
	if err != nil {
		return err
	}
	live, err := sessionLive(ctx, q, p.Session)
	if err != nil {
		return err
	}
	now := *p
	active, err := s.stand(ctx, &now)
	if err != nil {
		return err
	}
	if !live || !active {
		return errs.New(errs.Unauthenticated, "登录已失效，请重新登录")
	}
	if !sameRights(p, &now) {
		return errs.New(errs.Forbidden, "权限有变动，请重新打开")
	}
	return nil
}

func sameRights(a, b *tenancy.Principal) bool {
	if len(a.Roles) != len(b.Roles) || a.Policy == nil || a.Policy.Version() != b.Policy.Version() {
		return false
	}
	for _, role := range a.Roles {
		if !b.HasRole(role) {
			return false
		}
	}
	return true
}
