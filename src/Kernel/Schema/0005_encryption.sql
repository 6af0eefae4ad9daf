-- A root key outside the database wraps each tenant's key; a tenant's key wraps its data keys, one line of versions for each table.
create table kernel.tenant_keys (
  tenant_id uuid not null default kernel.current_tenant(),
  version int not null,
  root text not null,                              -- fingerprint of the root key that wraps it
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, version));
select kernel.tenant_wall('kernel.tenant_keys');

create table kernel.data_keys (
  tenant_id uuid not null default kernel.current_tenant(),
  "table" text not null,
  version int not null,
  tenant_key int not null,
  wrapped bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, "table", version),
  foreign key (tenant_id, tenant_key) references kernel.tenant_keys (tenant_id, version));
select kernel.tenant_wall('kernel.data_keys');
