-- The one log of facts. A reader goes through it in the order (transaction, position), and only below the oldest transaction
-- still running: whatever is seen there is complete, so a cursor never passes an event that commits later.
create table kernel.events (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  transaction xid8 not null default pg_current_xact_id(),
  position bigint not null generated always as identity,
  name text not null,
  subject text not null default '',
  data jsonb not null,
  actor text not null default '',
  operation text,
  trace_parent text,
  at timestamptz not null default now(),
  primary key (tenant_id, id));
create index events_in_order on kernel.events (transaction, position);
create index events_of_tenant on kernel.events (tenant_id, transaction, position);
create index events_of_subject on kernel.events (tenant_id, subject, transaction, position) where subject <> '';
select kernel.tenant_wall('kernel.events');
select kernel.append_only('kernel.events');
select kernel.open_to_system('kernel.events', 'select');

-- How far each reader has come. The platform's own; no tenant is in it.
create table kernel.event_cursors (
  reader text primary key,
  transaction xid8 not null default '0',
  position bigint not null default 0,
  attempts int not null default 0,
  retry_at timestamptz not null default '-infinity',
  error text,
  updated_at timestamptz not null default now());
revoke all on kernel.event_cursors from rialto_app;
grant select, insert, update, delete on kernel.event_cursors to rialto_system;

-- Written in the transaction of the reaction itself: an event that is delivered twice acts once.
create table kernel.event_receipts (
  tenant_id uuid not null default kernel.current_tenant(),
  reader text not null,
  event_id uuid not null,
  primary key (tenant_id, reader, event_id));
select kernel.tenant_wall('kernel.event_receipts');
select kernel.open_to_system('kernel.event_receipts', 'select, delete');

-- Events a reader failed at too often. They wait here for a person; the reader goes on.
create table kernel.event_parked (
  tenant_id uuid not null default kernel.current_tenant(),
  reader text not null,
  event_id uuid not null,
  attempts int not null,
  error text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, reader, event_id));
select kernel.tenant_wall('kernel.event_parked');
select kernel.open_to_system('kernel.event_parked');
