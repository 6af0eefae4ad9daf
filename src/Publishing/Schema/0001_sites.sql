-- A site, and which of its releases visitors see. Going live is one update of one row here.
create table publishing.sites (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  name text not null,
  source text not null,
  branch text,                                   -- null: the branch the repository itself calls its default
  theme text,
  visibility text not null default 'public' check (visibility in ('public', 'password', 'private')),
  password_hash text,
  secret bytea not null,                         -- signs the cookies of visitors who know the password
  single_page boolean not null default false,
  block_on_secrets boolean not null default false,
  keep_releases int not null default 20 check (keep_releases between 1 and 1000),
  last_sequence bigint not null default 0,       -- the number of the latest request to publish
  live_release uuid,
  live_sequence bigint not null default 0,       -- the highest number that ever went live; older ones never do again by themselves
  live_at timestamptz,
  is_pinned boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id));
-- Names are addresses, so they are unique across tenants.
create unique index sites_by_name on publishing.sites (name);
create index sites_of_tenant on publishing.sites (tenant_id, created_at);
select kernel.tenant_wall('publishing.sites');

-- What each branch should be published at: the newest push wins, whatever the order in which builds end.
create table publishing.heads (
  tenant_id uuid not null default kernel.current_tenant(),
  site_id uuid not null,
  branch text not null,                          -- empty: the default branch
  commit text,
  sequence bigint not null,
  at timestamptz not null default now(),
  primary key (tenant_id, site_id, branch),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
select kernel.tenant_wall('publishing.heads');

-- A whole site at one moment. Its files are in the manifest, a blob; nothing of a release ever changes except whether it is kept.
create table publishing.releases (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  site_id uuid not null,
  sequence bigint not null,
  branch text not null,
  commit text not null,
  manifest text not null,
  files int not null,
  pages int not null,
  bytes bigint not null,
  theme text not null,
  is_kept boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, site_id, sequence),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
select kernel.tenant_wall('publishing.releases');

-- Every time visitors were given another release, and why.
create table publishing.switches (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  site_id uuid not null,
  release_id uuid not null,
  previous_id uuid,
  reason text not null,
  actor text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
create index switches_of_site on publishing.switches (tenant_id, site_id, at desc);
select kernel.tenant_wall('publishing.switches');

-- A release at an address of its own: one that follows a branch, or one that stays with a commit.
create table publishing.previews (
  tenant_id uuid not null default kernel.current_tenant(),
  site_id uuid not null,
  label text not null,
  kind text not null check (kind in ('branch', 'commit')),
  ref text not null,
  release_id uuid not null,
  sequence bigint not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, site_id, label),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade,
  foreign key (tenant_id, release_id) references publishing.releases on delete cascade);
create index previews_of_release on publishing.previews (tenant_id, release_id);
select kernel.tenant_wall('publishing.previews');

-- What a visitor, who belongs to no tenant, is shown: the platform's own session may read these, and write none of them.
do $$ declare open_table text; begin
  foreach open_table in array array['sites', 'releases', 'switches', 'previews'] loop
    execute format($p$create policy open_to_hosting on publishing.%I for select
      using ((select current_setting('rialto.tenant', true)) = '00000000-0000-0000-0000-000000000000')$p$, open_table);
  end loop;
end $$;
