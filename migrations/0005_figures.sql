-- +goose Up
-- The figures: sums of the events' measures, the viewer's own rows. Written by the fold alone, read by the boards.
-- own_*: what this tenant received, sent, decided (child = who sent it, or the tenant itself).
-- tree_*: counted once per report at its origin, for every unit that sees the figures of that origin (child = the way down).

create table sums (
    tenant_id int not null references platform.tenants,
    child     int not null references platform.tenants,
    month     date not null,
    category  text not null,
    own_submitted                  int not null default 0,
    own_received                   int not null default 0,
    own_signed                     int not null default 0,
    own_forwarded                  int not null default 0,
    own_adopted_single             int not null default 0,
    own_adopted_combined           int not null default 0,
    own_adopted_relayed            int not null default 0,
    own_kept                       int not null default 0,
    own_declined                   int not null default 0,
    own_returned                   int not null default 0,
    tree_submitted                 int not null default 0,
    tree_forwarded                 int not null default 0,
    tree_forwardings               int not null default 0,
    tree_times_county_single       int not null default 0,
    tree_times_county_combined     int not null default 0,
    tree_times_county_relayed      int not null default 0,
    tree_times_city_single         int not null default 0,
    tree_times_city_combined       int not null default 0,
    tree_times_city_relayed        int not null default 0,
    tree_times_province_single     int not null default 0,
    tree_times_province_combined   int not null default 0,
    tree_times_province_relayed    int not null default 0,
    tree_times_national_single     int not null default 0,
    tree_times_national_combined   int not null default 0,
    tree_times_national_relayed    int not null default 0,
    tree_reports                   int not null default 0,
    tree_reports_county            int not null default 0,
    tree_reports_city              int not null default 0,
    tree_reports_province          int not null default 0,
    tree_reports_national          int not null default 0,
    tree_reports_single            int not null default 0,
    tree_reports_combined          int not null default 0,
    tree_reports_relayed           int not null default 0,
    primary key (tenant_id, month, child, category)
);

create table unit_sums (
    tenant_id int not null references platform.tenants,
    unit      int not null references platform.tenants,
    month     date not null,
    own_submitted                  int not null default 0,
    own_received                   int not null default 0,
    own_signed                     int not null default 0,
    own_forwarded                  int not null default 0,
    own_adopted_single             int not null default 0,
    own_adopted_combined           int not null default 0,
    own_adopted_relayed            int not null default 0,
    own_kept                       int not null default 0,
    own_declined                   int not null default 0,
    own_returned                   int not null default 0,
    tree_submitted                 int not null default 0,
    tree_forwarded                 int not null default 0,
    tree_forwardings               int not null default 0,
    tree_times_county_single       int not null default 0,
    tree_times_county_combined     int not null default 0,
    tree_times_county_relayed      int not null default 0,
    tree_times_city_single         int not null default 0,
    tree_times_city_combined       int not null default 0,
    tree_times_city_relayed        int not null default 0,
    tree_times_province_single     int not null default 0,
    tree_times_province_combined   int not null default 0,
    tree_times_province_relayed    int not null default 0,
    tree_times_national_single     int not null default 0,
    tree_times_national_combined   int not null default 0,
    tree_times_national_relayed    int not null default 0,
    tree_reports                   int not null default 0,
    tree_reports_county            int not null default 0,
    tree_reports_city              int not null default 0,
    tree_reports_province          int not null default 0,
    tree_reports_national          int not null default 0,
    tree_reports_single            int not null default 0,
    tree_reports_combined          int not null default 0,
    tree_reports_relayed           int not null default 0,
    primary key (tenant_id, month, unit)
);

select platform.seal('sums', 'select');
select platform.seal('unit_sums', 'select');
create policy fold on sums as permissive for all to shangda_fold using (true) with check (true);
create policy fold on unit_sums as permissive for all to shangda_fold using (true) with check (true);
grant select, insert, update, delete on sums, unit_sums to shangda_fold;

-- The watermark stands from the start, so a change of lines always finds the row it marks as stale.
insert into platform.watermark (cluster, as_of) select system_identifier, 'epoch' from pg_control_system();
