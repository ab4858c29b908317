// Package devstack brings up the servers the program needs on one machine: a private
// PostgreSQL and a private Redis that live in a data folder and end with the program,
// however the program ends.
package devstack

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"shangda/migrations"
)

// Database is the name of the database every stack has.
const Database = "shangda"

// Options say where a stack lives and how careful it is.
type Options struct {
	// Dir is the data folder. It is made when it does not exist.
	Dir string
	// Settings are PostgreSQL settings laid over the defaults.
	Settings map[string]string
	// Throwaway is for tests alone: nothing is forced to the disk, so a power cut loses the
	// data; a killed process does not, because commits stay synchronous.
	Throwaway bool
}

// Stack is a running PostgreSQL and Redis. The addresses stay the same over restarts.
type Stack struct {
	AdminURL string // superuser: makes roles and databases, nothing else
	OwnerURL string // owner of the schema: migrations
	AppURL   string // runtime role of requests and jobs
	FoldURL  string // runtime role of the fold
	RedisURL string
	// RedisAddr is the socket path or host:port behind RedisURL.
	RedisAddr string
	// Note is one sentence for the person at the screen when something was arranged
	// otherwise than asked, else empty.
	Note string

	pg    *postgres
	redis *redisServer
	place *place
}

// Start brings the stack up, roles and empty database included, and returns when both servers
// answer; ctx bounds the start only. It returns ErrNoPostgres when the machine has no
// PostgreSQL, and an error that names the folder when another program uses it.
func Start(ctx context.Context, opt Options) (*Stack, error) {
	if _, err := binaries(""); err != nil {
		return nil, err
	}
	home, err := settle(opt.Dir)
	if err != nil {
		return nil, err
	}
	s := &Stack{place: home, Note: home.note}
	if err := s.start(ctx, opt); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Stack) start(ctx context.Context, opt Options) error {
	s.pg = &postgres{place: s.place, settings: settings(opt, s.place.run), throwaway: opt.Throwaway}
	s.AdminURL = s.URL("postgres", "postgres")
	s.OwnerURL = s.URL("shangda_owner", Database)
	s.AppURL = s.URL("shangda_app", Database)
	s.FoldURL = s.URL("shangda_fold", Database)
	if err := s.pg.prepare(ctx); err != nil {
		return err
	}
	if err := s.pg.start(ctx, s.AdminURL); err != nil {
		return err
	}
	if err := migrations.Bootstrap(ctx, s.AdminURL, Database, migrations.Passwords{}); err != nil {
		return err
	}
	s.redis = &redisServer{place: s.place}
	if err := s.redis.start(ctx); err != nil {
		return err
	}
	s.RedisAddr, s.RedisURL = s.redis.addr, s.redis.url
	if s.redis.inProcess() {
		s.Note = join(s.Note, "No redis-server on this machine: an in-process one is used.")
	}
	return s.publish()
}

// URL is the address of a database of this stack for a role.
func (s *Stack) URL(role, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database,
		RawQuery: url.Values{"host": {s.place.run}}.Encode()}
	return u.String()
}

// KillPostgres ends PostgreSQL as kill -9 does and returns when it is gone.
func (s *Stack) KillPostgres() { s.pg.child.kill() }

// RestartPostgres starts PostgreSQL again on the same data and addresses, ending it first when
// it still runs, and returns when it answers.
func (s *Stack) RestartPostgres(ctx context.Context) error {
	s.pg.child.stop(endings...)
	return s.pg.start(ctx, s.AdminURL)
}

// KillRedis ends Redis as kill -9 does and returns when it is gone.
func (s *Stack) KillRedis() { s.redis.kill() }

// RestartRedis starts an empty Redis at the same address and returns when it answers.
func (s *Stack) RestartRedis(ctx context.Context) error {
	s.redis.kill()
	return s.redis.start(ctx)
}

// Close ends both servers and frees the data folder. Data stay.
func (s *Stack) Close() error {
	if s.redis != nil {
		s.redis.kill()
	}
	if s.pg != nil {
		s.pg.child.stop(endings...)
	}
	return s.place.release()
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// logFile opens a log of the data folder for appending; one that has grown large is kept once
// under the name *.old.
func logFile(dir, name string) (*os.File, error) {
	path := filepath.Join(dir, name)
	if info, err := os.Stat(path); err == nil && info.Size() > 16<<20 {
		if err := os.Rename(path, path+".old"); err != nil {
			return nil, fmt.Errorf("turn over the log: %w", err)
		}
	}
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}
