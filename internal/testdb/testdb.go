// Package testdb gives tests a real PostgreSQL, migrated, and a real Redis.
//
// A test process has one cluster, copied within a third of a second from a migrated template
// that the first process made, and gone when the process is, however it ends. The tests of a
// process share one database (Open) and keep apart by tenants of their own; a test that counts
// everything takes a fresh database (Fresh), and one that kills servers a cluster of its own
// (Private).
package testdb

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"shangda/internal/devstack"
	"shangda/migrations"
)

// DB is a migrated database and the Redis beside it.
type DB struct {
	AdminURL string // superuser, in this database
	OwnerURL string
	AppURL   string
	FoldURL  string
	RedisURL string
	Cluster  *Cluster

	mu    sync.Mutex
	pools map[string]*pgxpool.Pool
}

type common struct {
	db  *DB
	err error
}

var (
	shared = sync.OnceValue(func() common {
		cluster, err := newCluster()
		if err != nil {
			return common{err: err}
		}
		return common{db: newDB(cluster, devstack.Database, 0)}
	})
	fresh atomic.Int64 // numbers the fresh databases of this process
)

// Open gives the database that all tests of this process share.
func Open(t testing.TB) *DB {
	t.Helper()
	c := shared()
	if c.err != nil {
		t.Fatalf("testdb: %v", c.err)
	}
	return c.db
}

// Fresh gives an empty migrated database of the test's own on the shared cluster, with a Redis
// database of its own (publish and subscribe reach across). It is dropped after the test.
func Fresh(t testing.TB) *DB {
	t.Helper()
	cluster := Open(t).Cluster
	n := fresh.Add(1)
	name := fmt.Sprintf("fresh_%d", n)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	admin := cluster.stack.AdminURL
	if err := execute(ctx, admin, `create database `+name+` template `+template+` strategy file_copy`); err != nil {
		t.Fatalf("testdb: %v", err)
	}
	if err := migrations.Bootstrap(ctx, admin, name, migrations.Passwords{}); err != nil {
		t.Fatalf("testdb: %v", err)
	}
	db := newDB(cluster, name, int(n))
	t.Cleanup(func() {
		db.close()
		if err := execute(context.Background(), admin, `drop database `+name+` with (force)`); err != nil {
			t.Errorf("testdb: %v", err)
		}
	})
	return db
}

// Private gives a database on a cluster of the test's own, for tests that kill its servers.
func Private(t testing.TB) *DB {
	t.Helper()
	cluster, err := newCluster()
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	db := newDB(cluster, devstack.Database, 0)
	t.Cleanup(func() {
		db.close()
		cluster.close()
	})
	return db
}

func newDB(c *Cluster, name string, redis int) *DB {
	return &DB{
		AdminURL: c.stack.URL("postgres", name),
		OwnerURL: c.stack.URL("shangda_owner", name),
		AppURL:   c.stack.URL("shangda_app", name),
		FoldURL:  c.stack.URL("shangda_fold", name),
		RedisURL: fmt.Sprintf("%s?db=%d", c.stack.RedisURL, redis),
		Cluster:  c,
		pools:    map[string]*pgxpool.Pool{},
	}
}

// App is a pool as the runtime role of requests and jobs. The pools of a database are shared
// by its tests; do not close them.
func (db *DB) App(t testing.TB) *pgxpool.Pool { t.Helper(); return db.pool(t, db.AppURL) }

// Fold is a pool as the runtime role of the fold.
func (db *DB) Fold(t testing.TB) *pgxpool.Pool { t.Helper(); return db.pool(t, db.FoldURL) }

// Owner is a pool as the owner of the schema. Row level security is forced on it too.
func (db *DB) Owner(t testing.TB) *pgxpool.Pool { t.Helper(); return db.pool(t, db.OwnerURL) }

// Admin is a pool as superuser, to look at everything. Nothing under test may use it.
func (db *DB) Admin(t testing.TB) *pgxpool.Pool { t.Helper(); return db.pool(t, db.AdminURL) }

func (db *DB) pool(t testing.TB, url string) *pgxpool.Pool {
	t.Helper()
	db.mu.Lock()
	defer db.mu.Unlock()
	if pool := db.pools[url]; pool != nil {
		return pool
	}
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	config.MaxConns = 16
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	db.pools[url] = pool
	return pool
}

func (db *DB) close() {
	db.mu.Lock()
	defer db.mu.Unlock()
	for _, pool := range db.pools {
		pool.Close()
	}
	clear(db.pools)
}

func execute(ctx context.Context, url, statement string) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
