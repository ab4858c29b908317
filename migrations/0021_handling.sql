-- +goose Up
-- What became of a report: the instructions that leaders wrote on it, and who handles the matter.

alter table reports
    drop constraint reports_state_check,
    add constraint reports_state_check check (state in ('draft', 'submitted', 'taken_up', 'editing', 'returned', 'kept', 'declined', 'merged',
        'reviewing', 'signed', 'recalled', 'split', 'archived'));

-- corrects is the origin event of the outcome that this one takes back; words are what the decider released to those below.
alter table report_outcomes
    add column corrects uuid,
    add column words    text not null default '';

-- What a leader wrote on a report. Never changed: a correcting entry names the one it corrects, and withdrawn where nothing
-- takes its place. event is the outcome that told those below.
create table instructions (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    report_id    uuid not null,
    leader       text not null,
    leader_title text not null default '',
    level        text not null check (level in ('county', 'city', 'province', 'national')),
    given_on     date not null,
    body         text not null default '',
    released     boolean not null default false,
    event        uuid not null,
    corrects     uuid,
    withdrawn    boolean not null default false,
    reason       text not null default '',
    recorded_by  uuid not null,
    recorder     text not null,
    recorded_at  timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, corrects) references instructions,
    foreign key (tenant_id, recorded_by) references memberships,
    check ((corrects is not null) = (reason <> '')),
    check (not withdrawn or corrects is not null)
);
create index instructions_report on instructions (tenant_id, report_id, recorded_at, id);
create unique index instructions_corrects on instructions (tenant_id, corrects) where corrects is not null;

-- A matter that a unit gave departments to handle (交办).
create table assignments (
    tenant_id      int not null references platform.tenants,
    id             uuid not null,
    report_id      uuid not null,
    report_title   text not null,
    instruction_id uuid,
    mode           text not null check (mode in ('single', 'several', 'joint')),
    request        text not null,
    state          text not null check (state in ('open', 'closed', 'cancelled')),
    result         text not null default '' check (result in ('', 'A', 'B', 'C')),
    feedback       text not null default '',
    note           text not null default '',
    answered_event uuid,
    assigned_by    uuid not null,
    assigner       text not null,
    assigned_at    timestamptz not null,
    ended_at       timestamptz,
    version        int not null default 1,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, instruction_id) references instructions,
    foreign key (tenant_id, assigned_by) references memberships,
    check ((state = 'closed') = (result <> ''))
);
create index assignments_report on assignments (tenant_id, report_id, assigned_at, id);
create index assignments_recent on assignments (tenant_id, assigned_at desc, id desc);
create index assignments_event on assignments (tenant_id, answered_event) where answered_event is not null;

-- One department's part of it.
create table assignment_parts (
    tenant_id     int not null,
    id            uuid not null,
    assignment_id uuid not null,
    position      int not null,
    role          text not null check (role in ('sole', 'main', 'joint')),
    department    text not null,
    state         text not null check (state in ('assigned', 'refused', 'accepted', 'extension', 'replied', 'passed', 'reassigned', 'cancelled')),
    due_on        date not null,
    asked_due     date,
    answer        text not null default '',
    replied_on    date,
    extended      int not null default 0,
    reminded_at   timestamptz,
    overdue_at    timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, assignment_id) references assignments
);
create index assignment_parts_of on assignment_parts (tenant_id, assignment_id, position);
create index assignment_parts_due on assignment_parts (tenant_id, due_on) where state in ('assigned', 'refused', 'accepted', 'extension', 'replied');

-- Every step, in order; never changed. happened_on is the day on which a department outside did it, recorder who wrote it down.
create table assignment_steps (
    tenant_id     int not null,
    id            uuid not null,
    assignment_id uuid not null,
    part_id       uuid,
    step          text not null,
    department    text not null default '',
    note          text not null default '',
    happened_on   date not null,
    due_on        date,
    by_hand       boolean not null default false,
    recorded_by   uuid,
    recorder      text not null default '',
    recorded_at   timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, assignment_id) references assignments,
    foreign key (tenant_id, part_id) references assignment_parts,
    foreign key (tenant_id, recorded_by) references memberships
);
create index assignment_steps_of on assignment_steps (tenant_id, assignment_id, recorded_at, id);

-- How satisfied a report's author is with the answer that the event told of: kept at the author's unit and at the one that
-- assigned the matter. unit and unit_report are the author's; who it was stays there.
create table satisfactions (
    tenant_id   int not null references platform.tenants,
    event       uuid not null,
    unit        int not null references platform.tenants,
    unit_report uuid not null,
    verdict     text not null check (verdict in ('satisfied', 'fair', 'unsatisfied')),
    note        text not null default '',
    said_by     uuid,
    said_at     timestamptz not null,
    primary key (tenant_id, event, unit, unit_report),
    foreign key (tenant_id, said_by) references memberships
);

select platform.seal('instructions', 'select, insert');
select platform.seal('assignments', 'select, insert, update');
select platform.seal('assignment_parts', 'select, insert, update');
select platform.seal('assignment_steps', 'select, insert');
select platform.seal('satisfactions', 'select, insert');
