package signing

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/internal/secret"
	"shangda/tenancy"
)

// Signature is what stands beside a signed message. The zero one says that nobody signed.
type Signature struct {
	Algorithm string
	Key       uuid.UUID
	Bytes     []byte
}

// Key is the public half of a tenant's key.
type Key struct {
	ID        uuid.UUID
	Algorithm string
	Public    []byte
	CreatedAt time.Time
	RetiredAt *time.Time
}

// lateWith is how long after its retirement a key may still have signed: the length of a transaction under way.
const lateWith = time.Minute

var errNotOurs = errors.New("signing: not a key of this algorithm")

// Service signs for the tenant of the transaction and verifies what any tenant signed.
type Service struct {
	db      *tenancy.DB
	box     *secret.Box
	current Algorithm
	known   map[string]Verifier

	mu     sync.Mutex
	opened map[uuid.UUID][]byte // private halves, so that none is unsealed a second time
	public copies[owned, publicRow]
}

// owned names a key of any tenant.
type owned struct {
	tenant int32
	key    uuid.UUID
}

// New makes the service. New keys are made by the first algorithm; the others are still verified and signed with.
func New(db *tenancy.DB, box *secret.Box, algorithms ...Algorithm) *Service {
	if len(algorithms) == 0 {
		algorithms = []Algorithm{Ed25519}
	}
	s := &Service{db: db, box: box, current: algorithms[0], known: map[string]Verifier{}, opened: map[uuid.UUID][]byte{}}
	for _, a := range algorithms {
		s.known[a.Name] = a.Verifier
	}
	return s
}

// place binds a sealed key to its tenant and id: copied to another row it does not open.
func place(tenant int32, key uuid.UUID) string {
	return "signing key " + strconv.Itoa(int(tenant)) + " " + key.String()
}

// Sign signs a message of this tenant's. The first one of a tenant makes its key. A key of an algorithm that is no longer the
// current one is replaced.
func (s *Service) Sign(ctx context.Context, tx *tenancy.Tx, message []byte) (Signature, error) {
	row, err := used(ctx, tx)
	if errors.Is(err, pgx.ErrNoRows) {
		return s.signFirst(ctx, tx, message)
	}
	if err != nil {
		return Signature{}, err
	}
	if row.Algorithm != s.current.Name {
		return s.signAnew(ctx, tx, message)
	}
	private, err := s.open(tx.Tenant(), row)
	if err != nil {
		return Signature{}, err
	}
	return s.with(private, row.ID, message)
}

// signFirst makes the tenant's first key, or takes the one that another transaction made meanwhile.
func (s *Service) signFirst(ctx context.Context, tx *tenancy.Tx, message []byte) (Signature, error) {
	id, private, err := s.make(ctx, tx)
	if err != nil {
		return Signature{}, err
	}
	if id != uuid.Nil {
		return s.with(private, id, message)
	}
	row, err := used(ctx, tx)
	if err != nil {
		return Signature{}, err
	}
	if private, err = s.open(tx.Tenant(), row); err != nil {
		return Signature{}, err
	}
	return s.with(private, row.ID, message)
}

func (s *Service) signAnew(ctx context.Context, tx *tenancy.Tx, message []byte) (Signature, error) {
	if err := retire(ctx, tx); err != nil {
		return Signature{}, err
	}
	return s.signFirst(ctx, tx, message)
}

func (s *Service) with(private []byte, key uuid.UUID, message []byte) (Signature, error) {
	signature, err := s.current.Sign(private, message)
	return Signature{Algorithm: s.current.Name, Key: key, Bytes: signature}, err
}

// make generates a key and puts it in use; no id where the tenant has one by now.
func (s *Service) make(ctx context.Context, tx *tenancy.Tx) (uuid.UUID, []byte, error) {
	private, public, err := s.current.Generate()
	if err != nil {
		return uuid.Nil, nil, err
	}
	id := tenancy.NewID()
	sealed, err := s.box.Seal(string(private), place(tx.Tenant(), id))
	if errors.Is(err, secret.ErrNoKey) {
		return uuid.Nil, nil, &errs.Error{Kind: errs.Unavailable, Message: "系统没有设置密钥（SHANGDA_SECRET_KEY），不能签名，请联系运营方", Err: err}
	}
	if err != nil {
		return uuid.Nil, nil, err
	}
	made, err := insert(ctx, tx, id, s.current.Name, sealed)
	if err != nil || !made {
		return uuid.Nil, nil, err
	}
	return id, private, publish(ctx, tx, id, s.current.Name, public)
}

func (s *Service) open(tenant int32, row keyRow) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if private, ok := s.opened[row.ID]; ok {
		return private, nil
	}
	text, err := s.box.Open(row.Private, place(tenant, row.ID))
	if err != nil {
		return nil, &errs.Error{Kind: errs.Unavailable, Message: "本单位的签名密钥打不开（系统密钥换过），请系统管理员在“单位设置”中更换签名密钥", Err: err}
	}
	s.opened[row.ID] = []byte(text)
	return s.opened[row.ID], nil
}

// Verify tells whether the tenant signed the message at that time: a Conflict that says what is wrong where it did not. A
// message without a signature passes where it is from the time before tenants signed; signed is false then.
func (s *Service) Verify(ctx context.Context, q tenancy.Querier, tenant int32, message []byte, g Signature, at time.Time) (signed bool, err error) {
	if g.Algorithm == "" && g.Key == uuid.Nil && len(g.Bytes) == 0 {
		begun, err := since(ctx, q)
		if err == nil && !at.Before(begun) {
			err = errs.New(errs.Conflict, "没有来文单位的签名")
		}
		return false, err
	}
	verifier, ok := s.known[g.Algorithm]
	if !ok {
		return true, errs.New(errs.Conflict, "不认识的签名算法“%s”", g.Algorithm)
	}
	key, err := s.public.get(owned{tenant, g.Key}, func() (publicRow, error) { return published(ctx, q, tenant, g.Key) })
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return true, errs.New(errs.Conflict, "签名所用的密钥不是来文单位的")
	case err != nil:
		return true, err
	case key.Algorithm != g.Algorithm || !verifier.Verify(key.Public, message, g.Bytes):
		return true, errs.New(errs.Conflict, "签名与来文内容不符")
	case key.RetiredAt != nil && at.After(key.RetiredAt.Add(lateWith)):
		return true, errs.New(errs.Conflict, "签名所用的密钥在发文前已经停用")
	}
	return true, nil
}

// Rotate puts a new key in use. What the earlier ones signed stays verified.
func (s *Service) Rotate(ctx context.Context) error {
	return s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.SettingWrite); err != nil {
			return err
		}
		if err := retire(ctx, tx); err != nil {
			return err
		}
		id, _, err := s.make(ctx, tx)
		if err == nil && id == uuid.Nil {
			err = errs.New(errs.Stale, "签名密钥刚被他人更换，请刷新")
		}
		tx.Record(tenancy.Event{Kind: "signing_key.rotated", Subject: tenancy.Subject{Kind: "signing_key", ID: id}, Detail: map[string]string{"algorithm": s.current.Name}})
		return err
	})
}

// Keys lists the public keys of this tenant, newest first.
func (s *Service) Keys(ctx context.Context) ([]Key, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.SettingRead); err != nil {
		return nil, err
	}
	return list(ctx, q, q.Tenant())
}
