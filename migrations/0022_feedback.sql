-- +goose Up
-- How what happened reaches people: by what channels notices go out, what an author was told of his report and when, the
-- certificates of adoption, and the meetings that hear of all of it.

-- A channel as the tenant set it up. secret is the password, the key of the signature or the address of a robot, sealed with
-- the program's key; full lets the text of a notice go out, otherwise it only says that there is one.
create table notice_channels (
    tenant_id  int not null references platform.tenants,
    channel    text not null check (channel in ('email', 'webhook', 'wecom', 'dingtalk')),
    active     boolean not null,
    full_text  boolean not null,
    config     jsonb not null,
    secret     bytea,
    version    int not null default 1,
    changed_by uuid not null,
    changed_at timestamptz not null,
    primary key (tenant_id, channel),
    foreign key (tenant_id, changed_by) references memberships
);

-- How a member wants to hear, besides in the page.
create table notice_choices (
    tenant_id     int not null references platform.tenants,
    membership_id uuid not null,
    choice        jsonb not null,
    version       int not null default 1,
    changed_at    timestamptz not null,
    primary key (tenant_id, membership_id),
    foreign key (tenant_id, membership_id) references memberships
);

-- A notice on its way out by one channel. Several that go as one message are carried by the first of them.
create table notice_sends (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    notice_id     uuid not null,
    membership_id uuid not null,
    channel       text not null check (channel in ('email', 'webhook', 'wecom', 'dingtalk')),
    kind          text not null,
    state         text not null check (state in ('queued', 'carried', 'sent', 'failed')),
    carrier_id    uuid,
    attempts      int not null default 0,
    last_error    text not null default '',
    due_at        timestamptz not null,
    tried_at      timestamptz,
    sent_at       timestamptz,
    created_at    timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, notice_id, channel),
    foreign key (tenant_id, notice_id) references notices,
    foreign key (tenant_id, membership_id) references memberships,
    foreign key (tenant_id, carrier_id) references notice_sends,
    check ((state = 'carried') = (carrier_id is not null))
);
create index notice_sends_list on notice_sends (tenant_id, created_at desc, id desc);
create index notice_sends_person on notice_sends (tenant_id, membership_id, created_at desc, id desc);
create index notice_sends_waiting on notice_sends (tenant_id, membership_id, channel, due_at) where state = 'queued';
create index notice_sends_carrier on notice_sends (tenant_id, carrier_id) where carrier_id is not null;

-- What reached the author of a report, and how. recorded_by is empty where the program saw it itself. Never changed.
create table feedback_records (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    report_id     uuid not null,
    way           text not null check (way in ('page', 'notice', 'phone', 'person', 'letter')),
    reached       text not null,
    words         text not null default '',
    reached_at    timestamptz not null,
    membership_id uuid,
    recorded_by   uuid,
    created_at    timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, membership_id) references memberships,
    foreign key (tenant_id, recorded_by) references memberships,
    check ((recorded_by is null) = (way in ('page', 'notice')))
);
create index feedback_records_report on feedback_records (tenant_id, report_id, reached_at);
create index report_outcomes_told on report_outcomes (tenant_id, received_at) where outcome in ('adopted', 'adoption_corrected', 'kept', 'declined');

-- A certificate of adoption. Whoever has its number and code may ask whether it stands.
create table certificates (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    report_id     uuid not null,
    origin_event  uuid not null,
    person        text not null,
    year          int not null,
    no            int not null,
    code          text not null,
    report_title  text not null,
    decider       text not null,
    level         text not null,
    form          text not null,
    adopted_on    date not null,
    issued_by     uuid not null,
    issued_at     timestamptz not null,
    withdrawn_by  uuid,
    withdrawn_at  timestamptz,
    reason        text not null default '',
    primary key (tenant_id, id),
    unique (tenant_id, year, no),
    foreign key (tenant_id, report_id, origin_event) references report_outcomes,
    foreign key (tenant_id, issued_by) references memberships,
    foreign key (tenant_id, withdrawn_by) references memberships,
    check ((withdrawn_at is null) = (withdrawn_by is null))
);
create unique index certificates_person on certificates (tenant_id, report_id, origin_event, person) where withdrawn_at is null;

-- A working meeting. snapshot is the list of what changed since the one before, as it stood when the meeting was closed.
create table meetings (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    title      text not null,
    held_at    timestamptz not null,
    place      text not null default '',
    host       text not null default '',
    attendees  text not null default '',
    agenda     jsonb not null,
    minutes    text not null default '',
    state      text not null check (state in ('planned', 'closed')),
    since      timestamptz,
    snapshot   jsonb,
    closed_by  uuid,
    closed_at  timestamptz,
    version    int not null default 1,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, created_by) references memberships,
    foreign key (tenant_id, closed_by) references memberships,
    check ((state = 'closed') = (snapshot is not null)),
    check ((state = 'closed') = (closed_at is not null))
);
create index meetings_held on meetings (tenant_id, held_at desc, id desc);

select platform.seal('notice_channels', 'select, insert, update');
select platform.seal('notice_choices', 'select, insert, update');
select platform.seal('notice_sends', 'select, insert, update');
select platform.seal('feedback_records', 'select, insert');
select platform.seal('certificates', 'select, insert, update');
select platform.seal('meetings', 'select, insert, update');
