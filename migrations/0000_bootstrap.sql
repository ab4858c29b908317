-- What only a superuser can make: the roles and what they may do with the database as a whole.
-- Run by migrations.Bootstrap inside the database, not by goose; running it again changes nothing.
--
--   shangda_owner   owns the database and its tables; migrations only
--   shangda_app     requests and jobs; owns nothing, member of nothing
--   shangda_fold    the fold; owns nothing, member of nothing
--   shangda_login   nobody logs in as it: owner of the definer functions of tenancy/login
--   shangda_search  nobody logs in as it: owner of the definer function of the search
--
-- The owner is a member of the last two, because handing a function over (alter function ... owner to)
-- asks for it. NOINHERIT: it gets none of their rights unless a migration says `set role`.
do $$
declare
  wanted record;
begin
  for wanted in select * from (values
    ('shangda_owner', 'login'), ('shangda_app', 'login'), ('shangda_fold', 'login'),
    ('shangda_login', 'nologin'), ('shangda_search', 'nologin')) as r(name, may_login)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s noinherit', wanted.name, wanted.may_login);
    end if;
    if exists (select from pg_roles where rolname = wanted.name
               and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit or rolreplication
                    or rolcanlogin <> (wanted.may_login = 'login'))) then
      execute format('alter role %I %s nosuperuser nobypassrls nocreaterole nocreatedb noinherit noreplication',
                     wanted.name, wanted.may_login);
    end if;
  end loop;
  if not pg_has_role('shangda_owner', 'shangda_login', 'member')
     or not pg_has_role('shangda_owner', 'shangda_search', 'member') then
    grant shangda_login, shangda_search to shangda_owner;
  end if;

  execute format('alter database %I owner to shangda_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to shangda_app, shangda_fold', current_database());
end
$$;

alter schema public owner to shangda_owner;
revoke all on schema public from public;
grant usage on schema public to shangda_app, shangda_fold, shangda_login, shangda_search;
create schema if not exists platform authorization shangda_owner;
create schema if not exists river authorization shangda_owner;
