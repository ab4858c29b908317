-- +goose Up
-- The clue pool, drafts of proposals, and visits: how raw material is taken up, talked over, decided, kept and used.

alter table clues drop constraint clues_state_check;
alter table clues
    add column stage           text not null default 'clue' check (stage in ('clue', 'material')),
    add column channel         text not null default '',
    add column occasion        text not null default '',
    -- Where a text that was pasted in came from: a chat group, a web address, a paper, and of which day.
    add column origin_kind     text not null default '' check (origin_kind in ('', 'chat', 'web', 'paper', 'call')),
    add column origin_name     text not null default '',
    add column origin_url      text not null default '',
    add column origin_on       date,
    -- Whose word it is: a member, or somebody from outside by name.
    add column voice_id        uuid,
    add column voice_name      text not null default '',
    add column voice_title     text not null default '',
    add column voice_contact   text not null default '',
    -- The text as it came, once it was put in order.
    add column received_title  text,
    add column received_body   text,
    add column claimed_by      uuid,
    add column claimed_at      timestamptz,
    add column topic           text not null default '',
    add column angle           text not null default '',
    add column writer_id       uuid,
    add column reserve_until   date,
    add column receipt         text not null default '',
    add column activity_id     uuid,
    add column point_id        uuid,
    add column visit_id        uuid,
    add constraint clues_state check (state in ('new', 'reserved', 'used', 'dropped')),
    add foreign key (tenant_id, voice_id) references memberships,
    add foreign key (tenant_id, claimed_by) references memberships,
    add foreign key (tenant_id, writer_id) references memberships;
create index clues_recent on clues (tenant_id, received_at desc, id desc);
create unique index clues_receipt on clues (tenant_id, receipt) where receipt <> '';
create index clues_claimed on clues (tenant_id, claimed_by) where claimed_by is not null;
create index clues_writer on clues (tenant_id, writer_id) where writer_id is not null;
create index clues_activity on clues (tenant_id, activity_id) where activity_id is not null;
create index clues_point on clues (tenant_id, point_id) where point_id is not null;
create index clues_visit on clues (tenant_id, visit_id) where visit_id is not null;

-- Which reports grew from which clues: one from several, and several from one.
create table clue_reports (
    tenant_id int not null,
    clue_id   uuid not null,
    report_id uuid not null,
    linked_at timestamptz not null,
    linked_by uuid,
    primary key (tenant_id, clue_id, report_id),
    foreign key (tenant_id, clue_id) references clues,
    foreign key (tenant_id, linked_by) references memberships
);
create index clue_reports_report on clue_reports (tenant_id, report_id);
alter table clues no force row level security;
insert into clue_reports (tenant_id, clue_id, report_id, linked_at)
select tenant_id, id, report_id, created_at from clues where report_id is not null;
alter table clues force row level security;

create table clue_messages (
    tenant_id  int not null,
    id         uuid not null,
    clue_id    uuid not null,
    written_by uuid not null,
    body       text not null,
    written_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, clue_id) references clues,
    foreign key (tenant_id, written_by) references memberships
);
create index clue_messages_clue on clue_messages (tenant_id, clue_id, written_at, id);

-- What was decided about a clue, each time: the last one holds.
create table clue_decisions (
    tenant_id  int not null,
    id         uuid not null,
    clue_id    uuid not null,
    topic      text not null,
    angle      text not null default '',
    writer_id  uuid,
    note       text not null default '',
    decided_by uuid not null,
    decided_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, clue_id) references clues,
    foreign key (tenant_id, writer_id) references memberships,
    foreign key (tenant_id, decided_by) references memberships
);
create index clue_decisions_clue on clue_decisions (tenant_id, clue_id, decided_at, id);

-- Drafts of proposals that reports were turned into.
create table proposals (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    report_id  uuid,
    title      text not null,
    situation  text not null default '',
    advice     text not null default '',
    state      text not null default 'draft' check (state in ('draft', 'filed', 'dropped')),
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version    int not null default 1,
    primary key (tenant_id, id),
    foreign key (tenant_id, created_by) references memberships
);
create index proposals_recent on proposals (tenant_id, updated_at desc, id desc);
create index proposals_report on proposals (tenant_id, report_id) where report_id is not null;
create index proposals_owner on proposals (tenant_id, created_by, updated_at desc, id desc);

-- Visits: a plan with its targets, who goes where in which month, and what was heard.
create table visit_plans (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    title      text not null,
    note       text not null default '',
    first_month date not null check (extract(day from first_month) = 1),
    last_month date not null check (extract(day from last_month) = 1),
    state      text not null default 'open' check (state in ('open', 'closed')),
    created_by uuid not null,
    created_at timestamptz not null,
    version    int not null default 1,
    primary key (tenant_id, id),
    foreign key (tenant_id, created_by) references memberships,
    check (first_month <= last_month)
);
create index visit_plans_recent on visit_plans (tenant_id, first_month desc, id desc);

create table visit_targets (
    tenant_id int not null,
    id        uuid not null,
    plan_id   uuid not null,
    position  int not null,
    kind      text not null check (kind in ('university', 'firm', 'grassroots', 'department')),
    name      text not null,
    removed   boolean not null default false,
    primary key (tenant_id, id),
    foreign key (tenant_id, plan_id) references visit_plans
);
create index visit_targets_plan on visit_targets (tenant_id, plan_id, position);

create table visit_duties (
    tenant_id int not null,
    id        uuid not null,
    plan_id   uuid not null,
    target_id uuid not null,
    month     date not null check (extract(day from month) = 1),
    team      text not null default '',
    members   uuid[] not null,
    removed   boolean not null default false,
    primary key (tenant_id, id),
    foreign key (tenant_id, plan_id) references visit_plans,
    foreign key (tenant_id, target_id) references visit_targets
);
create unique index visit_duties_once on visit_duties (tenant_id, target_id, month) where not removed;
create index visit_duties_plan on visit_duties (tenant_id, plan_id, month);

create table visits (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    duty_id    uuid,
    kind       text not null check (kind in ('university', 'firm', 'grassroots', 'department')),
    place      text not null,
    held_on    date not null,
    people     text not null default '',
    members    uuid[] not null,
    heard      text not null,
    created_by uuid not null,
    created_at timestamptz not null,
    version    int not null default 1,
    primary key (tenant_id, id),
    foreign key (tenant_id, duty_id) references visit_duties,
    foreign key (tenant_id, created_by) references memberships
);
create index visits_recent on visits (tenant_id, held_on desc, id desc);
create index visits_duty on visits (tenant_id, duty_id) where duty_id is not null;
alter table clues add foreign key (tenant_id, visit_id) references visits;

select platform.seal('clue_reports', 'select, insert');
select platform.seal('clue_messages', 'select, insert');
select platform.seal('clue_decisions', 'select, insert');
select platform.seal('proposals', 'select, insert, update');
select platform.seal('visit_plans', 'select, insert, update');
select platform.seal('visit_targets', 'select, insert, update');
select platform.seal('visit_duties', 'select, insert, update');
select platform.seal('visits', 'select, insert, update');
