-- One attempt to make a release of a push, with what its stages took.
create table publishing.builds (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  site_id uuid not null,
  job_id uuid not null,
  branch text not null,
  commit text,
  sequence bigint not null,
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'cancelled')),
  outcome text,                                  -- live, preview, superseded or pinned
  stages jsonb not null default '[]',
  release_id uuid,
  error_code text,
  error text,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
create index builds_of_site on publishing.builds (tenant_id, site_id, started_at);
create index builds_of_job on publishing.builds (tenant_id, job_id);
select kernel.tenant_wall('publishing.builds');

create table publishing.build_lines (
  tenant_id uuid not null default kernel.current_tenant(),
  build_id uuid not null,
  number int not null,
  stage text not null,
  text text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, build_id, number),
  foreign key (tenant_id, build_id) references publishing.builds on delete cascade);
select kernel.tenant_wall('publishing.build_lines');
