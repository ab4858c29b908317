-- +goose Up
-- What people say about a report before it goes on: whether it is true, whether it is free of errors, what experts and
-- committees think of it.

-- A check of the facts, or of the figures and sources by a second person: recorded at once, or asked for and then answered.
create table checks (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    report_id     uuid not null,
    report_title  text not null,
    matter        text not null check (matter in ('facts', 'figures')),
    state         text not null check (state in ('asked', 'done', 'cancelled')),
    -- Whom it was asked of: an inner unit, a person, or a department outside by its name.
    unit_id       uuid,
    membership_id uuid,
    department    text not null default '',
    question      text not null default '',
    asked_by      uuid,
    asked_at      timestamptz,
    due_on        date,
    method        text not null default '' check (method in ('', 'site', 'phone', 'department', 'documents')),
    result        text not null default '' check (result in ('', 'true', 'partly', 'untrue', 'unclear')),
    note          text not null default '',
    -- checked_by is empty where a department outside checked; recorded_by is who wrote it down here.
    checked_by    uuid,
    checker       text not null default '',
    recorded_by   uuid,
    checked_at    timestamptz,
    -- What was checked: the whole text, and only its passages with figures.
    digest        bytea,
    figures       bytea,
    reason        text not null default '',
    ended_at      timestamptz,
    reminded_at   timestamptz,
    overdue_at    timestamptz,
    created_at    timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, unit_id) references units,
    foreign key (tenant_id, membership_id) references memberships,
    foreign key (tenant_id, asked_by) references memberships,
    foreign key (tenant_id, checked_by) references memberships,
    foreign key (tenant_id, recorded_by) references memberships,
    check ((state = 'done') = (result <> ''))
);
create index checks_report on checks (tenant_id, report_id, created_at, id);
create index checks_person on checks (tenant_id, membership_id, created_at) where membership_id is not null;
create index checks_unit on checks (tenant_id, unit_id, created_at) where unit_id is not null;
create index checks_due on checks (tenant_id, due_on) where state = 'asked';

-- A proof check: what was found in the text with this digest, and what the person made of each finding. Never changed.
create table proofs (
    tenant_id    int not null references platform.tenants,
    id           uuid not null,
    report_id    uuid not null,
    digest       bytea not null,
    version      int not null,
    findings     jsonb not null,
    ticks        text[] not null,
    faults       int not null,
    note         text not null default '',
    proofread_by uuid not null,
    proofread_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, proofread_by) references memberships
);
create index proofs_report on proofs (tenant_id, report_id, proofread_at desc, id desc);

-- Whom to ask about what: people of this tenant and people without an account.
create table experts (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    membership_id uuid,
    unit_id       uuid,
    name          text not null,
    title         text not null default '',
    organisation  text not null default '',
    phone         text not null default '',
    fields        text[] not null,
    tags          text[] not null default '{}',
    note          text not null default '',
    active        boolean not null default true,
    version       int not null default 1,
    created_at    timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, membership_id) references memberships,
    foreign key (tenant_id, unit_id) references units
);
create unique index experts_member on experts (tenant_id, membership_id) where membership_id is not null;
create index experts_name on experts (tenant_id, active, name, id);

-- One sheet: a joint review, an opinion asked of an expert, or a workshop on one report.
create table consultations (
    tenant_id     int not null references platform.tenants,
    id            uuid not null,
    report_id     uuid not null,
    report_title  text not null,
    kind          text not null check (kind in ('joint', 'expert', 'workshop')),
    state         text not null check (state in ('open', 'closed', 'cancelled')),
    question      text not null,
    due_on        date not null,
    -- Of a workshop: when and where it meets, what was said, and which version of the text came of it.
    meets_at      timestamptz,
    place         text not null default '',
    minutes       text not null default '',
    conclusion    text not null default '',
    resulting     int,
    digest        bytea not null,
    started_by    uuid not null,
    started_at    timestamptz not null,
    closed_by     uuid,
    closed_at     timestamptz,
    reminded_at   timestamptz,
    overdue_at    timestamptz,
    version       int not null default 1,
    primary key (tenant_id, id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, report_id, resulting) references report_versions (tenant_id, report_id, no),
    foreign key (tenant_id, started_by) references memberships,
    foreign key (tenant_id, closed_by) references memberships
);
create index consultations_report on consultations (tenant_id, report_id, started_at, id);
create index consultations_due on consultations (tenant_id, due_on) where state = 'open';

-- Whose opinion the sheet collects, and the opinion. Exactly one of unit, member and name says who it is.
create table consultation_opinions (
    tenant_id       int not null,
    consultation_id uuid not null,
    id              uuid not null,
    position        int not null,
    unit_id         uuid,
    membership_id   uuid,
    expert_id       uuid,
    name            text not null,
    outside         boolean not null,
    state           text not null check (state in ('asked', 'given', 'released')),
    verdict         text not null default '' check (verdict in ('', 'agree', 'change', 'against')),
    opinion         text not null default '',
    dimensions      jsonb not null default '[]',
    given_by        uuid,
    giver           text not null default '',
    recorded_by     uuid,
    given_at        timestamptz,
    late            boolean not null default false,
    asked_at        timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, consultation_id) references consultations,
    foreign key (tenant_id, unit_id) references units,
    foreign key (tenant_id, membership_id) references memberships,
    foreign key (tenant_id, expert_id) references experts,
    foreign key (tenant_id, given_by) references memberships,
    foreign key (tenant_id, recorded_by) references memberships,
    check ((state = 'given') = (verdict <> '')),
    check (outside = (unit_id is null and membership_id is null))
);
create index consultation_opinions_sheet on consultation_opinions (tenant_id, consultation_id, position);
create index consultation_opinions_person on consultation_opinions (tenant_id, membership_id, asked_at) where membership_id is not null;
create index consultation_opinions_unit on consultation_opinions (tenant_id, unit_id, asked_at) where unit_id is not null;

select platform.seal('checks', 'select, insert, update');
select platform.seal('proofs', 'select, insert');
select platform.seal('experts', 'select, insert, update');
select platform.seal('consultations', 'select, insert, update');
select platform.seal('consultation_opinions', 'select, insert, update');
