package migrations_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"shangda/internal/testdb"
	"shangda/migrations"
)

func TestBootstrapAndUpAgainChangeNothing(t *testing.T) {
	ctx := context.Background()
	db := testdb.Private(t)
	results := make(chan error)
	for range 4 { // four replicas that start at once
		go func() {
			err := migrations.Bootstrap(ctx, db.AdminURL, "shangda", migrations.Passwords{})
			if err == nil {
				err = migrations.Up(ctx, db.OwnerURL)
			}
			results <- err
		}()
	}
	for range 4 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	var newest, rows int64
	err := db.Admin(t).QueryRow(ctx, `select max(version_id), count(*) filter (where version_id > 0) from platform.schema_version`).
		Scan(&newest, &rows)
	if err != nil || newest != migrations.Version() || rows > newest {
		t.Fatalf("%v: version %d in %d rows, want %d", err, newest, rows, migrations.Version())
	}
}

func TestPasswordsAndAnotherDatabase(t *testing.T) {
	ctx := context.Background()
	db := testdb.Private(t)
	before := hash(t, db, "shangda_fold")
	if err := migrations.Bootstrap(ctx, db.AdminURL, `other "name"`, migrations.Passwords{App: `it's "secret"`}); err != nil {
		t.Fatal(err)
	}
	if hash(t, db, "shangda_app") == "" || hash(t, db, "shangda_fold") != before {
		t.Fatal("the password was not set, or one that was not given was changed")
	}
	var owner string
	var open bool
	err := db.Admin(t).QueryRow(ctx, `select datdba::regrole::text, has_database_privilege('pg_monitor', oid, 'connect')
		from pg_database where datname = 'other "name"'`).Scan(&owner, &open)
	if err != nil || owner != "shangda_owner" || open {
		t.Fatalf("%v: owner %s, open to all %t", err, owner, open)
	}
}

func hash(t *testing.T, db *testdb.DB, role string) string {
	t.Helper()
	var h string
	err := db.Admin(t).QueryRow(context.Background(),
		`select coalesce(rolpassword, '') from pg_authid where rolname = $1`, role).Scan(&h)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestOwnerHandsFunctionsOverAndInheritsNothing(t *testing.T) {
	ctx := context.Background()
	db := testdb.Private(t)
	admin := db.Admin(t)
	for _, statement := range []string{
		`create schema secret`, `grant usage, create on schema secret to shangda_owner`,
		`grant usage, create on schema secret to shangda_login`,
		`create table secret.rows (n int)`, `grant select on secret.rows to shangda_login`,
	} {
		if _, err := admin.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	owner, err := pgx.Connect(ctx, db.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(ctx)
	if _, err := owner.Exec(ctx, `select * from secret.rows`); err == nil {
		t.Error("the owner has the rights of shangda_login")
	}
	for _, statement := range []string{
		`create function secret.f() returns bigint language sql security definer set search_path = '' as 'select count(*) from secret.rows'`,
		`alter function secret.f() owner to shangda_login`,
	} {
		if _, err := owner.Exec(ctx, statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

func TestRuntimeRoleAndTheJobTables(t *testing.T) {
	ctx := context.Background()
	db := testdb.Open(t)
	var jobs, version, fold bool
	err := db.Admin(t).QueryRow(ctx, `select
		has_table_privilege('shangda_app', 'river.river_job', 'insert'),
		has_table_privilege('shangda_app', 'river.river_migration', 'insert'),
		has_schema_privilege('shangda_fold', 'river', 'usage')`).Scan(&jobs, &version, &fold)
	if err != nil || !jobs || version || fold {
		t.Fatalf("%v: jobs %t, version of the job tables %t, fold %t", err, jobs, version, fold)
	}
	if _, err := db.App(t).Exec(ctx, `create table public.mine ()`); err == nil {
		t.Error("the runtime role makes tables")
	}
}
