// Package migrations is the schema: numbered SQL files, forward only, and the three steps that
// bring a database up: Bootstrap as superuser, then Up as the owner.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib" // goose speaks database/sql
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed *.sql
var files embed.FS

//go:embed 0000_bootstrap.sql
var bootstrap string

// one process at a time bootstraps a server or migrates a database.
const advisoryLock = 7_110_301

// Passwords are those of the roles that log in. An empty one leaves the role's as it is.
type Passwords struct{ Owner, App, Fold string }

// Bootstrap makes the database and the five roles, as superuser. It changes nothing where all
// is there already, so it may run at every start. See 0000_bootstrap.sql.
func Bootstrap(ctx context.Context, adminURL, database string, passwords Passwords) error {
	admin, err := pgx.Connect(ctx, adminURL)
	if err != nil {
		return fmt.Errorf("bootstrap: %w", err)
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, `select pg_advisory_lock($1)`, advisoryLock); err != nil {
		return fmt.Errorf("bootstrap: %w", err)
	}
	if err := makeDatabase(ctx, admin, database); err != nil {
		return fmt.Errorf("bootstrap: database %s: %w", database, err)
	}
	inside, err := connectTo(ctx, adminURL, database)
	if err != nil {
		return fmt.Errorf("bootstrap: %w", err)
	}
	defer inside.Close(ctx)
	if _, err := inside.PgConn().Exec(ctx, bootstrap).ReadAll(); err != nil {
		return fmt.Errorf("bootstrap: roles: %w", err)
	}
	for role, password := range map[string]string{
		"shangda_owner": passwords.Owner, "shangda_app": passwords.App, "shangda_fold": passwords.Fold} {
		if err := setPassword(ctx, inside, role, password); err != nil {
			return fmt.Errorf("bootstrap: password of %s: %w", role, err)
		}
	}
	return nil
}

// Recreate drops the database with everything in it and bootstraps it anew. adminURL names a superuser in another
// database.
func Recreate(ctx context.Context, adminURL, database string) error {
	admin, err := pgx.Connect(ctx, adminURL)
	if err != nil {
		return fmt.Errorf("recreate: %w", err)
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, `drop database if exists `+pgx.Identifier{database}.Sanitize()+` with (force)`); err != nil {
		return fmt.Errorf("recreate: %w", err)
	}
	return Bootstrap(ctx, adminURL, database, Passwords{})
}

func makeDatabase(ctx context.Context, admin *pgx.Conn, name string) error {
	var there bool
	err := admin.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, name).Scan(&there)
	if err != nil || there {
		return err
	}
	_, err = admin.Exec(ctx, `create database `+pgx.Identifier{name}.Sanitize()+
		` template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`)
	return err
}

func setPassword(ctx context.Context, conn *pgx.Conn, role, password string) error {
	if password == "" {
		return nil
	}
	var statement string
	err := conn.QueryRow(ctx, `select format('alter role %I password %L', $1::text, $2::text)`, role, password).Scan(&statement)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return err
}

func connectTo(ctx context.Context, url, database string) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.Database = database
	return pgx.ConnectConfig(ctx, config)
}

// Up brings the database to the newest version, as the owner: River's tables in the schema
// river, then the numbered files. Several programs may call it at once; one does the work.
func Up(ctx context.Context, ownerURL string) error {
	pool, err := pgxpool.New(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer pool.Close()
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, `select pg_advisory_lock($1)`, advisoryLock); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer func() { _ = conn.Conn().Close(context.WithoutCancel(ctx)) }() // frees the lock
	if err := riverUp(ctx, pool); err != nil {
		return fmt.Errorf("migrate the job tables: %w", err)
	}
	if err := filesUp(ctx, ownerURL); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func riverUp(ctx context.Context, pool *pgxpool.Pool) error {
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{
		Schema: "river", Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	for _, grant := range []string{
		`grant usage on schema river to shangda_app`,
		`grant select, insert, update, delete on all tables in schema river to shangda_app`,
		`revoke insert, update, delete on river.river_migration from shangda_app`,
		`grant usage, select on all sequences in schema river to shangda_app`,
	} {
		if _, err := pool.Exec(ctx, grant); err != nil {
			return err
		}
	}
	return nil
}

func filesUp(ctx context.Context, ownerURL string) error {
	db, err := sql.Open("pgx", ownerURL)
	if err != nil {
		return err
	}
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithExcludeNames([]string{"0000_bootstrap.sql"}), goose.WithLogger(goose.NopLogger()),
		goose.WithTableName("platform.schema_version"))
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// Version is the number of the newest file: the version of the schema this program expects.
func Version() int64 {
	var newest int64
	for _, name := range names() {
		number, _, _ := strings.Cut(name, "_")
		if n, err := strconv.ParseInt(number, 10, 64); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}

// Digest tells two schemas apart: it changes with every byte of every file and with River's.
func Digest() string {
	sum := sha256.New()
	if migrator, err := rivermigrate.New(riverpgxv5.New(nil), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)}); err == nil {
		fmt.Fprintln(sum, "river", len(migrator.AllVersions()))
	}
	for _, name := range names() {
		text, _ := files.ReadFile(name) // embedded, cannot fail
		fmt.Fprintf(sum, "%s %d\n%s", name, len(text), text)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

func names() []string {
	list, _ := fs.Glob(files, "*.sql") // the pattern is good
	return list
}
