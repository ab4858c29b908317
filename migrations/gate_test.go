package migrations_test

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// querier is a pool, or a transaction in which a fault was planted.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// rule is one demand on the schema: its query names whatever breaks it.
type rule struct {
	name string
	sql  string
}

// gate looks at the schema as it is in the database and names everything that would let one tenant at another.
func gate(ctx context.Context, q querier) ([]string, error) {
	var findings []string
	for _, r := range rules {
		rows, err := q.Query(ctx, r.sql)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name, err)
		}
		broken, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name, err)
		}
		for _, what := range broken {
			findings = append(findings, r.name+": "+what)
		}
	}
	return findings, nil
}

// The one expression of a tenant's policy, as PostgreSQL writes it back.
const tenantPolicy = `(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::integer)`

// tenantTables are all tables of the schema public.
const tenantTables = `with t as (
	select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity,
	       (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull and a.atttypid = 'int'::regtype) as tenant
	from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')) `

var rules = []rule{
	{"table without tenant_id", tenantTables + `
		select relname from t where tenant is null`},
	{"row-level security off or not forced", tenantTables + `
		select relname from t where not (relrowsecurity and relforcerowsecurity)`},
	{"no policy of the runtime role", tenantTables + `
		select relname from t where not exists (
			select from pg_policies p where p.schemaname = 'public' and p.tablename = t.relname and p.roles = '{shangda_app}')`},
	{"more than one policy a role", `
		select tablename || ' for ' || role from pg_policies, unnest(roles) as role
		group by schemaname, tablename, role having count(*) > 1`},
	{"policy that is not the tenant's own rows", `
		select tablename || ' ' || policyname from pg_policies
		where not (schemaname = 'public' and permissive = 'PERMISSIVE' and (
			roles = '{shangda_app}' and cmd = 'ALL' and qual = $$` + tenantPolicy + `$$ and with_check = $$` + tenantPolicy + `$$
			or roles = '{shangda_fold}' and (tablename, cmd) in (('events', 'SELECT'), ('sums', 'ALL'), ('unit_sums', 'ALL'))
			or roles = '{shangda_search}' and (tablename, cmd) = ('search_documents', 'SELECT')))`},
	{"function of the search that does not ask whose transaction it is", `
		select p.oid::regprocedure::text from pg_proc p
		where p.proowner = 'shangda_search'::regrole and p.prosrc not like '%nullif(current_setting(''app.tenant'', true), '''')%'`},
	{"key that does not begin with the tenant", tenantTables + `
		select i.indexrelid::regclass::text from t join pg_index i on i.indrelid = t.oid
		where i.indisunique and i.indkey[0] is distinct from t.tenant`},
	{"foreign key without the tenant", tenantTables + `
		select f.conrelid::regclass || ' ' || f.conname from pg_constraint f join t on t.oid = f.conrelid left join t o on o.oid = f.confrelid
		where f.contype = 'f' and case
			when o.oid is null then f.confrelid <> 'platform.tenants'::regclass
			else not exists (select from unnest(f.conkey, f.confkey) as k(here, there) where k.here = t.tenant and k.there = o.tenant) end`},
	{"foreign key into a tenant's table from outside", `
		select f.conrelid::regclass || ' ' || f.conname from pg_constraint f
		join pg_class c on c.oid = f.conrelid join pg_class o on o.oid = f.confrelid
		where f.contype = 'f' and o.relnamespace = 'public'::regnamespace and c.relnamespace <> 'public'::regnamespace`},
	{"view, sequence or foreign table", `
		select c.oid::regclass::text from pg_class c
		where c.relkind in ('v', 'm', 'f') and c.relnamespace in ('public'::regnamespace, 'platform'::regnamespace, 'river'::regnamespace)
		   or c.relkind = 'S' and c.relnamespace = 'public'::regnamespace`},
	{"rewrite rule on a table", `
		select r.ev_class::regclass || ' ' || r.rulename from pg_rewrite r join pg_class c on c.oid = r.ev_class
		where c.relnamespace in ('public'::regnamespace, 'platform'::regnamespace) and c.relkind in ('r', 'p')`},
	{"role with powers", `
		select rolname from pg_roles
		where rolname like 'shangda\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolinherit)
		   or rolbypassrls and not rolsuper`},
	{"runtime role owns something", `
		select d.refobjid::regrole || ' owns ' || d.classid::regclass || ' ' || d.objid from pg_shdepend d
		where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' and d.refobjid in ('shangda_app'::regrole, 'shangda_fold'::regrole)`},
	{"role is a member of another", `
		select m.member::regrole || ' of ' || m.roleid::regrole from pg_auth_members m
		where m.member::regrole::text like 'shangda\_%'
		  and not (m.member = 'shangda_owner'::regrole and m.roleid in ('shangda_login'::regrole, 'shangda_search'::regrole))`},
	{"function for everybody", `
		select p.oid::regprocedure::text from pg_proc p
		where p.pronamespace in ('public'::regnamespace, 'platform'::regnamespace)
		  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
		  and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)`},
	{"definer function of a role that logs in", `
		select p.oid::regprocedure::text from pg_proc p join pg_roles o on o.oid = p.proowner
		where p.prosecdef and p.pronamespace in ('public'::regnamespace, 'platform'::regnamespace, 'river'::regnamespace)
		  and (o.rolcanlogin or o.rolsuper or o.rolbypassrls)`},
	{"definer function with a search path", `
		select p.oid::regprocedure::text from pg_proc p
		where p.prosecdef and p.pronamespace in ('public'::regnamespace, 'platform'::regnamespace, 'river'::regnamespace)
		  and not coalesce(p.proconfig @> array['search_path=""'], false)`},
	{"right of everybody, or one that can be passed on", `
		select c.oid::regclass || ' ' || a.privilege_type || ' to ' || case a.grantee when 0 then 'public' else a.grantee::regrole::text end
		from pg_class c, aclexplode(c.relacl) a
		where c.relnamespace in ('public'::regnamespace, 'platform'::regnamespace, 'river'::regnamespace)
		  and (a.grantee = 0 or a.is_grantable and a.grantee <> c.relowner)
		union all
		select n.nspname || ' ' || a.privilege_type || ' to public' from pg_namespace n, aclexplode(n.nspacl) a
		where n.nspname in ('public', 'platform', 'river') and a.grantee = 0`},
	{"runtime role may make, empty or refer to tables", `
		select r || ' in ' || n.nspname from unnest(array['shangda_app', 'shangda_fold', 'shangda_login', 'shangda_search']) r, pg_namespace n
		where n.nspname in ('public', 'platform', 'river') and has_schema_privilege(r, n.oid, 'create')
		union all
		select r || ' on ' || c.oid::regclass from unnest(array['shangda_app', 'shangda_fold', 'shangda_login', 'shangda_search']) r, pg_class c
		where c.relnamespace in ('public'::regnamespace, 'platform'::regnamespace, 'river'::regnamespace) and c.relkind in ('r', 'p')
		  and has_table_privilege(r, c.oid, 'truncate, references, trigger')`},
	{"platform table open to a runtime role", `
		select r || ' on ' || c.relname from unnest(array['shangda_app', 'shangda_fold']) r, pg_class c
		where c.relnamespace = 'platform'::regnamespace and c.relkind in ('r', 'p')
		  and (has_table_privilege(r, c.oid, 'select, insert, update, delete') or has_any_column_privilege(r, c.oid, 'select, insert, update'))
		  and (r, c.relname) not in (('shangda_app', 'tenants'), ('shangda_app', 'divisions'), ('shangda_app', 'lines'), ('shangda_app', 'closure'),
		      ('shangda_app', 'watermark'), ('shangda_fold', 'tenants'), ('shangda_fold', 'closure'), ('shangda_fold', 'watermark'))`},
	{"platform table that others than the operator write", `
		select c.relname::text from pg_class c
		where c.relnamespace = 'platform'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'watermark'
		  and has_table_privilege('shangda_app', c.oid, 'insert, update, delete')
		  and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgfoid = 'platform.only_operator'::regproc and g.tgenabled in ('O', 'A')
		                  and g.tgtype & 2 = 2 and g.tgtype & 28 = 28)`},
	{"events or audit that can be changed", `
		select r || ' on ' || t from unnest(array['shangda_app', 'shangda_fold']) r, unnest(array['events', 'audit', 'report_versions', 'report_outcomes']) t
		where has_table_privilege(r, ('public.' || t)::regclass, 'update, delete') or has_any_column_privilege(r, ('public.' || t)::regclass, 'update')`},
}
