-- +goose Up
-- The quality of the text: where its facts come from, what it is flagged as, the order in which an office reads.

-- evidence is where data and facts come from: the unit's own note, no part of the text that is sealed and sent.
-- score is that of the first screening; what has not been screened stands in the middle. priority orders an office's queue:
-- urgency first, then warning, sensitive and hot, then the score.
alter table reports
    add column evidence           text not null default '',
    add column secrecy_checked_by uuid,
    add column secrecy_checked_at timestamptz,
    add column score              smallint check (score between 0 and 100),
    add column priority           smallint not null generated always as (
        case urgency when 'critical' then 400 when 'urgent' then 200 else 0 end
        + case when 'warning' = any (flags) then 60 else 0 end + case when 'sensitive' = any (flags) then 40 else 0 end + case when 'hot' = any (flags) then 40 else 0 end
        + coalesce(score, 50)) stored,
    add constraint reports_flags check (flags <@ array ['sensitive', 'hot', 'warning']),
    add foreign key (tenant_id, secrecy_checked_by) references memberships;
create index reports_queue on reports (tenant_id, state, priority desc, listed_at desc, id desc);

-- A tenant's own checklists, each change a version; the lists that ship have no rows until they are changed.
create table checklists (
    tenant_id  int not null references platform.tenants,
    code       text not null,
    version    int not null check (version > 0),
    name       text not null,
    moment     text not null check (moment in ('topic', 'writing', 'screening', 'editing', 'review', 'release')),
    position   int not null,
    active     boolean not null,
    required   boolean not null,
    items      jsonb not null,
    changed_by uuid not null,
    changed_at timestamptz not null,
    primary key (tenant_id, code, version),
    foreign key (tenant_id, changed_by) references memberships
);

-- What was ticked, by whom and when, with the words that were ticked: they stay readable whatever becomes of the list. The last
-- row of an item counts.
create table checklist_ticks (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    report_id    uuid not null,
    list         text not null,
    list_version int not null,
    list_name    text not null,
    item         text not null,
    item_text    text not null,
    ticked       boolean not null,
    remark       text not null default '',
    ticked_by    uuid not null,
    ticked_at    timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, ticked_by) references memberships
);
create index checklist_ticks_report on checklist_ticks (tenant_id, report_id, list, item, id desc);

-- Each first screening as it was given: the criteria with their weights then, the score, what the hints suggested.
create table screenings (
    tenant_id   int not null references platform.tenants,
    id          uuid not null,
    report_id   uuid not null,
    score       smallint not null check (score between 0 and 100),
    suggested   smallint not null check (suggested between 0 and 100),
    marks       jsonb not null,
    flags       text[] not null,
    note        text not null default '',
    screened_by uuid not null,
    screened_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, screened_by) references memberships
);
create index screenings_report on screenings (tenant_id, report_id, id desc);

select platform.seal('checklists', 'select, insert');
select platform.seal('checklist_ticks', 'select, insert');
select platform.seal('screenings', 'select, insert');
