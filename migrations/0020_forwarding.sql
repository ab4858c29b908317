-- +goose Up
-- Forwarding in depth: who signed a letter, what an upper unit asks for, its clock, and what is said between two units about a report.

-- The keys this tenant signs its letters with: one in use, the earlier ones stay. private is sealed with a key of the program.
create table signing_keys (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    algorithm  text not null,
    private    bytea not null,
    created_at timestamptz not null,
    created_by uuid,
    retired_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, created_by) references memberships
);
create unique index signing_keys_used on signing_keys (tenant_id) where retired_at is null;
select platform.seal('signing_keys', 'select, insert, update');

-- Their public halves, readable to every tenant. A key is put once and never changed; it can only be retired, by its tenant.
create table platform.signing_keys (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    algorithm  text not null,
    public     bytea not null,
    created_at timestamptz not null,
    retired_at timestamptz,
    primary key (tenant_id, id)
);
-- Until when letters may be unsigned: the end of the day on which the tenants began to sign.
create table platform.signing_start (
    only_row boolean primary key default true check (only_row),
    at       timestamptz not null
);
insert into platform.signing_start (at)
values ((date_trunc('day', now() at time zone 'Asia/Shanghai') + interval '1 day') at time zone 'Asia/Shanghai');
grant select, insert, update on platform.signing_keys to shangda_login;
grant select on platform.signing_start to shangda_login;
-- +goose StatementBegin
create function platform.signing_put(p_id uuid, p_algorithm text, p_public bytea, p_now timestamptz) returns void
language sql security definer set search_path = '' as $$
    insert into platform.signing_keys (tenant_id, id, algorithm, public, created_at)
    select nullif(current_setting('app.tenant', true), '')::int, p_id, p_algorithm, p_public, p_now
    where nullif(current_setting('app.tenant', true), '') is not null
$$;
create function platform.signing_retire(p_now timestamptz) returns void
language sql security definer set search_path = '' as $$
    update platform.signing_keys set retired_at = p_now
    where tenant_id = nullif(current_setting('app.tenant', true), '')::int and retired_at is null
$$;
create function platform.signing_key(p_tenant int, p_id uuid) returns table (algorithm text, public bytea, retired_at timestamptz)
language sql stable security definer set search_path = '' as $$
    select k.algorithm, k.public, k.retired_at from platform.signing_keys k where k.tenant_id = p_tenant and k.id = p_id
$$;
create function platform.signing_list(p_tenant int) returns table (id uuid, algorithm text, public bytea, created_at timestamptz, retired_at timestamptz)
language sql stable security definer set search_path = '' as $$
    select k.id, k.algorithm, k.public, k.created_at, k.retired_at from platform.signing_keys k where k.tenant_id = p_tenant order by k.created_at desc, k.id desc
$$;
create function platform.signing_since() returns timestamptz
language sql stable security definer set search_path = '' as $$ select at from platform.signing_start $$;
do $$
declare f regprocedure;
begin
    grant create on schema platform to shangda_login;
    for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'platform'::regnamespace and p.proname like 'signing\_%' loop
        execute format('revoke all on function %s from public', f);
        execute format('grant execute on function %s to shangda_app', f);
        execute format('alter function %s owner to shangda_login', f);
    end loop;
    revoke create on schema platform from shangda_login;
end $$;
-- +goose StatementEnd

-- A letter carries algorithm, key and signature of its sender; those of before have none.
alter table letters_out
    add column algorithm text not null default '',
    add column key_id    uuid,
    add column signature bytea;
alter table letters_in
    add column algorithm text not null default '',
    add column key_id    uuid,
    add column signature bytea;

-- What this tenant asks of those who report to it, each published version; and what its upper units ask of it, the newest.
create table requirements (
    tenant_id    int not null references platform.tenants,
    version      int not null,
    body         jsonb not null,
    published_by uuid not null,
    published_at timestamptz not null,
    primary key (tenant_id, version),
    foreign key (tenant_id, published_by) references memberships
);
create table requirements_in (
    tenant_id    int not null references platform.tenants,
    upper        int not null references platform.tenants,
    version      int not null,
    body         jsonb not null,
    published_at timestamptz not null,
    received_at  timestamptz not null,
    primary key (tenant_id, upper)
);
select platform.seal('requirements', 'select, insert');
select platform.seal('requirements_in', 'select, insert, update');

-- How urgent a sending is, by when its sender hopes for an answer, and whether its sign-off went along.
alter table forwardings
    add column urgency  text not null default '' check (urgency in ('', 'normal', 'urgent', 'critical')),
    add column reply_by date,
    add column sheet    boolean not null default false;

-- The recipient's clock: from the delivery to its own answer, with what the sender hoped for beside it.
create table answer_clocks (
    tenant_id   int not null references platform.tenants,
    report_id   uuid not null,
    started_at  timestamptz not null,
    due_on      date not null,
    reply_by    date,
    answered_at timestamptz,
    reminded_at timestamptz,
    overdue_at  timestamptz,
    primary key (tenant_id, report_id),
    foreign key (tenant_id, report_id) references reports
);
create index answer_clocks_due on answer_clocks (tenant_id, due_on) where answered_at is null;
select platform.seal('answer_clocks', 'select, insert, update');

-- What two units say to each other about a report: a remark from above, a question from above, and its answer from below.
create table exchanges (
    tenant_id   int not null references platform.tenants,
    id          uuid not null,
    report_id   uuid not null,
    kind        text not null check (kind in ('remark', 'request', 'supplement')),
    sent        boolean not null,
    other       int not null references platform.tenants,
    letter_id   uuid not null,
    answers     uuid,
    body        text not null,
    due_on      date,
    written_by  uuid,
    writer      text not null,
    written_at  timestamptz not null,
    answered_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, other, letter_id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, answers) references exchanges,
    foreign key (tenant_id, written_by) references memberships
);
create index exchanges_report on exchanges (tenant_id, report_id, written_at, id);
select platform.seal('exchanges', 'select, insert, update');
