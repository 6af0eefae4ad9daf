-- A repository that an organisation connected: what its sites are made of.
create table repositories.repositories (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('url', 'app', 'upload', 'local')),
  provider text not null,                        -- github, gitlab, gitea, git, upload or local: how its hooks speak
  source text not null,                          -- as sites name it: https://host/owner/name, upload:name, or a folder of this machine
  owner text,
  name text not null,
  web_url text,
  default_branch text,
  is_private boolean not null default false,
  installation_id uuid,                          -- of the app it came with
  external_id text,                              -- the forge's own number of it, which a renaming does not change
  token bytea,                                   -- encrypted: reads a private repository
  hook_secret bytea not null,                    -- encrypted: signs what the forge tells us
  state text not null default 'connected' check (state in ('connected', 'unreachable', 'suspended')),
  problem text,
  head_commit text,                              -- of the default branch, as last heard
  pushed_at timestamptz,
  looked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, source));
create index repositories_by_age on repositories.repositories (tenant_id, created_at, id);
create index repositories_by_number on repositories.repositories (tenant_id, provider, external_id) where external_id is not null;
select kernel.tenant_wall('repositories.repositories');
