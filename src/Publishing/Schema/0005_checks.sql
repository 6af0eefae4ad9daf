-- What a look at a published release found: links, weight, accessibility, headers.
create table publishing.checks (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  site_id uuid not null,
  release_id uuid not null,
  problems int not null,
  front_bytes bigint not null,
  report jsonb not null,
  checked_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, release_id),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade,
  foreign key (tenant_id, release_id) references publishing.releases on delete cascade);
create index checks_of_site on publishing.checks (tenant_id, site_id, checked_at);
select kernel.tenant_wall('publishing.checks');
