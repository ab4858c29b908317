-- +goose Up
-- What a tenant sets for itself: one value a name. Without a row the shipped value holds.

create table settings (
    tenant_id  int not null references platform.tenants,
    name       text not null,
    value      jsonb not null,
    version    int not null,
    changed_by uuid,
    changed_at timestamptz not null,
    primary key (tenant_id, name)
);

select platform.seal('settings', 'select, insert, update');

alter table platform.tenants drop column settings;
