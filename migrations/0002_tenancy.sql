-- +goose Up
-- Who belongs to a tenant, in which inner unit, with which roles; and what every change leaves behind.

create table units (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    name       text not null,
    kind       text not null default '',
    parent_id  uuid,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, name),
    foreign key (tenant_id, parent_id) references units
);

create table memberships (
    tenant_id   int not null references platform.tenants,
    id          uuid not null,
    person_id   uuid not null,
    class       text not null check (class in ('business', 'system', 'security', 'audit')),
    name        text not null,
    title       text not null default '',
    post        text not null default '',
    unit_id     uuid,
    sector      text not null default '',
    party       text not null default '',
    contributor text not null default '',
    state       text not null default 'active' check (state in ('active', 'suspended', 'ended')),
    version     int not null default 1,
    created_at  timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, id, class),
    unique (tenant_id, person_id),
    foreign key (tenant_id, unit_id) references units
);

create table roles (
    tenant_id int not null references platform.tenants,
    code      text not null check (code ~ '^[a-z][a-z0-9_]{0,40}$'),
    name      text not null,
    class     text not null check (class in ('business', 'system', 'security', 'audit')),
    origin    text not null check (origin in ('template', 'own')),
    primary key (tenant_id, code),
    unique (tenant_id, code, class)
);

-- The rights of a tenant's own roles; shipped roles take theirs from the templates of the program.
create table role_grants (
    tenant_id  int not null,
    role       text not null,
    permission text not null,
    scope      text not null check (scope in ('own', 'unit', 'tenant')),
    primary key (tenant_id, role, permission),
    foreign key (tenant_id, role) references roles (tenant_id, code)
);

-- Roles and memberships are of one class: the composite keys keep the three administrators apart from the business.
create table role_holders (
    tenant_id     int not null,
    membership_id uuid not null,
    role          text not null,
    class         text not null,
    granted_by    uuid,
    granted_at    timestamptz not null,
    primary key (tenant_id, membership_id, role),
    foreign key (tenant_id, membership_id, class) references memberships (tenant_id, id, class),
    foreign key (tenant_id, role, class) references roles (tenant_id, code, class),
    check (granted_by is distinct from membership_id)
);
create index role_holders_role on role_holders (tenant_id, role);

-- Counts every change of who may do what in the tenant.
create table policies (
    tenant_id int primary key references platform.tenants,
    version   bigint not null
);

-- What happened. Never changed; a correction is another event with the opposite measures in the same month.
create table events (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    kind         text not null,
    subject_kind text not null,
    subject_id   uuid not null,
    occurred_at  timestamptz not null,
    recorded_at  timestamptz not null,
    month        date not null generated always as ((date_trunc('month', occurred_at at time zone 'Asia/Shanghai'))::date) stored,
    origin_event uuid not null,
    membership_id uuid,
    actor        text not null default '',
    category     text not null default '',
    child        int,
    measures     jsonb not null default '{}',
    detail       jsonb not null default '{}',
    txid         xid8 not null default pg_current_xact_id(),
    primary key (tenant_id, id)
);
create index events_subject on events (tenant_id, subject_kind, subject_id, occurred_at);
create index events_txid on events (txid) where measures <> '{}';

create table audit (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    at            timestamptz not null,
    actor         text not null,
    person_id     uuid,
    membership_id uuid,
    session_id    uuid,
    action        text not null,
    subject_kind  text not null,
    subject_id    uuid not null,
    request_id    text not null default '',
    address       text not null default '',
    detail        jsonb not null default '{}',
    primary key (tenant_id, id)
);
create index audit_at on audit (tenant_id, at desc, id desc);
create index audit_subject on audit (tenant_id, subject_kind, subject_id);

-- One key, one change: a repeat is answered from its subject. Kept seven days.
create table idempotency (
    tenant_id    int not null references platform.tenants,
    person_id    uuid not null,
    key          text not null,
    route        text not null,
    body         bytea not null,
    subject_kind text not null default '',
    subject_id   uuid,
    created_at   timestamptz not null,
    primary key (tenant_id, person_id, key)
);
create index idempotency_age on idempotency (tenant_id, created_at);

create table numbers (
    tenant_id int not null references platform.tenants,
    series    text not null,
    year      int not null,
    last      int not null default 0,
    primary key (tenant_id, series, year)
);

create table notices (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    membership_id uuid not null,
    kind          text not null,
    text          text not null,
    subject_kind  text not null,
    subject_id    uuid not null,
    at            timestamptz not null,
    read_at       timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, membership_id) references memberships
);
create index notices_of on notices (tenant_id, membership_id, at desc, id desc);
create index notices_unread on notices (tenant_id, membership_id) where read_at is null;

insert into policies (tenant_id, version) values (1, 1);

select platform.seal('units', 'select, insert, update');
select platform.seal('memberships', 'select, insert, update');
select platform.seal('roles', 'select, insert, update');
select platform.seal('role_grants', 'select, insert, update, delete');
select platform.seal('role_holders', 'select, insert, delete');
select platform.seal('policies', 'select, insert, update');
select platform.seal('events', 'select, insert');
select platform.seal('audit', 'select, insert');
select platform.seal('idempotency', 'select, insert, update, delete');
select platform.seal('numbers', 'select, insert, update');
select platform.seal('notices', 'select, insert, update');

create policy fold on events as permissive for select to shangda_fold using (true);
grant select on events to shangda_fold;
