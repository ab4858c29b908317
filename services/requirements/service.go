package requirements

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"shangda/authz"
	"shangda/internal/errs"
	"shangda/services/letters"
	"shangda/services/notices"
	"shangda/tenancy"
)

// Letters is what this package needs of services/letters.
type Letters interface {
	Send(ctx context.Context, tx *tenancy.Tx, d letters.Draft) (uuid.UUID, error)
	Register(kind string, h letters.Handler)
}

// Notifier tells members; *notices.Service fulfils it.
type Notifier interface {
	TellRoles(ctx context.Context, tx *tenancy.Tx, roles []string, n notices.Notice) error
}

// Service publishes a unit's requirements and keeps those of its upper units.
type Service struct {
	db      *tenancy.DB
	dir     *tenancy.Directory
	letters Letters
	notices Notifier
}

// New registers the kind of letter.
func New(db *tenancy.DB, dir *tenancy.Directory, l Letters, n Notifier) *Service {
	s := &Service{db: db, dir: dir, letters: l, notices: n}
	l.Register(Letter, letters.Handler{Down: true, Receive: s.receive})
	return s
}

// subject is the same in every tenant: there is one set of requirements of a unit, and letters about it keep their order.
func subject() tenancy.Subject {
	return tenancy.Subject{Kind: "requirements", ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte("requirements"))}
}

// letter is what goes down.
type letter struct {
	Requirements
	Version     int       `json:"version"`
	PublishedAt time.Time `json:"published_at"`
}

// Get is what this unit asks of those below, as published last.
func (s *Service) Get(ctx context.Context) (Published, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return Published{}, err
	}
	if err := authz.Holds(q.Principal(), authz.SettingRead); err != nil {
		return Published{}, err
	}
	return s.Own(ctx, q)
}

// Own is Get for other nouns, whose caller was asked for his right before.
func (s *Service) Own(ctx context.Context, q tenancy.Querier) (Published, error) {
	p, err := newest(ctx, q)
	if errors.Is(err, pgx.ErrNoRows) {
		return Published{Requirements: Shipped}, nil
	}
	return p, err
}

// Publish puts a new version in force, based on the one that was read, and sends it to every unit that reports to this one now.
// Published again unchanged, it reaches those who came since. It returns how many units it goes to.
func (s *Service) Publish(ctx context.Context, version int, r Requirements) (units int, err error) {
	if err := r.check(); err != nil {
		return 0, err
	}
	return units, s.db.InTx(ctx, func(tx *tenancy.Tx) error {
		if err := authz.Holds(tx.Principal(), authz.RequirementPublish); err != nil {
			return err
		}
		inserted, err := insert(ctx, tx, version, r)
		if err != nil {
			return err
		}
		if !inserted {
			return errs.New(errs.Stale, "报送要求已被他人修改，请刷新后重新发布")
		}
		tx.Record(tenancy.Event{Kind: "requirements.published", Subject: subject(), Detail: map[string]any{"version": version + 1}})
		payload, err := json.Marshal(letter{Requirements: r, Version: version + 1, PublishedAt: tx.Now()})
		if err != nil {
			return err
		}
		below, err := lowers(ctx, tx)
		if err != nil {
			return err
		}
		for _, unit := range below {
			if _, err := s.letters.Send(ctx, tx, letters.Draft{Kind: Letter, To: unit, Subject: subject(), Payload: payload}); err != nil {
				return err
			}
		}
		units = len(below)
		return nil
	})
}

// receive keeps what an upper unit asks; an older version that comes late changes nothing.
func (s *Service) receive(ctx context.Context, tx *tenancy.Tx, l letters.Letter) (tenancy.Subject, error) {
	var in letter
	if err := json.Unmarshal(l.Payload, &in); err != nil {
		return tenancy.Subject{}, &errs.Error{Kind: errs.Invalid, Message: "信函内容无法识别", Err: err}
	}
	if err := in.check(); err != nil {
		return tenancy.Subject{}, err
	}
	newer, err := keep(ctx, tx, l.Sender.ID, Published(in))
	if err != nil || !newer {
		return subject(), err
	}
	return subject(), s.notices.TellRoles(ctx, tx, []string{"editor"}, notices.Notice{Kind: "requirements.received", Subject: subject(), Text: l.Sender.Name + "发布了报送要求"})
}

// FromAbove is what one upper unit asks.
type FromAbove struct {
	Upper tenancy.Tenant
	Published
}

// Above lists what the upper units ask of this one, as it came last, and of those only to whom a line is open.
func (s *Service) Above(ctx context.Context) ([]FromAbove, error) {
	q, err := s.db.Read(ctx)
	if err != nil {
		return nil, err
	}
	if err := authz.Holds(q.Principal(), authz.SettingRead); err != nil {
		return nil, err
	}
	rows, err := above(ctx, q)
	if err != nil {
		return nil, err
	}
	list := make([]FromAbove, 0, len(rows))
	for _, r := range rows {
		upper, err := s.dir.ByID(ctx, r.Upper)
		if err != nil {
			return nil, err
		}
		p, err := r.published()
		if err != nil {
			return nil, err
		}
		list = append(list, FromAbove{Upper: upper, Published: p})
	}
	return list, nil
}

// Of is what an upper unit asks, for other nouns; the shipped requirements where it has told nothing.
func (s *Service) Of(ctx context.Context, q tenancy.Querier, upper int32) (Published, error) {
	r, err := from(ctx, q, upper)
	if errors.Is(err, pgx.ErrNoRows) {
		return Published{Requirements: Shipped}, nil
	}
	if err != nil {
		return Published{}, err
	}
	return r.published()
}
