package postgres_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"shangda/internal/postgres"
	"shangda/internal/testdb"
)

func open(t *testing.T, url string, options postgres.Options) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Open(context.Background(), url, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

func TestTimeoutsOfEveryConnection(t *testing.T) {
	ctx := context.Background()
	pools, err := postgres.OpenPools(ctx, testdb.Open(t).AppURL, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer pools.Close()
	for _, pool := range []*pgxpool.Pool{pools.Read, pools.Write} {
		var statement, idle string
		err := pool.QueryRow(ctx, `select current_setting('statement_timeout'),
			current_setting('idle_in_transaction_session_timeout')`).Scan(&statement, &idle)
		if err != nil || statement != "10s" || idle != "5s" {
			t.Fatalf("%v: statement %s, idle %s", err, statement, idle)
		}
	}
	if r, w := pools.Read.Config().MaxConns, pools.Write.Config().MaxConns; r != 8 || w != 32 {
		t.Fatalf("%d to read, %d to write", r, w)
	}
}

func TestServerEndsALongStatementAndKeepsTheConnection(t *testing.T) {
	ctx := context.Background()
	pool := open(t, testdb.Open(t).AppURL, postgres.Options{MaxConns: 1, StatementTimeout: 20 * time.Millisecond})
	var before, after int
	if err := pool.QueryRow(ctx, `select pg_backend_pid()`).Scan(&before); err != nil {
		t.Fatal(err)
	}
	_, err := pool.Exec(ctx, `select pg_sleep(30)`)
	var problem *pgconn.PgError
	if !errors.As(err, &problem) || problem.Code != "57014" {
		t.Fatalf("a long statement: %v", err)
	}
	if err := pool.QueryRow(ctx, `select pg_backend_pid()`).Scan(&after); err != nil || after != before {
		t.Fatalf("%v: another connection", err)
	}
}

func TestStackedStatementsAreRefused(t *testing.T) {
	pool := open(t, testdb.Open(t).AppURL, postgres.Options{})
	if rows, err := pool.Query(context.Background(), `select 1; select 2`); err == nil {
		rows.Close()
		if rows.Err() == nil {
			t.Fatal("two statements in one")
		}
	}
}

func TestUnsafeRolesAreRefused(t *testing.T) {
	ctx := context.Background()
	db := testdb.Private(t)
	for _, safe := range []string{db.AppURL, db.FoldURL} {
		if err := postgres.RefuseUnsafeRole(ctx, open(t, safe, postgres.Options{})); err != nil {
			t.Errorf("a runtime role was refused: %v", err)
		}
	}
	for _, unsafe := range []string{db.AdminURL, db.OwnerURL} {
		if err := postgres.RefuseUnsafeRole(ctx, open(t, unsafe, postgres.Options{})); err == nil {
			t.Errorf("accepted %s", unsafe)
		}
	}
	app := open(t, db.AppURL, postgres.Options{})
	for make, unmake := range map[string]string{
		`alter role shangda_app bypassrls`:                                                  `alter role shangda_app nobypassrls`,
		`alter role shangda_app createrole`:                                                 `alter role shangda_app nocreaterole`,
		`grant shangda_login to shangda_app`:                                                `revoke shangda_login from shangda_app`,
		`create table mine (); alter table mine owner to shangda_app`:                       `drop table mine`,
		`create function f() returns int return 1; alter function f() owner to shangda_app`: `drop function f()`,
	} {
		change(t, db, make)
		if err := postgres.RefuseUnsafeRole(ctx, app); err == nil {
			t.Errorf("accepted after: %s", make)
		}
		change(t, db, unmake)
		if err := postgres.RefuseUnsafeRole(ctx, app); err != nil {
			t.Errorf("refused after: %s: %v", unmake, err)
		}
	}
}

func change(t *testing.T, db *testdb.DB, statements string) {
	t.Helper()
	conn, err := db.Admin(t).Acquire(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	if _, err := conn.Conn().PgConn().Exec(context.Background(), statements).ReadAll(); err != nil {
		t.Fatalf("%s: %v", statements, err)
	}
}
