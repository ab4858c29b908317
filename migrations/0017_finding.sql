-- +goose Up
-- What a report is found by. Both are indexes: made of the reports by a job, and made again by `shangda search rebuild`.

-- terms holds the words with the weights of their place (A title, people and numbers; B problem; C cause and advice; D text
-- of attachments), the words of the title once more with ~, and marks such as =open or =s:signed that a search narrows by.
-- Every lexeme begins with the tenant, so the index has lists of one tenant only. The row is small and its terms lie
-- outside (toast), so that many hits are counted and ordered by date without reading them.
create table search_documents (
    tenant_id int not null references platform.tenants,
    report_id uuid not null,
    listed_at timestamptz not null,
    terms     tsvector not null,
    attached  text not null default '',
    primary key (tenant_id, report_id),
    foreign key (tenant_id, report_id) references reports
) with (toast_tuple_target = 128);
alter table search_documents alter column attached set storage external;
create index search_documents_terms on search_documents using gin (terms);

select platform.seal('search_documents', 'select, insert, update');
create policy search on search_documents as permissive for select to shangda_search using (true);
grant select on search_documents to shangda_search;

-- The one door of the search: ids and ranks of this transaction's tenant, whatever is asked. @@ is not leakproof, so under
-- the tenant's policy the index could not be used; here the tenant is an explicit filter, and no argument. p_title is the
-- question put to titles: its hits come first. At most p_most of each are ranked, the newest.
-- +goose StatementBegin
create function search_find(p_query tsquery, p_title tsquery, p_from timestamptz, p_to timestamptz, p_most int)
returns table (report_id uuid, rank real, listed_at timestamptz)
language sql stable security definer set search_path = '' set enable_seqscan = off as $$
    with found as (
        (select d.report_id, true as titled from public.search_documents d
         where d.tenant_id = nullif(current_setting('app.tenant', true), '')::int and d.terms @@ p_title
           and d.listed_at >= p_from and d.listed_at < p_to
         order by d.listed_at desc, d.report_id desc limit p_most)
        union all
        (select d.report_id, false as titled from public.search_documents d
         where d.tenant_id = nullif(current_setting('app.tenant', true), '')::int and d.terms @@ p_query
           and d.listed_at >= p_from and d.listed_at < p_to
         order by d.listed_at desc, d.report_id desc limit p_most)
    ), one as (select f.report_id, bool_or(f.titled) as titled from found f group by f.report_id)
    select d.report_id, pg_catalog.ts_rank('{0.05, 0.2, 0.4, 1}', d.terms, p_query, 1) + case when one.titled then 1 else 0 end, d.listed_at
    from one join public.search_documents d on d.tenant_id = nullif(current_setting('app.tenant', true), '')::int and d.report_id = one.report_id
$$;
-- How many there are, counted no further than p_most.
create function search_count(p_query tsquery, p_from timestamptz, p_to timestamptz, p_most int) returns int
language sql stable security definer set search_path = '' set enable_seqscan = off as $$
    select count(*)::int from (
        select from public.search_documents d
        where d.tenant_id = nullif(current_setting('app.tenant', true), '')::int and d.terms @@ p_query
          and d.listed_at >= p_from and d.listed_at < p_to
        limit p_most) as hits
$$;
-- The newest that match, for a list in its own order.
create function search_newest(p_query tsquery, p_most int) returns table (report_id uuid)
language sql stable security definer set search_path = '' set enable_seqscan = off as $$
    select d.report_id from public.search_documents d
    where d.tenant_id = nullif(current_setting('app.tenant', true), '')::int and d.terms @@ p_query
    order by d.listed_at desc, d.report_id desc limit p_most
$$;
do $$
declare f regprocedure;
begin
    grant create on schema public to shangda_search;
    for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname like 'search\_%' loop
        execute format('revoke all on function %s from public', f);
        execute format('grant execute on function %s to shangda_app', f);
        execute format('alter function %s owner to shangda_search', f);
    end loop;
    revoke create on schema public from shangda_search;
end $$;
-- +goose StatementEnd

-- What a report is compared by: its words with their weights (services/similarity knows how they are packed), and the keys,
-- its most telling words, by which others that may be similar are found.
create table similarity_prints (
    tenant_id int not null references platform.tenants,
    report_id uuid not null,
    keys      bigint[] not null,
    words     bytea not null,
    primary key (tenant_id, report_id),
    foreign key (tenant_id, report_id) references reports
);
create table similarity_keys (
    tenant_id int not null,
    key       bigint not null,
    report_id uuid not null,
    primary key (tenant_id, key, report_id),
    foreign key (tenant_id, report_id) references similarity_prints
);
-- What was found when a report was submitted or came in: for the badge. elsewhere is the platform's one answer.
create table similarity_findings (
    tenant_id int not null,
    report_id uuid not null,
    other_id  uuid,
    score     real not null,
    elsewhere boolean not null default false,
    found_at  timestamptz not null,
    primary key (tenant_id, report_id),
    foreign key (tenant_id, report_id) references reports,
    foreign key (tenant_id, other_id) references reports
);
-- What people said of two reports; the smaller id stands first. A changed mind is an event and the new word.
create table similarity_verdicts (
    tenant_id  int not null,
    one_id     uuid not null,
    other_id   uuid not null check (one_id < other_id),
    verdict    text not null check (verdict in ('duplicate', 'different')),
    score      real not null,
    decided_by uuid,
    decided_at timestamptz not null,
    primary key (tenant_id, one_id, other_id),
    foreign key (tenant_id, one_id) references reports,
    foreign key (tenant_id, other_id) references reports,
    foreign key (tenant_id, decided_by) references memberships
);
create index similarity_verdicts_other on similarity_verdicts (tenant_id, other_id);
select platform.seal('similarity_prints', 'select, insert, update, delete');
select platform.seal('similarity_keys', 'select, insert, delete');
select platform.seal('similarity_findings', 'select, insert, update, delete');
select platform.seal('similarity_verdicts', 'select, insert, update');

-- Whether something similar exists on the platform: yes or no, and nothing else. Rows are min-hashes of whole texts, which
-- give no word back; nobody but the functions below reads them. They answer only about whole texts that agree in most of
-- twenty hashes, count from the day after they came, and answer a unit so many times a day.
create table platform.prints (
    print     bigint not null,
    tenant_id int not null references platform.tenants,
    report_id uuid not null,
    from_day  date not null,
    primary key (print, tenant_id, report_id)
);
create index prints_report on platform.prints (tenant_id, report_id);
create table platform.print_questions (
    tenant_id int not null references platform.tenants,
    day       date not null,
    asked     int not null,
    primary key (tenant_id, day)
);
grant usage on schema platform to shangda_search;
grant select, insert, delete on platform.prints to shangda_search;
grant select, insert, update on platform.print_questions to shangda_search;
-- +goose StatementBegin
-- The prints of a report of this transaction's tenant, in place of earlier ones; none takes it out.
create function platform.prints_put(p_report uuid, p_prints bigint[], p_day date) returns void
language sql security definer set search_path = '' as $$
    delete from platform.prints where tenant_id = nullif(current_setting('app.tenant', true), '')::int and report_id = p_report;
    insert into platform.prints (print, tenant_id, report_id, from_day)
    select distinct p, nullif(current_setting('app.tenant', true), '')::int, p_report, p_day + 1 from unnest(p_prints) p
    where nullif(current_setting('app.tenant', true), '') is not null
$$;
-- Takes out all of this transaction's tenant.
create function platform.prints_leave() returns void language sql security definer set search_path = '' as $$
    delete from platform.prints where tenant_id = nullif(current_setting('app.tenant', true), '')::int
$$;
-- Null where this tenant has asked often enough today.
create function platform.prints_elsewhere(p_prints bigint[], p_day date) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
    me int := nullif(current_setting('app.tenant', true), '')::int;
    n int;
begin
    if me is null or cardinality(p_prints) < 20 then
        return null;
    end if;
    insert into platform.print_questions as q (tenant_id, day, asked) values (me, p_day, 1)
    on conflict (tenant_id, day) do update set asked = q.asked + 1 returning asked into n;
    if n > 500 then
        return null;
    end if;
    return exists (
        select from platform.prints p where p.print = any(p_prints) and p.tenant_id <> me and p.from_day <= p_day
        group by p.tenant_id, p.report_id having count(*) >= 12);
end $$;
do $$
declare f regprocedure;
begin
    grant create on schema platform to shangda_search;
    for f in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'platform'::regnamespace and p.proname like 'prints\_%' loop
        execute format('revoke all on function %s from public', f);
        execute format('grant execute on function %s to shangda_app', f);
        execute format('alter function %s owner to shangda_search', f);
    end loop;
    revoke create on schema platform from shangda_search;
end $$;
-- +goose StatementEnd
