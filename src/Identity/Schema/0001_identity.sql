-- Organisations belong to the platform: tenant_id is always its own; id is the tenant of everything the organisation has.
create table identity.organisations (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null,
  handle text not null check (handle ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
  name text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, handle));
select kernel.tenant_wall('identity.organisations');

create table identity.api_keys (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  name text not null,
  hash bytea not null check (length(hash) = 32),
  hint text not null,                              -- the last four letters, to tell keys apart
  scopes text[] not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, hash));
create index api_keys_by_age on identity.api_keys (tenant_id, created_at, id);
select kernel.tenant_wall('identity.api_keys');
