-- +goose Up
-- What a unit prints: its journals, their issues with the reports in them, and the templates of its own.

create table issue_templates (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    name          text not null,
    purpose       text not null check (purpose in ('issue', 'report', 'proof', 'signing')),
    attachment_id uuid not null,
    placeholders  text[] not null,
    active        boolean not null default true,
    version       int not null default 1,
    created_by    uuid not null,
    created_at    timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, attachment_id) references attachments,
    foreign key (tenant_id, created_by) references memberships
);

create table journals (
    tenant_id   int not null references platform.tenants,
    id          uuid not null,
    name        text not null,
    kind        text not null check (kind in ('ordinary', 'special', 'express')),
    head        jsonb not null,
    report_to   text not null default '',
    send_to     text not null default '',
    issue_to    text not null default '',
    scope       text not null default '',
    copies      int not null default 0 check (copies >= 0),
    -- The first number in the year in which the unit began to print here, and the first running number.
    start_year  int not null,
    start_no    int not null default 1 check (start_no > 0),
    start_total int not null default 1 check (start_total > 0),
    template_id uuid,
    active      boolean not null default true,
    version     int not null default 1,
    created_at  timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, name),
    foreign key (tenant_id, template_id) references issue_templates
);

-- The last number taken in a year; year 0 counts through all years. Taken in the transaction of 编发, so that a number
-- which was taken is the number of an issue, and nobody else's.
create table journal_numbers (
    tenant_id  int not null,
    journal_id uuid not null,
    year       int not null,
    last       int not null,
    primary key (tenant_id, journal_id, year),
    foreign key (tenant_id, journal_id) references journals
);

create table issues (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    journal_id   uuid not null,
    state        text not null check (state in ('draft', 'released', 'withdrawn', 'discarded')),
    title        text not null default '',
    introduction text not null default '',
    report_to    text not null default '',
    send_to      text not null default '',
    issue_to     text not null default '',
    scope        text not null default '',
    signer       text not null default '',
    copies       int not null default 0,
    dated        date not null,
    year         int,
    no           int,
    total        int,
    version      int not null default 1,
    created_by   uuid not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    released_by  uuid,
    released_at  timestamptz,
    withdrawn_by uuid,
    withdrawn_at timestamptz,
    reason       text not null default '',
    listed_at    timestamptz not null generated always as (coalesce(released_at, created_at)) stored,
    primary key (tenant_id, id),
    unique (tenant_id, journal_id, year, no),
    unique (tenant_id, journal_id, total),
    foreign key (tenant_id, journal_id) references journals,
    foreign key (tenant_id, created_by) references memberships,
    check ((no is null) = (state in ('draft', 'discarded'))),
    check ((no is null) = (year is null) and (no is null) = (total is null))
);
create index issues_listed on issues (tenant_id, listed_at desc, id desc);
create index issues_register on issues (tenant_id, journal_id, year, no) where no is not null;

-- The reports of an issue in their order. live ends with the issue: a report stands in one issue of a journal at a time.
create table issue_items (
    tenant_id  int not null,
    issue_id   uuid not null,
    report_id  uuid not null,
    journal_id uuid not null,
    position   int not null check (position > 0),
    heading    text not null default '',
    live       boolean not null default true,
    adopted    boolean not null default false,
    primary key (tenant_id, issue_id, report_id),
    foreign key (tenant_id, issue_id) references issues,
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, journal_id) references journals
);
create unique index issue_items_live on issue_items (tenant_id, journal_id, report_id) where live;
create index issue_items_report on issue_items (tenant_id, report_id);

-- What was printed, byte by byte: never changed.
create table issue_prints (
    tenant_id  int not null,
    issue_id   uuid not null,
    content    bytea not null,
    digest     bytea not null,
    printed_by uuid not null,
    printed_at timestamptz not null,
    primary key (tenant_id, issue_id),
    foreign key (tenant_id, issue_id) references issues,
    foreign key (tenant_id, printed_by) references memberships
);

select platform.seal('issue_templates', 'select, insert, update');
select platform.seal('journals', 'select, insert, update');
select platform.seal('journal_numbers', 'select, insert, update');
select platform.seal('issues', 'select, insert, update');
select platform.seal('issue_items', 'select, insert, update, delete');
select platform.seal('issue_prints', 'select, insert');
