-- Who took a name first. The row outlives the site.
create table publishing.names (
  tenant_id uuid not null default kernel.current_tenant(),
  name text not null,
  taken_at timestamptz not null default now(),
  primary key (tenant_id, name));
create unique index names_once on publishing.names (name);
select kernel.tenant_wall('publishing.names');
