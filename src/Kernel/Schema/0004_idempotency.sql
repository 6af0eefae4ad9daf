-- Answers to requests that carried an Idempotency-Key, written in the transaction of the change itself.
create table kernel.idempotency (
  tenant_id uuid not null default kernel.current_tenant(),
  subject text not null,
  key text not null,
  request_hash bytea not null,
  status int,
  content_type text,
  location text,
  etag text,
  body bytea,
  created_at timestamptz not null default now(),
  primary key (tenant_id, subject, key));
create index idempotency_age on kernel.idempotency (created_at);
select kernel.tenant_wall('kernel.idempotency');
select kernel.open_to_system('kernel.idempotency', 'select, delete');
