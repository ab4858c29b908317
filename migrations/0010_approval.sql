-- +goose Up
-- Approval as it is really done: several people at a step, signers added and removed, passed on, stood in for, signed
-- afterwards. A step's definition is one value, copied into each review that begins; what is asked for in lists has columns.

-- The owner of the tables moves what is there, of all tenants; afterwards row-level security binds him again.
alter table chains no force row level security;
alter table chain_steps no force row level security;
alter table reviews no force row level security;
alter table review_steps no force row level security;
alter table memberships no force row level security;
alter table role_holders no force row level security;

alter table chains
    add column steps         jsonb not null default '[]',
    add column condition     jsonb not null default '{}',
    add column condition_key text not null default '',
    add column green         text[] not null default '{}',
    add column follow        text[] not null default '{}';
update chains c set steps = (
    select coalesce(jsonb_agg(jsonb_build_object('no', s.no, 'title', s.title, 'post', s.post, 'role', s.role, 'mode', 'any') order by s.no), '[]')
    from chain_steps s where s.tenant_id = c.tenant_id and s.chain_id = c.id);
drop table chain_steps;

alter table reviews
    drop column current_no,
    drop constraint reviews_state_check,
    add constraint reviews_state_check check (state in ('running', 'released', 'signed', 'returned', 'withdrawn')),
    add column seq        int not null default 0,
    add column green      text[] not null default '{}',
    add column follow     text[] not null default '{}',
    add column addressees text[] not null default '{}';

drop index review_steps_current;
alter table review_steps
    drop constraint review_steps_pkey,
    drop constraint review_steps_state_check,
    add column id         uuid not null default gen_random_uuid(),
    add column added_by   uuid,
    add column definition jsonb not null default '{}';
update review_steps set definition = jsonb_build_object('no', no, 'title', title, 'post', post, 'role', role, 'mode', 'any');
alter table review_steps
    alter column id drop default,
    alter column definition drop default,
    add primary key (tenant_id, id),
    add unique (tenant_id, review_id, no) deferrable initially deferred,
    add constraint review_steps_state_check
        check (state in ('waiting', 'current', 'held', 'approved', 'returned', 'late', 'objected', 'dropped'));

-- What waits for one member, or waited. Rows of an earlier round stay, as void.
create table review_tasks (
    tenant_id   int not null references platform.tenants,
    id          uuid not null,
    review_id   uuid not null,
    step_id     uuid not null,
    place       int not null,
    member      uuid not null,
    state       text not null check (state in ('open', 'next', 'held', 'approved', 'rejected', 'returned', 'passed', 'removed', 'spared', 'void')),
    acted_by    uuid,
    seq         int not null default 0,
    given_by    uuid,
    opened_at   timestamptz,
    due_at      timestamptz,
    reminded    int not null default 0,
    reminded_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, review_id) references reviews,
    foreign key (tenant_id, step_id) references review_steps (tenant_id, id),
    foreign key (tenant_id, member) references memberships
);
create index review_tasks_review on review_tasks (tenant_id, review_id);
create index review_tasks_open on review_tasks (tenant_id, member) where state = 'open';
create index review_tasks_due on review_tasks (tenant_id, due_at) where state = 'open' and due_at is not null;

-- What was said and done, never changed: the signing sheet is read from it. before and after hold the text where it was edited.
create table review_acts (
    tenant_id int not null references platform.tenants,
    id        uuid not null,
    review_id uuid not null,
    step_id   uuid,
    task_id   uuid,
    verb      text not null,
    by        uuid,
    on_behalf uuid,
    people    uuid[] not null default '{}',
    opinion   text not null default '',
    ticks     jsonb not null default '[]',
    before    jsonb,
    after     jsonb,
    at        timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, review_id) references reviews,
    foreign key (tenant_id, step_id) references review_steps (tenant_id, id)
);
create index review_acts_review on review_acts (tenant_id, review_id, at, id);

-- Who was sent a copy to read (抄送), and when it was read (阅).
create table review_copies (
    tenant_id int not null references platform.tenants,
    review_id uuid not null,
    member    uuid not null,
    given_by  uuid,
    at        timestamptz not null,
    read_at   timestamptz,
    remark    text not null default '',
    primary key (tenant_id, review_id, member),
    foreign key (tenant_id, review_id) references reviews,
    foreign key (tenant_id, member) references memberships
);
create index review_copies_unread on review_copies (tenant_id, member) where read_at is null;

-- Which leader is in charge of which field (分管联系领域): the categories of reports.
create table fields_in_charge (
    tenant_id     int not null references platform.tenants,
    category      text not null,
    membership_id uuid not null,
    primary key (tenant_id, category),
    foreign key (tenant_id, membership_id) references memberships
);

-- Who stands in for whom, from when until when (委托).
create table delegations (
    tenant_id  int not null references platform.tenants,
    id         uuid not null,
    principal  uuid not null,
    deputy     uuid not null,
    reason     text not null,
    starts_at  timestamptz not null,
    ends_at    timestamptz not null,
    ended_at   timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, principal) references memberships,
    foreign key (tenant_id, deputy) references memberships,
    check (principal <> deputy and starts_at < ends_at)
);
create index delegations_principal on delegations (tenant_id, principal, starts_at desc);
create index delegations_deputy on delegations (tenant_id, deputy, starts_at desc);

-- Reviews that were under way or had ended: who acted has a task and an act, who is waited for has an open task.
insert into review_tasks (tenant_id, id, review_id, step_id, place, member, state, acted_by, seq, opened_at)
select tenant_id, gen_random_uuid(), review_id, id, 1, acted_by, state, acted_by, no, acted_at
from review_steps where acted_by is not null and state in ('approved', 'returned');
insert into review_tasks (tenant_id, id, review_id, step_id, place, member, state, opened_at)
select s.tenant_id, gen_random_uuid(), s.review_id, s.id, row_number() over (partition by s.tenant_id, s.id order by m.id), m.id, 'open', now()
from review_steps s join memberships m on m.tenant_id = s.tenant_id and m.state = 'active' and (s.post = '' or s.post = m.post)
where s.state = 'current' and (s.role = '' or exists (
    select from role_holders h where h.tenant_id = m.tenant_id and h.membership_id = m.id and h.role = s.role));
insert into review_acts (tenant_id, id, review_id, step_id, verb, by, opinion, at)
select tenant_id, gen_random_uuid(), review_id, id, case state when 'approved' then 'approve' else 'return' end, acted_by, opinion, acted_at
from review_steps where acted_by is not null and state in ('approved', 'returned');
update reviews r set seq = coalesce((select max(t.seq) from review_tasks t where t.tenant_id = r.tenant_id and t.review_id = r.id), 0);
alter table review_steps
    drop column title, drop column post, drop column role, drop column acted_by, drop column opinion, drop column acted_at;

alter table chains force row level security;
alter table reviews force row level security;
alter table review_steps force row level security;
alter table memberships force row level security;
alter table role_holders force row level security;

select platform.seal('review_tasks', 'select, insert, update');
select platform.seal('review_acts', 'select, insert');
select platform.seal('review_copies', 'select, insert, update');
select platform.seal('fields_in_charge', 'select, insert, update, delete');
select platform.seal('delegations', 'select, insert, update');
