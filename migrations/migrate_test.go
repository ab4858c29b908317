package migrations_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"shangda/internal/testdb"
)

var update = flag.Bool("update", false, "write testdata/privileges.golden anew")

func TestTheSchemaKeepsTenantsApart(t *testing.T) {
	findings, err := gate(context.Background(), testdb.Fresh(t).Admin(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Error(f)
	}
}

// faults are schemas that a tired hand might make; the gate names each by the rule it breaks.
var faults = []struct {
	rule  string
	plant string
}{
	{"table without tenant_id", `create table public.notes (id uuid primary key)`},
	{"table without tenant_id", `create table public.notes (tenant_id int, id uuid primary key)`},
	{"row-level security off or not forced", `alter table reports no force row level security`},
	{"row-level security off or not forced", `alter table reports disable row level security`},
	{"row-level security off or not forced", `create table public.notes (tenant_id int not null, id uuid, primary key (tenant_id, id))`},
	{"no policy of the runtime role", `drop policy tenant on reports`},
	{"more than one policy a role", `create policy everything on reports to shangda_app using (true)`},
	{"policy that is not the tenant's own rows", `create policy everything on reports using (true)`},
	{"policy that is not the tenant's own rows", `alter policy tenant on reports using (true)`},
	{"policy that is not the tenant's own rows", `alter policy tenant on reports with check (true)`},
	{"policy that is not the tenant's own rows", `alter policy tenant on reports using (tenant_id = current_setting('app.tenant')::int)`},
	{"policy that is not the tenant's own rows", `create policy fold on reports to shangda_fold using (true)`},
	{"policy that is not the tenant's own rows", `create policy search on reports for select to shangda_search using (true)`},
	{"policy that is not the tenant's own rows", `drop policy search on search_documents; create policy search on search_documents to shangda_search using (true)`},
	{"function of the search that does not ask whose transaction it is", `create function public.search_all() returns bigint language sql security definer set search_path = '' as 'select count(*) from public.search_documents'; alter function public.search_all() owner to shangda_search`},
	{"policy that is not the tenant's own rows", `drop policy tenant on reports; create policy tenant on reports as restrictive to shangda_app using (` + tenantPolicy + `) with check (` + tenantPolicy + `)`},
	{"policy that is not the tenant's own rows", `drop policy tenant on reports; create policy tenant on reports for select to shangda_app using (` + tenantPolicy + `)`},
	{"key that does not begin with the tenant", `alter table reports add unique (number)`},
	{"key that does not begin with the tenant", `create unique index on reports (id, tenant_id)`},
	{"foreign key without the tenant", `alter table units add unique (id); alter table notices add column unit uuid references units (id)`},
	{"foreign key without the tenant", `alter table memberships add foreign key (person_id) references platform.people`},
	{"foreign key into a tenant's table from outside", `alter table platform.directory add foreign key (tenant_id, membership_id) references memberships`},
	{"view, sequence or foreign table", `create view public.all_reports as select * from reports`},
	{"view, sequence or foreign table", `create materialized view platform.all_reports as select * from reports`},
	{"view, sequence or foreign table", `create sequence public.numbers_of_reports`},
	{"rewrite rule on a table", `create rule silent as on delete to reports do instead nothing`},
	{"role with powers", `alter role shangda_app bypassrls`},
	{"role with powers", `alter role shangda_fold inherit`},
	{"role with powers", `alter role shangda_owner superuser`},
	{"role with powers", `create role helper login bypassrls`},
	{"runtime role owns something", `alter table reports owner to shangda_app`},
	{"runtime role owns something", `create schema aside authorization shangda_fold`},
	{"role is a member of another", `grant shangda_owner to shangda_app`},
	{"role is a member of another", `grant pg_read_all_data to shangda_fold`},
	{"function for everybody", `create function platform.all_reports() returns bigint language sql security definer set search_path = '' as 'select count(*) from public.reports'`},
	{"function for everybody", `grant execute on function platform.login_find(text) to public`},
	{"definer function of a role that logs in", `alter function platform.login_find(text) owner to shangda_owner`},
	{"definer function with a search path", `alter function platform.login_find(text) set search_path = public`},
	{"definer function with a search path", `alter function platform.login_find(text) reset search_path`},
	{"right of everybody, or one that can be passed on", `grant select on reports to public`},
	{"right of everybody, or one that can be passed on", `grant select on reports to shangda_app with grant option`},
	{"right of everybody, or one that can be passed on", `grant usage on schema platform to public`},
	{"runtime role may make, empty or refer to tables", `grant truncate on reports to shangda_app`},
	{"runtime role may make, empty or refer to tables", `grant create on schema public to shangda_fold`},
	{"platform table open to a runtime role", `grant select on platform.sessions to shangda_app`},
	{"platform table open to a runtime role", `grant select (hash) on platform.credentials to shangda_app`},
	{"platform table open to a runtime role", `grant select on platform.lines to shangda_fold`},
	{"platform table that others than the operator write", `drop trigger only_operator on platform.lines`},
	{"platform table that others than the operator write", `alter table platform.closure disable trigger only_operator`},
	{"platform table that others than the operator write", `drop trigger only_operator on platform.lines; create trigger only_operator before insert on platform.lines for each statement execute function platform.only_operator()`},
	{"events or audit that can be changed", `grant update on audit to shangda_app`},
	{"events or audit that can be changed", `grant update (detail) on events to shangda_fold`},
}

func TestTheGateFindsEveryPlantedFault(t *testing.T) {
	ctx := context.Background()
	admin := testdb.Fresh(t).Admin(t)
	planted := map[string]bool{}
	for _, f := range faults {
		tx, err := admin.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, f.plant); err != nil {
			t.Errorf("%s: %v", f.plant, err)
		} else if findings, err := gate(ctx, tx); err != nil {
			t.Errorf("%s: %v", f.plant, err)
		} else if !strings.Contains(strings.Join(findings, "\n"), f.rule+": ") {
			t.Errorf("%s: not found as %q, but %q", f.plant, f.rule, findings)
		}
		planted[f.rule] = true
		if err := tx.Rollback(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range rules {
		if !planted[r.name] {
			t.Errorf("no fault was planted against the rule %q", r.name)
		}
	}
}

// TestPrivilegesAreAsAgreed compares every role × table × privilege × policy, and who may call which function, with a file
// that is read in review.
func TestPrivilegesAreAsAgreed(t *testing.T) {
	rows, err := testdb.Fresh(t).Admin(t).Query(context.Background(), `
		select line from (
			select 1, c.oid::regclass::text, r, rpad(case when n.nspname = 'public' then 'public.' else '' end || c.oid::regclass, 28) || ' ' || rpad(r, 14) || ' ' ||
			       coalesce((select string_agg(p, ' ' order by o) from unnest(array['select', 'insert', 'update', 'delete']) with ordinality as x(p, o) where has_table_privilege(r, c.oid, p)), '') ||
			       coalesce((select string_agg(' ' || lower(a.privilege_type) || ' (' || col.attname || ')', '' order by col.attname)
			                 from pg_attribute col, aclexplode(col.attacl) a where col.attrelid = c.oid and a.grantee = r::regrole), '') ||
			       coalesce((select string_agg(E'\n    ' || policyname || ' ' || lower(permissive) || ' ' || lower(cmd) || ' using ' || coalesce(qual, '-') || ' check ' || coalesce(with_check, '-'), '' order by policyname)
			                 from pg_policies where schemaname = n.nspname and tablename = c.relname and roles @> array[r::name]), '')
			from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest(array['shangda_app', 'shangda_fold', 'shangda_login', 'shangda_search']) r
			where n.nspname in ('public', 'platform', 'river') and c.relkind in ('r', 'p')
			  and (has_table_privilege(r, c.oid, 'select, insert, update, delete') or has_any_column_privilege(r, c.oid, 'select, insert, update'))
			union all
			select 2, p.oid::regprocedure::text, '', p.oid::regprocedure || ' of ' || p.proowner::regrole || case when p.prosecdef then ' definer' else '' end || ', called by ' ||
			       coalesce((select string_agg(a.grantee::regrole::text, ' ' order by a.grantee::regrole::text) from aclexplode(p.proacl) a where a.grantee <> p.proowner), 'nobody')
			from pg_proc p where p.pronamespace in ('public'::regnamespace, 'platform'::regnamespace)
			  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
		) as x(part, thing, role, line) order by part, thing, role`)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	const file = "testdata/privileges.golden"
	got := []byte(strings.ReplaceAll(strings.Join(lines, "\n")+"\n", tenantPolicy, "(own tenant)"))
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("privileges differ from %s (go test ./migrations -update, then read the difference); they are:\n%s", file, got)
	}
}
