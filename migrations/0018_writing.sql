-- +goose Up
-- Writing: where a text comes from and who stands behind it, how it moves between people and reports, and the ledger.

-- coauthors and readers are copies for authorization and lists: the members of report_authors, and who was offered the draft.
alter table reports
    add column note_from    text not null default '',
    add column note_address text not null default '',
    add column note_on      text not null default '' check (note_on = '' or note_on ~ '^\d{4}-\d{2}-\d{2}$'),
    add column author_contact text not null default '',
    add column recorder_id   uuid,
    add column recorder_name text not null default '',
    add column coauthors     uuid[] not null default '{}',
    add column readers       uuid[] not null default '{}',
    add column text_by       uuid,
    add column split_from    uuid,
    add column absorbed      boolean not null default false,
    drop constraint reports_state_check,
    add constraint reports_state_check check (state in ('draft', 'submitted', 'taken_up', 'editing', 'returned', 'kept', 'declined', 'merged',
        'reviewing', 'signed', 'recalled', 'split')),
    add foreign key (tenant_id, recorder_id) references memberships,
    add foreign key (tenant_id, split_from) references reports;
create index reports_recorder on reports (tenant_id, recorder_id) where recorder_id is not null;
create index reports_split_from on reports (tenant_id, split_from) where split_from is not null;

-- A text as it stood when another person went on writing it.
alter table report_versions drop constraint report_versions_kind_check,
    add constraint report_versions_kind_check check (kind in ('original', 'sealed', 'edited', 'issued', 'drafted'));

-- The further authors of a report, in order; the first author is the report's own, with what their shares leave.
create table report_authors (
    tenant_id     int not null,
    report_id     uuid not null,
    position      int not null check (position > 0),
    membership_id uuid,
    name          text not null,
    unit          text not null default '',
    title         text not null default '',
    share         numeric(5, 2) not null check (share >= 0 and share <= 100),
    primary key (tenant_id, report_id, position),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, membership_id) references memberships
);
create index report_authors_member on report_authors (tenant_id, membership_id) where membership_id is not null;

-- What a duplicate hears of the report it went into is told and not counted.
alter table report_outcomes add column counted boolean not null default true;

-- A source is part of a combined text, or a duplicate that went into another: it hears the outcomes and counts in no figure.
alter table report_sources add column kind text not null default 'part' check (kind in ('part', 'duplicate'));

-- A draft on its way to another person.
create table report_handovers (
    tenant_id  int not null,
    id         uuid not null,
    report_id  uuid not null,
    from_id    uuid not null,
    to_id      uuid not null,
    state      text not null check (state in ('offered', 'accepted', 'refused', 'withdrawn')),
    note       text not null default '',
    answer     text not null default '',
    keep_name  boolean not null default false,
    offered_at timestamptz not null,
    decided_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, from_id) references memberships,
    foreign key (tenant_id, to_id) references memberships
);
create unique index report_handovers_open on report_handovers (tenant_id, report_id) where state = 'offered';
create index report_handovers_report on report_handovers (tenant_id, report_id, offered_at);
create index report_handovers_to on report_handovers (tenant_id, to_id, offered_at desc) where state = 'offered';

-- That two reports belong together. continued: report_id goes on where other_id ended; the other kinds read both ways.
create table report_links (
    tenant_id  int not null,
    id         uuid not null,
    report_id  uuid not null,
    other_id   uuid not null,
    kind       text not null check (kind in ('duplicate', 'related', 'continued')),
    note       text not null default '',
    linked_by  uuid,
    linked_at  timestamptz not null,
    removed_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, other_id) references reports,
    check (report_id <> other_id)
);
create unique index report_links_once on report_links (tenant_id, least(report_id, other_id), greatest(report_id, other_id), kind) where removed_at is null;
create index report_links_report on report_links (tenant_id, report_id);
create index report_links_other on report_links (tenant_id, other_id);

-- What people say to each other about a place in a text. Of an answer thread_id is the comment it answers.
create table comments (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    subject_kind text not null,
    subject_id   uuid not null,
    thread_id    uuid,
    section      text not null default '' check (section in ('', 'title', 'problem', 'cause', 'advice')),
    quote        text not null default '',
    place        int not null default 0,
    text         text not null,
    written_by   uuid not null,
    written_at   timestamptz not null,
    resolved_by  uuid,
    resolved_at  timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, thread_id) references comments,
    foreign key (tenant_id, written_by) references memberships
);
create index comments_subject on comments (tenant_id, subject_kind, subject_id, written_at);

-- Who answers for a report in this unit: the leading deputy secretary-general, the linked office, who follows it up.
create table ledger_entries (
    tenant_id     int not null,
    report_id     uuid not null,
    lead_id       uuid,
    unit_id       uuid,
    follow_id     uuid,
    due_on        date,
    note          text not null default '',
    version       int not null default 1,
    assigned_by   uuid,
    assigned_at   timestamptz not null,
    primary key (tenant_id, report_id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, lead_id) references memberships,
    foreign key (tenant_id, unit_id) references units,
    foreign key (tenant_id, follow_id) references memberships
);
create index ledger_entries_lead on ledger_entries (tenant_id, lead_id) where lead_id is not null;
create index ledger_entries_unit on ledger_entries (tenant_id, unit_id) where unit_id is not null;
create index ledger_entries_follow on ledger_entries (tenant_id, follow_id) where follow_id is not null;

-- A way of looking at the ledger that somebody saved by name; shared ones everybody of the unit sees.
create table ledger_views (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    membership_id uuid not null,
    name          text not null,
    shared        boolean not null default false,
    filter        jsonb not null,
    columns       text[] not null,
    removed_at    timestamptz,
    created_at    timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, membership_id) references memberships
);
create unique index ledger_views_name on ledger_views (tenant_id, membership_id, name) where removed_at is null;

select platform.seal('report_authors', 'select, insert, update, delete');
select platform.seal('report_handovers', 'select, insert, update');
select platform.seal('report_links', 'select, insert, update');
select platform.seal('comments', 'select, insert, update');
select platform.seal('ledger_entries', 'select, insert, update');
select platform.seal('ledger_views', 'select, insert, update');
grant update on report_sources to shangda_app;
-- What can be overdue: not yet decided, or signed and not yet adopted.
create index reports_open on reports (tenant_id, listed_at desc, id desc)
    where state in ('submitted', 'taken_up', 'editing', 'reviewing') or state = 'signed' and adopted = '';
