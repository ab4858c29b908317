// Package postgres opens connection pools with the timeouts the program relies on, and refuses
// to work as a role that row level security does not bind.
package postgres

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Options say how a pool is. The zero value of a field stands for its default.
type Options struct {
	MaxConns         int32           // 8
	StatementTimeout time.Duration   // 10 s; the server ends a statement that takes longer
	IdleTimeout      time.Duration   // 5 s; the server ends a transaction that waits longer for us
	Name             string          // shangda; what the server shows as the application
	Tracer           pgx.QueryTracer // none; sees every statement
}

func (o Options) withDefaults() Options {
	if o.MaxConns == 0 {
		o.MaxConns = 8
	}
	if o.StatementTimeout == 0 {
		o.StatementTimeout = 10 * time.Second
	}
	if o.IdleTimeout == 0 {
		o.IdleTimeout = 5 * time.Second
	}
	if o.Name == "" {
		o.Name = "shangda"
	}
	return o
}

// Open makes a pool for a database address. It connects at first use; only a malformed address
// is an error here. Statements are prepared and kept per connection, never sent as text.
func Open(ctx context.Context, url string, options Options) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database address: %w", err)
	}
	o := options.withDefaults()
	config.MaxConns = o.MaxConns
	config.ConnConfig.Tracer = o.Tracer
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = 5 * time.Second
	}
	set := config.ConnConfig.RuntimeParams
	set["application_name"] = o.Name
	set["statement_timeout"] = strconv.FormatInt(o.StatementTimeout.Milliseconds(), 10)
	set["jit"] = "off" // our statements are short; compiling one costs up to seconds
	set["idle_in_transaction_session_timeout"] = strconv.FormatInt(o.IdleTimeout.Milliseconds(), 10)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return pool, nil
}

// Pools are the two pools of a program: a rush of writers does not keep readers waiting.
type Pools struct {
	Read  *pgxpool.Pool
	Write *pgxpool.Pool
}

// OpenPools opens both: 8 connections to read, 32 to write. tracer, where given, sees every statement.
func OpenPools(ctx context.Context, url string, tracer pgx.QueryTracer) (*Pools, error) {
	read, err := Open(ctx, url, Options{MaxConns: 8, Name: "shangda read", Tracer: tracer})
	if err != nil {
		return nil, err
	}
	write, err := Open(ctx, url, Options{MaxConns: 32, Name: "shangda write", Tracer: tracer})
	if err != nil {
		read.Close()
		return nil, err
	}
	return &Pools{Read: read, Write: write}, nil
}

// Close closes both pools; it waits for what is under way.
func (p *Pools) Close() {
	p.Read.Close()
	p.Write.Close()
}

// RefuseUnsafeRole returns an error when the role of the pool could pass over row level
// security: as superuser, with BYPASSRLS, as owner of anything, or by way of a
// role it is a member of. A program asks before it serves.
func RefuseUnsafeRole(ctx context.Context, pool *pgxpool.Pool) error {
	var role, reason string
	err := pool.QueryRow(ctx, `
		select rolname, case
			when rolsuper then 'is a superuser'
			when rolbypassrls then 'has BYPASSRLS'
			when rolcreaterole then 'may create roles'
			when exists (select from pg_shdepend
			             where refclassid = 'pg_authid'::regclass and refobjid = r.oid and deptype = 'o') then 'owns objects'
			when exists (select from pg_auth_members where member = r.oid) then 'is a member of another role'
			else '' end
		from pg_roles r where rolname = session_user`).Scan(&role, &reason)
	if err != nil {
		return fmt.Errorf("check the database role: %w", err)
	}
	if reason != "" {
		return fmt.Errorf("the database role %s %s: row level security would not bind it; use shangda_app or shangda_fold", role, reason)
	}
	return nil
}
