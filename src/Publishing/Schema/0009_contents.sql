-- What was made of which content: the same commit under the same settings is not made again.
create table publishing.contents (
  tenant_id uuid not null default kernel.current_tenant(),
  site_id uuid not null,
  key text not null,
  release_id uuid not null,
  primary key (tenant_id, site_id, key),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade,
  foreign key (tenant_id, release_id) references publishing.releases on delete cascade);
create index contents_of_release on publishing.contents (tenant_id, release_id);
select kernel.tenant_wall('publishing.contents');

-- Secrets that builds found, by place and never by value, until somebody has looked after them.
create table publishing.secret_reports (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  site_id uuid not null,
  commit text not null,
  count int not null,
  places text[] not null,
  is_blocked boolean not null,
  found_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, site_id, commit),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
create index secret_reports_by_time on publishing.secret_reports (tenant_id, found_at, id);
select kernel.tenant_wall('publishing.secret_reports');
