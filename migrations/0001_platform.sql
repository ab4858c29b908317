-- +goose Up
-- What belongs to no tenant: the directory of tenants, the lines between them, people and their sessions.

create schema if not exists platform;
grant usage on schema platform to shangda_app, shangda_fold, shangda_login;

-- The operator's own tenant is always number 1.
create table platform.tenants (
    id         int primary key check (id > 0),
    code       text not null unique check (code ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$'),
    name       text not null,
    short_name text not null,
    kind       text not null check (kind in ('operator', 'cppcc', 'party', 'federation', 'group', 'front', 'office', 'department')),
    party      text not null default '',
    level      text not null check (level in ('county', 'city', 'province', 'national')),
    division   text not null default '',
    class      text not null default '',
    journal    text not null default '',
    settings   jsonb not null default '{}',
    state      text not null default 'active' check (state in ('active', 'suspended', 'closed')),
    opened_at  timestamptz not null
);

create table platform.divisions (
    code  text primary key check (code ~ '^[0-9]{6}$'),
    name  text not null,
    level text not null
);

-- A reporting line: lower may send to upper. figures: upper also sees the figures of all below.
create table platform.lines (
    id         uuid primary key,
    lower      int not null references platform.tenants,
    upper      int not null references platform.tenants,
    figures    boolean not null,
    valid_from date not null check (extract(day from valid_from) = 1),
    valid_to   date not null default 'infinity' check (valid_to = 'infinity' or extract(day from valid_to) = 1),
    stopped_at timestamptz,
    opened_at  timestamptz not null,
    check (lower <> upper),
    check (valid_from <= valid_to),
    exclude using gist (int4range(lower, lower, '[]') with &&, int4range(upper, upper, '[]') with &&, daterange(valid_from, valid_to) with &&),
    -- One upper unit at a time sees the figures, so figures form a tree and nothing is counted twice.
    exclude using gist (int4range(lower, lower, '[]') with &&, daterange(valid_from, valid_to) with &&) where (figures)
);
create index lines_upper on platform.lines (upper);

-- Who sees whose figures, through which direct child, in which months. Rebuilt at each change of a line.
create table platform.closure (
    ancestor   int not null references platform.tenants,
    child      int not null references platform.tenants,
    descendant int not null references platform.tenants,
    depth      int not null,
    valid_from date not null,
    valid_to   date not null,
    primary key (descendant, ancestor, valid_from)
);
create index closure_ancestor on platform.closure (ancestor, child);

create table platform.watermark (
    one        boolean primary key default true check (one),
    cluster    bigint not null,
    folded     xid8 not null default '0',
    as_of      timestamptz not null,
    stale      boolean not null default false
);

-- Written only inside the operator's own tenant (design: nothing else may change who reports to whom).
-- +goose StatementBegin
create function platform.only_operator() returns trigger language plpgsql set search_path = '' as $$
begin
    if nullif(current_setting('app.tenant', true), '') is distinct from '1' then
        raise exception 'only the operator''s tenant writes %', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return null;
end $$;
-- +goose StatementEnd
revoke all on function platform.only_operator() from public;

insert into platform.tenants (id, code, name, short_name, kind, level, opened_at)
values (1, 'platform', '平台运营', '平台', 'operator', 'national', now());

create trigger only_operator before insert or update or delete on platform.tenants for each statement execute function platform.only_operator();
create trigger only_operator before insert or update or delete on platform.lines for each statement execute function platform.only_operator();
create trigger only_operator before insert or update or delete on platform.closure for each statement execute function platform.only_operator();
create trigger only_operator before insert or update or delete on platform.divisions for each statement execute function platform.only_operator();

grant select, insert, update on platform.tenants, platform.lines, platform.divisions to shangda_app;
grant select, insert, delete on platform.closure to shangda_app;
grant select on platform.tenants, platform.closure to shangda_fold;
grant select, insert, update on platform.watermark to shangda_fold;
grant select, update (stale) on platform.watermark to shangda_app;

-- People, what they log in with, and where they belong: reached only through the functions below.
create table platform.people (
    id         uuid primary key,
    login      text not null unique check (login = lower(login) and login <> ''),
    name       text not null,
    created_at timestamptz not null
);

create table platform.credentials (
    person_id    uuid primary key references platform.people,
    hash         text not null,
    failures     int not null default 0,
    locked_until timestamptz,
    changed_at   timestamptz not null
);

create table platform.directory (
    person_id     uuid not null references platform.people,
    tenant_id     int not null references platform.tenants,
    membership_id uuid not null,
    active        boolean not null default true,
    primary key (person_id, tenant_id)
);

create table platform.sessions (
    id         uuid primary key,
    token      bytea not null unique,
    person_id  uuid not null references platform.people,
    tenant_id  int references platform.tenants,
    parent     uuid references platform.sessions,
    created_at timestamptz not null,
    seen_at    timestamptz not null,
    idle_until timestamptz not null,
    ends_at    timestamptz not null,
    ended_at   timestamptz
);
create index sessions_person on platform.sessions (person_id) where ended_at is null;
create index sessions_parent on platform.sessions (parent) where ended_at is null;

grant select, insert, update on platform.people, platform.credentials, platform.directory, platform.sessions to shangda_login;
grant delete on platform.sessions to shangda_login;
grant select on platform.tenants to shangda_login;

-- +goose StatementBegin
create function platform.login_find(p_login text)
returns table (person_id uuid, name text, hash text, failures int, locked_until timestamptz)
language sql stable security definer set search_path = '' as $$
    select p.id, p.name, c.hash, c.failures, c.locked_until
    from platform.people p join platform.credentials c on c.person_id = p.id
    where p.login = lower(p_login)
$$;
create function platform.login_failed(p_person uuid, p_locked_until timestamptz) returns void
language sql security definer set search_path = '' as $$
    update platform.credentials set failures = failures + 1, locked_until = p_locked_until where person_id = p_person
$$;
create function platform.login_succeeded(p_person uuid) returns void
language sql security definer set search_path = '' as $$
    update platform.credentials set failures = 0, locked_until = null where person_id = p_person and (failures > 0 or locked_until is not null)
$$;
create function platform.session_open(p_id uuid, p_token bytea, p_person uuid, p_tenant int, p_parent uuid, p_now timestamptz, p_idle interval, p_life interval)
returns void language sql security definer set search_path = '' as $$
    insert into platform.sessions (id, token, person_id, tenant_id, parent, created_at, seen_at, idle_until, ends_at)
    values (p_id, p_token, p_person, p_tenant, p_parent, p_now, p_now, p_now + p_idle, p_now + p_life)
$$;
-- One look at a token: who, where. Nothing where the session has ended, or its person session has.
create function platform.session_find(p_token bytea, p_now timestamptz)
returns table (session_id uuid, person_id uuid, name text, login text, tenant_id int, membership_id uuid, seen_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = '' as $$
    select s.id, s.person_id, p.name, p.login, s.tenant_id, d.membership_id, s.seen_at, s.ends_at
    from platform.sessions s
    join platform.people p on p.id = s.person_id
    left join platform.sessions o on o.id = s.parent
    left join platform.directory d on d.person_id = s.person_id and d.tenant_id = s.tenant_id and d.active
    where s.token = p_token and s.ended_at is null and s.idle_until > p_now and s.ends_at > p_now
      and (s.parent is null or (o.ended_at is null and o.ends_at > p_now))
      and (s.tenant_id is null or d.membership_id is not null)
$$;
create function platform.session_live(p_session uuid, p_now timestamptz) returns boolean
language sql stable security definer set search_path = '' as $$
    select exists (
        select 1 from platform.sessions s left join platform.sessions o on o.id = s.parent
        where s.id = p_session and s.ended_at is null and s.ends_at > p_now and (s.parent is null or o.ended_at is null))
$$;
create function platform.session_seen(p_session uuid, p_now timestamptz, p_idle interval) returns void
language sql security definer set search_path = '' as $$
    update platform.sessions s set seen_at = p_now, idle_until = p_now + p_idle
    where s.ended_at is null and s.seen_at < p_now
      and (s.id = p_session or s.id = (select c.parent from platform.sessions c where c.id = p_session))
$$;
create function platform.session_end(p_session uuid, p_now timestamptz) returns void
language sql security definer set search_path = '' as $$
    update platform.sessions set ended_at = p_now where (id = p_session or parent = p_session) and ended_at is null
$$;
create function platform.tenants_of(p_person uuid)
returns table (tenant_id int, membership_id uuid)
language sql stable security definer set search_path = '' as $$
    select d.tenant_id, d.membership_id from platform.directory d
    join platform.tenants t on t.id = d.tenant_id
    where d.person_id = p_person and d.active and t.state = 'active' order by d.tenant_id
$$;
-- Sessions of this transaction's tenant that ended long ago; those in no tenant are the operator's to forget.
create function platform.sessions_old(p_before timestamptz) returns bigint
language sql stable security definer set search_path = '' as $$
    select count(*) from platform.sessions s
    where coalesce(s.tenant_id, 1) = nullif(current_setting('app.tenant', true), '')::int and least(s.ended_at, s.ends_at) < p_before
      and not exists (select from platform.sessions c where c.parent = s.id)
$$;
create function platform.sessions_forget(p_before timestamptz) returns bigint
language sql security definer set search_path = '' as $$
    with gone as (
        delete from platform.sessions s
        where coalesce(s.tenant_id, 1) = nullif(current_setting('app.tenant', true), '')::int and least(s.ended_at, s.ends_at) < p_before
          and not exists (select from platform.sessions c where c.parent = s.id)
        returning 1)
    select count(*) from gone
$$;
-- The person of that login, made where there is none. An existing person's password and name stay as they are.
create function platform.person_put(p_id uuid, p_login text, p_name text, p_hash text, p_now timestamptz) returns uuid
language plpgsql security definer set search_path = '' as $$
declare found_id uuid;
begin
    insert into platform.people (id, login, name, created_at) values (p_id, lower(p_login), p_name, p_now) on conflict (login) do nothing;
    select id into found_id from platform.people where login = lower(p_login);
    if found_id = p_id then
        insert into platform.credentials (person_id, hash, changed_at) values (p_id, p_hash, p_now);
    end if;
    return found_id;
end $$;
create function platform.password_put(p_person uuid, p_hash text, p_now timestamptz) returns void
language sql security definer set search_path = '' as $$
    update platform.credentials set hash = p_hash, changed_at = p_now, failures = 0, locked_until = null where person_id = p_person;
    update platform.sessions set ended_at = p_now where person_id = p_person and ended_at is null
$$;
-- Enters the person into the directory of the tenant of this transaction, and of no other.
create function platform.directory_put(p_person uuid, p_membership uuid, p_active boolean) returns void
language sql security definer set search_path = '' as $$
    insert into platform.directory (person_id, tenant_id, membership_id, active)
    values (p_person, nullif(current_setting('app.tenant', true), '')::int, p_membership, p_active)
    on conflict (person_id, tenant_id) do update set active = excluded.active, membership_id = excluded.membership_id
$$;
create function platform.logins_of(p_people uuid[]) returns table (person_id uuid, login text)
language sql stable security definer set search_path = '' as $$
    select p.id, p.login from platform.people p
    join platform.directory d on d.person_id = p.id and d.tenant_id = nullif(current_setting('app.tenant', true), '')::int
    where p.id = any(p_people)
$$;
do $$
declare f regprocedure;
begin
    grant create on schema platform to shangda_login;
    for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname = 'platform' and p.prosecdef loop
        execute format('revoke all on function %s from public', f);
        execute format('grant execute on function %s to shangda_app', f);
        execute format('alter function %s owner to shangda_login', f);
    end loop;
    revoke create on schema platform from shangda_login;
end $$;
-- Seals a tenant table: row-level security, forced, exactly one policy for the runtime role, and these privileges.
create function platform.seal(p_table regclass, p_privileges text) returns void language plpgsql set search_path = '' as $$
begin
    execute format('alter table %s enable row level security', p_table);
    execute format('alter table %s force row level security', p_table);
    execute format('create policy tenant on %s as permissive for all to shangda_app '
        'using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int) '
        'with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::int)', p_table);
    execute format('grant %s on %s to shangda_app', p_privileges, p_table);
end $$;
-- +goose StatementEnd
revoke all on function platform.seal(regclass, text) from public;
