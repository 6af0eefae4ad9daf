-- What an uploaded repository is now: one Git bundle, a blob.
create table repositories.uploads (
  tenant_id uuid not null default kernel.current_tenant(),
  repository_id uuid not null,
  bundle text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, repository_id),
  foreign key (tenant_id, repository_id) references repositories.repositories on delete cascade);
select kernel.tenant_wall('repositories.uploads');
-- The nightly collection of blobs belongs to no organisation and must know what all of them need.
create policy open_to_collection on repositories.uploads for select
  using ((select current_setting('rialto.tenant', true)) = '00000000-0000-0000-0000-000000000000');

-- What is known of a commit, as the analysis wrote it: the newest of each branch.
create table repositories.facts (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  repository_id uuid not null,
  branch text not null,
  commit text not null,
  facts jsonb not null,
  score int not null,
  secrets int not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, repository_id, commit),
  foreign key (tenant_id, repository_id) references repositories.repositories on delete cascade);
create index facts_by_time on repositories.facts (tenant_id, repository_id, at);
select kernel.tenant_wall('repositories.facts');
