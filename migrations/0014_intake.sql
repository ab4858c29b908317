-- +goose Up
-- How files, tables and mail come in.

-- A large file on its way: its parts lie in the file store until they are put together. Forgotten when finished or abandoned.
create table uploads (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    membership_id uuid not null,
    name          text not null,
    size          bigint not null check (size > 0),
    fingerprint   text not null default '',
    created_at    timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, membership_id) references memberships
);
create index uploads_of on uploads (tenant_id, membership_id, fingerprint);
create index uploads_age on uploads (tenant_id, created_at);

select platform.seal('uploads', 'select, insert, update, delete');
