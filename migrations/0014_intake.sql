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

-- A table of many reports or clues: tried, then brought in row by row.
create table imports (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    membership_id uuid not null,
    kind          text not null check (kind in ('reports', 'clues')),
    name          text not null,
    submit        boolean not null,
    state         text not null check (state in ('checked', 'running', 'done', 'cancelled')),
    created_at    timestamptz not null,
    finished_at   timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, membership_id) references memberships
);
create index imports_recent on imports (tenant_id, created_at desc, id desc);

create table import_rows (
    tenant_id  int not null,
    import_id  uuid not null,
    no         int not null,
    key        text not null,
    cells      jsonb not null,
    state      text not null check (state in ('ready', 'refused', 'done', 'repeat')),
    reason     text not null default '',
    subject_id uuid,
    primary key (tenant_id, import_id, no),
    foreign key (tenant_id, import_id) references imports
);
create index import_rows_ready on import_rows (tenant_id, import_id, no) where state = 'ready';

-- What a row's key became: the same row brought in again is the same report or clue.
create table import_keys (
    tenant_id  int not null references platform.tenants,
    kind       text not null,
    key        text not null,
    subject_id uuid not null,
    created_at timestamptz not null,
    primary key (tenant_id, kind, key)
);

select platform.seal('imports', 'select, insert, update');
select platform.seal('import_rows', 'select, insert, update');
select platform.seal('import_keys', 'select, insert');

-- The address by which mail of a member is recognised.
alter table memberships add column email text not null default '' check (email = lower(email));
create unique index memberships_email on memberships (tenant_id, email) where email <> '';

-- The one mailbox of a unit. secret is the password, sealed with the program's key; place is how far it was read.
create table mailboxes (
    tenant_id  int primary key references platform.tenants,
    kind       text not null check (kind in ('imap', 'maildir')),
    host       text not null,
    port       int not null,
    security   text not null check (security in ('', 'tls', 'starttls', 'none')),
    username   text not null,
    folder     text not null,
    submit     boolean not null default false,
    category   text not null default '',
    active     boolean not null,
    secret     bytea,
    place      text not null default '',
    checked_at timestamptz,
    last_error text not null default '',
    version    int not null default 1,
    changed_by uuid not null,
    changed_at timestamptz not null,
    foreign key (tenant_id, changed_by) references memberships
);

-- A mail that came: once a Message-Id.
create table mails (
    tenant_id   int not null references platform.tenants,
    id          uuid not null,
    digest      bytea not null,
    message_id  text not null,
    sender      text not null,
    subject     text not null,
    sent_at     timestamptz,
    received_at timestamptz not null,
    state       text not null check (state in ('clue', 'draft', 'submitted', 'refused')),
    reason      text not null default '',
    subject_id  uuid,
    primary key (tenant_id, id),
    unique (tenant_id, digest)
);
create index mails_recent on mails (tenant_id, received_at desc, id desc);

select platform.seal('mailboxes', 'select, insert, update');
select platform.seal('mails', 'select, insert, update');
