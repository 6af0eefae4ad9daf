-- Work to be done. A job exists exactly when the transaction that asked for it does.
create table kernel.jobs (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  queue text not null,
  kind text not null,
  payload jsonb not null,
  priority smallint not null,                    -- smaller goes first
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  run_at timestamptz not null default now(),
  attempts int not null default 0,
  max_attempts int not null,
  timeout_seconds double precision not null,
  lease uuid,
  lease_until timestamptz,
  node text,
  dedupe_key text,
  exclusive_key text,
  cancel_requested boolean not null default false,
  progress real,
  progress_note text,
  error_code text,
  error text,
  trace_parent text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id)) with (fillfactor = 80);
create index jobs_next on kernel.jobs (queue, priority, run_at) where state = 'waiting';
create index jobs_leased on kernel.jobs (lease_until) where state = 'running';
create index jobs_finished on kernel.jobs (finished_at) where state in ('done', 'cancelled');
create index jobs_of_tenant on kernel.jobs (tenant_id, created_at);
-- At most one of a key waits, and at most one of a key runs.
create unique index jobs_waiting_once on kernel.jobs (tenant_id, queue, dedupe_key) where state = 'waiting' and dedupe_key is not null;
create unique index jobs_running_once on kernel.jobs (tenant_id, queue, exclusive_key) where state = 'running' and exclusive_key is not null;
select kernel.tenant_wall('kernel.jobs');
select kernel.open_to_system('kernel.jobs');

-- Work that comes back by the calendar.
create table kernel.schedules (
  tenant_id uuid not null default kernel.current_tenant(),
  name text not null,
  cron text not null,
  time_zone text not null,
  queue text not null,
  kind text not null,
  payload jsonb not null,
  next_at timestamptz not null,
  primary key (tenant_id, name));
create index schedules_due on kernel.schedules (next_at);
select kernel.tenant_wall('kernel.schedules');
select kernel.open_to_system('kernel.schedules');
