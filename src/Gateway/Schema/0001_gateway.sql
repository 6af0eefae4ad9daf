-- The tier of an organisation, when it is not the platform's default. The platform's own rows: who pays for what is not the organisation's to write.
create table gateway.plans (
  tenant_id uuid not null default kernel.current_tenant(),
  organisation uuid not null,
  tier text not null,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, organisation));
select kernel.tenant_wall('gateway.plans');

-- Buckets of the generic cell rate algorithm: the theoretical arrival time of each, in microseconds since 1970. Nodes take slices of many
-- calls at a time. Losing them with a crash forgives some calls; so nothing is written twice.
create unlogged table gateway.buckets (
  tenant_id uuid not null default kernel.current_tenant(),
  name text not null,
  arrival bigint not null,
  primary key (tenant_id, name)) with (fillfactor = 50);
create index buckets_full on gateway.buckets (arrival);
select kernel.tenant_wall('gateway.buckets');
select kernel.note_no_changes('gateway.buckets');

-- Takes up to "wanted" calls, after giving back "unused" ones of an earlier slice. A call costs "gap" microseconds; "burst" of them fit.
create function gateway.take(bucket text, wanted int, unused int, gap bigint, burst int, out granted int, out wait_micros bigint, out left_over int) language plpgsql as $$
declare
  now_micros bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
  base bigint;
begin
  insert into gateway.buckets (name, arrival) values (bucket, now_micros) on conflict do nothing;
  select arrival into base from gateway.buckets where tenant_id = kernel.current_tenant() and name = bucket for update;
  -- Time may have passed while another node held the row.
  now_micros := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
  base := greatest(base - unused * gap, now_micros);
  granted := greatest(0, least(wanted, ((now_micros + burst * gap - base) / gap)::int));
  update gateway.buckets set arrival = base + granted * gap where tenant_id = kernel.current_tenant() and name = bucket;
  wait_micros := case when granted > 0 then 0 else greatest(1, base + gap - burst * gap - now_micros) end;
  left_over := greatest(0, ((now_micros + burst * gap - base) / gap)::int - granted);
end $$;

-- What was called how often, for each day, operation and caller. Slots of the histogram end at 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000 ms.
create table gateway.usage (
  tenant_id uuid not null default kernel.current_tenant(),
  day date not null,
  operation text not null,
  subject text not null,
  calls bigint not null default 0,
  refused bigint not null default 0,               -- 4xx
  failed bigint not null default 0,                -- 5xx
  micros bigint not null default 0,
  histogram bigint[] not null,
  primary key (tenant_id, day, operation, subject));
select kernel.tenant_wall('gateway.usage');
select kernel.note_no_changes('gateway.usage');

-- Where an organisation's own services are, and how requests go to them.
create table gateway.routes (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  name text not null,
  targets text[] not null check (cardinality(targets) between 1 and 16),
  methods text[] not null,
  timeout_seconds double precision not null,
  retries int not null check (retries between 0 and 3),
  request jsonb not null default '{}',             -- how requests are changed: path, query, headers
  answer jsonb not null default '{}',              -- how answers are changed: headers
  secrets bytea,                                   -- encrypted: headers that carry credentials
  is_enabled boolean not null default true,
  created_at timestamptz not null default now(),
  version int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, name));
create index routes_by_age on gateway.routes (tenant_id, created_at, id);
select kernel.tenant_wall('gateway.routes');
