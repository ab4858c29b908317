// Package login says who is at the door: passwords, sessions, and the principal of each request.
//
// Its rule: a token opens one thing. The person session opens the list of the person's tenants and the entering of
// one of them, and nothing else; a tenant session opens that one tenant. Tokens are 256 random bits, stored as
// their sha256. Only this package calls the platform's functions for logins and sessions.
package login

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"
	"golang.org/x/sync/singleflight"

	"shangda/internal/clock"
	"shangda/tenancy"
)

// Service logs people in and finds out who makes a request. Set the exported fields before the first request.
type Service struct {
	// Hashing is what comparing with an unknown login costs; the cost of stored passwords. Standard from New.
	Hashing Hashing
	// Unread counts the caller's unread notices for GET …/me; nil counts none.
	Unread func(ctx context.Context) (int, error)
	// Texts is what the unit asks of its texts, for GET …/me; nil asks nothing.
	Texts func(ctx context.Context, q tenancy.Querier) (TextRules, error)
	// Redis lets replicas count failed logins together; nil lets each count for itself.
	Redis *redis.Client

	db       *tenancy.DB
	pool     *pgxpool.Pool
	dir      *tenancy.Directory
	policies tenancy.PolicySource
	clock    clock.Clock
	gate     *gate
	attempts *attempts
	cache    *cache
	flight   singleflight.Group
}

// New makes the service. pool reaches the platform's functions, which belong to no tenant.
func New(db *tenancy.DB, pool *pgxpool.Pool, dir *tenancy.Directory, policies tenancy.PolicySource, clock clock.Clock) *Service {
	return &Service{
		Hashing: Standard,
		db:      db, pool: pool, dir: dir, policies: policies, clock: clock,
		gate: newGate(), attempts: newAttempts(), cache: newCache(),
	}
}

// Hashes is how many passwords were looked at since the start, for the metrics.
func (s *Service) Hashes() int64 { return s.gate.passed.Load() }

// life is how long a session lasts: without a request, and at most.
type life struct{ idle, whole time.Duration }

var (
	ordinaryLife = life{30 * time.Minute, 12 * time.Hour}
	adminLife    = life{15 * time.Minute, 8 * time.Hour}
	// A session the program opens for itself ends with its work. Nobody holds its token; its clock may be set to any time.
	programLife = life{10 * 365 * 24 * time.Hour, 10 * 365 * 24 * time.Hour}
)

// lifeOf is shorter for the three administrators.
func lifeOf(class string) life {
	if class == "business" {
		return ordinaryLife
	}
	return adminLife
}
