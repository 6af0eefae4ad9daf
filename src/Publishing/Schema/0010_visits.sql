-- How often pages were shown, by day. Nothing of who looked is kept anywhere.
create table publishing.visits (
  tenant_id uuid not null default kernel.current_tenant(),
  site_id uuid not null,
  day date not null,
  page text not null,                            -- empty: pages beyond the many that a day keeps apart
  views bigint not null,
  primary key (tenant_id, site_id, day, page),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
select kernel.tenant_wall('publishing.visits');
