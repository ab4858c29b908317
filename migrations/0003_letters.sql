-- +goose Up
-- The ground the nouns stand on: letters between tenants, and files.

-- What this tenant sends. payload holds the exact bytes; manifest lists the files that go with them.
create table letters_out (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    kind         text not null,
    recipient    int not null references platform.tenants,
    answers      uuid,
    subject_kind text not null,
    subject_id   uuid not null,
    payload      bytea not null,
    digest       bytea not null,
    manifest     jsonb not null default '[]',
    state        text not null default 'queued' check (state in ('queued', 'delivered', 'failed')),
    attempts     int not null default 0,
    last_error   text not null default '',
    sent_at      timestamptz not null,
    delivered_at timestamptz,
    primary key (tenant_id, id)
);
create index letters_out_subject on letters_out (tenant_id, subject_kind, subject_id);
create index letters_out_open on letters_out (tenant_id, state) where state <> 'delivered';

-- What this tenant received: once per sender and letter, however often it was carried.
create table letters_in (
    tenant_id    int not null references platform.tenants,
    sender       int not null references platform.tenants,
    id           uuid not null,
    kind         text not null,
    answers      uuid,
    payload      bytea not null,
    digest       bytea not null,
    manifest     jsonb not null default '[]',
    sent_at      timestamptz not null,
    received_at  timestamptz not null,
    subject_kind text not null default '',
    subject_id   uuid,
    primary key (tenant_id, sender, id)
);
create index letters_in_subject on letters_in (tenant_id, subject_kind, subject_id);

-- A file of this tenant; the bytes are the blob {tenant}/{file}. A file keeps that name on every hop, so what comes
-- to a tenant by two ways is stored once and attached twice.
create table attachments (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    file         uuid not null,
    subject_kind text not null default '',
    subject_id   uuid,
    name         text not null,
    type         text not null,
    size         bigint not null,
    digest       bytea not null,
    membership_id uuid,
    created_at   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, membership_id) references memberships
);
create index attachments_subject on attachments (tenant_id, subject_kind, subject_id);

select platform.seal('letters_out', 'select, insert, update');
select platform.seal('letters_in', 'select, insert, update');
select platform.seal('attachments', 'select, insert, update');
