-- +goose Up
-- Where material is collected: activities, which units below see in their own calendar, and intake points with their forms.

create table activities (
    tenant_id       int not null references platform.tenants,
    id              uuid not null,
    -- The unit it was sent by, and what it is there; empty for the unit's own.
    sender          int references platform.tenants,
    sender_activity uuid,
    revision        int not null default 1,
    kind            text not null check (kind in ('survey', 'consultation', 'supervision', 'service', 'visit')),
    title           text not null,
    body            text not null default '',
    place           text not null default '',
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    state           text not null default 'planned' check (state in ('planned', 'cancelled')),
    reason          text not null default '',
    created_by      uuid,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    version         int not null default 1,
    primary key (tenant_id, id),
    foreign key (tenant_id, created_by) references memberships,
    check (starts_at <= ends_at),
    check ((sender is null) = (sender_activity is null))
);
create unique index activities_sender on activities (tenant_id, sender, sender_activity) where sender is not null;
create index activities_calendar on activities (tenant_id, starts_at, id);

-- To which unit below it was sent, with the last letter about it.
create table activity_sendings (
    tenant_id   int not null,
    activity_id uuid not null,
    recipient   int not null references platform.tenants,
    letter_id   uuid not null,
    revision    int not null,
    sent_at     timestamptz not null,
    primary key (tenant_id, activity_id, recipient),
    foreign key (tenant_id, activity_id) references activities
);

create table activity_tasks (
    tenant_id   int not null,
    id          uuid not null,
    activity_id uuid not null,
    text        text not null,
    due_on      date not null,
    members     uuid[] not null,
    state       text not null default 'open' check (state in ('open', 'done')),
    created_by  uuid not null,
    created_at  timestamptz not null,
    done_by     uuid,
    done_at     timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, activity_id) references activities,
    foreign key (tenant_id, created_by) references memberships,
    foreign key (tenant_id, done_by) references memberships
);
create index activity_tasks_activity on activity_tasks (tenant_id, activity_id, due_on, id);

create table points (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    -- Stands in the address behind the code on the wall; never changes.
    code       text not null check (code ~ '^[a-z0-9]{8}$'),
    kind       text not null check (kind in ('studio', 'station', 'negotiation')),
    name       text not null,
    place      text not null default '',
    intro      text not null default '',
    -- Which fields its form has: off, optional or required.
    fields     jsonb not null,
    keeper_id  uuid not null,
    state      text not null default 'open' check (state in ('open', 'closed')),
    created_at timestamptz not null,
    version    int not null default 1,
    primary key (tenant_id, id),
    unique (tenant_id, code),
    foreign key (tenant_id, keeper_id) references memberships
);
create index points_keeper on points (tenant_id, keeper_id);

alter table clues
    add foreign key (tenant_id, activity_id) references activities,
    add foreign key (tenant_id, point_id) references points;

select platform.seal('activities', 'select, insert, update');
select platform.seal('activity_sendings', 'select, insert, update');
select platform.seal('activity_tasks', 'select, insert, update');
select platform.seal('points', 'select, insert, update');
