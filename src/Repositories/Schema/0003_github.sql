-- An organisation's installation of a GitHub App: which repositories it may read, and what else it may do.
create table repositories.installations (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  app_id text not null,
  number bigint not null,                        -- GitHub's own
  account text not null,
  permissions jsonb not null,
  state text not null default 'active' check (state in ('active', 'suspended', 'removed')),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id));
-- One installation belongs to one organisation, or whoever came second could read the first one's repositories.
create unique index installations_once on repositories.installations (app_id, number) where state <> 'removed';
select kernel.tenant_wall('repositories.installations');
-- A delivery of the server's app names an installation and no organisation: the platform's own session finds whose it is.
create policy open_to_hooks on repositories.installations for select
  using ((select current_setting('rialto.tenant', true)) = '00000000-0000-0000-0000-000000000000');

-- Who set out to install the app. The word travels through the browser and comes back once, within the hour.
create table repositories.setups (
  tenant_id uuid not null default kernel.current_tenant(),
  digest bytea not null,
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, digest));
select kernel.tenant_wall('repositories.setups');

-- What a commit's page at the forge should say, and what it says. The job that writes it reads the row when it runs, so that the last word wins.
create table repositories.reports (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  repository_id uuid not null,
  commit text not null,
  site text not null,
  environment text not null,
  branch text not null,
  state text not null,
  words text not null,
  target text not null,
  deployment bigint,                             -- GitHub's number of it
  told_state text,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, repository_id, commit, site),
  foreign key (tenant_id, repository_id) references repositories.repositories on delete cascade);
select kernel.tenant_wall('repositories.reports');
