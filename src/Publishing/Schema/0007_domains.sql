-- Domains of customers. Many may claim one; who shows the token in its zone has it.
create table publishing.domains (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  site_id uuid not null,
  name text not null,
  token text not null,
  state text not null default 'pending' check (state in ('pending', 'verified', 'lost')),
  is_pointed boolean not null default false,     -- the name leads to this platform
  verified_at timestamptz,
  checked_at timestamptz,
  next_check_at timestamptz not null default now(),
  failures int not null default 0,               -- checks in a row that did not find the token
  error text,
  -- the certificate
  chain text,
  key bytea,                                     -- encrypted
  not_after timestamptz,
  renew_at timestamptz,
  certificate_failures int not null default 0,
  certificate_error text,
  next_try_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name),
  foreign key (tenant_id, site_id) references publishing.sites on delete cascade);
create unique index domains_verified_once on publishing.domains (name) where state = 'verified';
create index domains_of_site on publishing.domains (tenant_id, site_id, created_at);
create index domains_due on publishing.domains (next_check_at);
select kernel.tenant_wall('publishing.domains');
create policy open_to_hosting on publishing.domains for select
  using ((select current_setting('rialto.tenant', true)) = '00000000-0000-0000-0000-000000000000');

-- The platform's account at each certificate authority.
create table publishing.acme_accounts (
  tenant_id uuid not null default kernel.current_tenant(),
  directory text not null,
  key bytea not null,                            -- encrypted
  created_at timestamptz not null default now(),
  primary key (tenant_id, directory));
select kernel.tenant_wall('publishing.acme_accounts');

-- What the authority is to find at /.well-known/acme-challenge/, on whichever node it asks.
create table publishing.acme_challenges (
  tenant_id uuid not null default kernel.current_tenant(),
  token text not null,
  answer text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, token));
select kernel.tenant_wall('publishing.acme_challenges');
