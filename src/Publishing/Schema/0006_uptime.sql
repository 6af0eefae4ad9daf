-- Whether a site answers, as it was found last.
create table publishing.uptime (
  tenant_id uuid not null default kernel.current_tenant(),
  site_id uuid not null,
  is_up boolean not null,
  since timestamptz not null,
  failures int not null default 0,               -- in a row
  first_failure_at timestamptz,
  status int,
  milliseconds int not null,
  error text,
  checked_at timestamptz not null,
  primary key (tenant_id, site_id),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
select kernel.tenant_wall('publishing.uptime');

-- The past, an hour in a row.
create table publishing.uptime_hours (
  tenant_id uuid not null default kernel.current_tenant(),
  site_id uuid not null,
  hour timestamptz not null,
  probes int not null,
  failures int not null,
  total_milliseconds bigint not null,
  longest_milliseconds int not null,
  primary key (tenant_id, site_id, hour),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
select kernel.tenant_wall('publishing.uptime_hours');

create table publishing.outages (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  site_id uuid not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  reason text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
create index outages_of_site on publishing.outages (tenant_id, site_id, began_at);
select kernel.tenant_wall('publishing.outages');
