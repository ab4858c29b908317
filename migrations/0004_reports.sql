-- +goose Up
-- What the organisations do: reports, the chain they pass, where they are sent, and the leads they grow from.

create table clues (
    tenant_id   int not null references platform.tenants,
    id          uuid not null,
    title       text not null,
    body        text not null,
    source_kind text not null,
    source_ref  text not null default '',
    place       text not null default '',
    category    text not null default '',
    state       text not null default 'new' check (state in ('new', 'used', 'dropped')),
    reason      text not null default '',
    report_id   uuid,
    received_at timestamptz not null,
    created_at  timestamptz not null,
    created_by  uuid,
    version     int not null default 1,
    primary key (tenant_id, id)
);
create unique index clues_source on clues (tenant_id, source_kind, source_ref) where source_ref <> '';
create index clues_state on clues (tenant_id, state, received_at desc, id desc);

create table reports (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    number        text not null default '',
    state         text not null check (state in ('draft', 'submitted', 'taken_up', 'editing', 'returned', 'kept', 'declined', 'merged', 'reviewing', 'signed', 'recalled')),
    version       int not null default 1,
    author_id     uuid,
    author_name   text not null default '',
    author_title  text not null default '',
    unit_id       uuid,
    title         text not null,
    problem       text not null default '',
    cause         text not null default '',
    advice        text not null default '',
    category      text not null default '',
    topic         text not null default '',
    urgency       text not null default 'normal' check (urgency in ('normal', 'urgent', 'critical')),
    class         text not null default 'ordinary' check (class in ('ordinary', 'important')),
    flags         text[] not null default '{}',
    mode          text not null default '',
    channel       text not null default '',
    source_kind   text not null default '',
    source_id     uuid,
    sender        int references platform.tenants,
    sender_report uuid,
    origin        int not null references platform.tenants,
    combined      boolean not null default false,
    outcome_no    int not null default 0,
    -- The form in which this tenant adopted it, and every adoption in force: copies of report_outcomes for lists.
    adopted       text not null default '' check (adopted in ('', 'single', 'combined', 'relayed')),
    adoptions     jsonb not null default '[]',
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    submitted_at  timestamptz,
    signed_at     timestamptz,
    listed_at     timestamptz not null generated always as (coalesce(submitted_at, created_at)) stored,
    primary key (tenant_id, id),
    foreign key (tenant_id, author_id) references memberships,
    foreign key (tenant_id, unit_id) references units,
    check ((sender is null) = (sender_report is null))
);
-- A resubmission joins the report that the sender's report became here.
create unique index reports_sender on reports (tenant_id, sender, sender_report) where sender is not null;
create index reports_state on reports (tenant_id, state, listed_at desc, id desc);
create index reports_recent on reports (tenant_id, listed_at desc, id desc);
create index reports_author on reports (tenant_id, author_id, listed_at desc, id desc);
create index reports_signed on reports (tenant_id, signed_at) where signed_at is not null;

-- Texts as they stood: never changed. sealed = as received, original = as submitted by the author.
create table report_versions (
    tenant_id  int not null,
    report_id  uuid not null,
    no         int not null,
    kind       text not null check (kind in ('original', 'sealed', 'edited', 'issued')),
    title      text not null,
    problem    text not null,
    cause      text not null,
    advice     text not null,
    digest     bytea not null,
    sender     int,
    letter     uuid,
    written_by uuid,
    written_at timestamptz not null,
    primary key (tenant_id, report_id, no),
    foreign key (tenant_id, report_id) references reports
);

-- Which reports one combined report was made from, in order, with the share of the credit in per cent.
create table report_sources (
    tenant_id int not null,
    report_id uuid not null,
    source_id uuid not null,
    position  int not null,
    share     numeric(5, 2) not null check (share >= 0 and share <= 100),
    primary key (tenant_id, report_id, source_id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, source_id) references reports
);
create index report_sources_source on report_sources (tenant_id, source_id);

-- What any unit decided about the report: told once, whatever the number of ways the news came.
create table report_outcomes (
    tenant_id      int not null,
    report_id      uuid not null,
    origin_event   uuid not null,
    decider        int not null references platform.tenants,
    decider_report uuid not null,
    no             int not null,
    outcome        text not null,
    form           text not null default '',
    level          text not null,
    occurred_at    timestamptz not null,
    received_at    timestamptz not null,
    primary key (tenant_id, report_id, origin_event),
    foreign key (tenant_id, report_id) references reports
);
create index report_outcomes_month on report_outcomes (tenant_id, outcome, occurred_at);

-- What of these outcomes is booked in the figures now; differences are booked as correcting events.
create table report_tally (
    tenant_id   int not null,
    report_id   uuid not null,
    key         text not null,
    measure     text not null,
    occurred_at timestamptz not null,
    primary key (tenant_id, report_id, key),
    foreign key (tenant_id, report_id) references reports
);
create index report_tally_measure on report_tally (tenant_id, measure, occurred_at);

create table chains (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    name       text not null,
    template   text not null default '',
    applies_to text[] not null,
    active     boolean not null default true,
    version    int not null default 1,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);

create table chain_steps (
    tenant_id int not null,
    chain_id  uuid not null,
    no        int not null check (no > 0),
    title     text not null,
    post      text not null default '',
    role      text not null default '',
    primary key (tenant_id, chain_id, no),
    foreign key (tenant_id, chain_id) references chains,
    check (post <> '' or role <> '')
);

create table reviews (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    subject_kind text not null,
    subject_id   uuid not null,
    subject_title text not null default '',
    chain_id     uuid not null,
    chain_name   text not null,
    state        text not null check (state in ('running', 'signed', 'returned')),
    current_no   int not null,
    started_by   uuid,
    started_at   timestamptz not null,
    ended_at     timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, chain_id) references chains
);
create unique index reviews_running on reviews (tenant_id, subject_kind, subject_id) where state = 'running';
create index reviews_subject on reviews (tenant_id, subject_kind, subject_id, started_at);

create table review_steps (
    tenant_id int not null,
    review_id uuid not null,
    no        int not null,
    title     text not null,
    post      text not null default '',
    role      text not null default '',
    state     text not null check (state in ('waiting', 'current', 'approved', 'returned')),
    acted_by  uuid,
    opinion   text not null default '',
    acted_at  timestamptz,
    primary key (tenant_id, review_id, no),
    foreign key (tenant_id, review_id) references reviews
);
create index review_steps_current on review_steps (tenant_id, post, role) where state = 'current';

create table forwardings (
    tenant_id        int not null references platform.tenants,
    id               uuid not null,
    report_id        uuid not null,
    recipient        int not null references platform.tenants,
    letter_id        uuid not null,
    state            text not null check (state in ('queued', 'delivered', 'failed', 'recalled', 'returned')),
    cover            text not null default '',
    enclose_original boolean not null default false,
    hide_author      boolean not null default false,
    sent_by          uuid,
    sent_at          timestamptz not null,
    delivered_at     timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, letter_id),
    foreign key (tenant_id, report_id) references reports
);
create index forwardings_report on forwardings (tenant_id, report_id, sent_at);
create index forwardings_recipient on forwardings (tenant_id, recipient, sent_at);
-- One way at a time: to the same upper unit again only after a return, a recall or a failure.
create unique index forwardings_open on forwardings (tenant_id, report_id, recipient) where state in ('queued', 'delivered');

select platform.seal('clues', 'select, insert, update');
select platform.seal('reports', 'select, insert, update');
select platform.seal('report_versions', 'select, insert');
select platform.seal('report_sources', 'select, insert');
select platform.seal('report_outcomes', 'select, insert');
select platform.seal('report_tally', 'select, insert, update, delete');
select platform.seal('chains', 'select, insert, update');
select platform.seal('chain_steps', 'select, insert');
select platform.seal('reviews', 'select, insert, update');
select platform.seal('review_steps', 'select, insert, update');
select platform.seal('forwardings', 'select, insert, update');
