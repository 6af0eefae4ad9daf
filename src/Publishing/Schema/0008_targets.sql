-- Places elsewhere to which what goes live is carried.
create table publishing.targets (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  site_id uuid not null,
  kind text not null check (kind in ('git', 's3', 'netlify', 'vercel')),
  name text not null,
  settings jsonb not null,
  secret bytea,                                  -- encrypted
  is_enabled boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, site_id, name),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
select kernel.tenant_wall('publishing.targets');

create table publishing.deployments (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  target_id uuid not null,
  site_id uuid not null,
  release_id uuid not null,
  reason text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'superseded')),
  job_id uuid,
  url text,
  remote_id text,
  files int,
  uploaded int,
  uploaded_bytes bigint,
  error_code text,
  error text,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, target_id) references publishing.targets on delete cascade,
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
create index deployments_of_target on publishing.deployments (tenant_id, target_id, created_at);
select kernel.tenant_wall('publishing.deployments');
