-- People. An account belongs to the platform and may be a member of many organisations.
create table identity.accounts (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  email text not null,                             -- as its owner writes it
  email_key text not null,                         -- as it is compared
  name text not null default '',
  password_hash text,                              -- null: signs in by link or passkey only
  password_changed_at timestamptz,
  language text not null default 'en',
  time_zone text not null default 'Etc/UTC',
  avatar_type text,
  avatar bytea,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, email_key));
select kernel.tenant_wall('identity.accounts');

create table identity.sessions (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  token_hash bytea not null check (length(token_hash) = 32),
  account_id uuid not null,
  organisation_id uuid,                            -- the active one
  name text not null,
  method text not null,                            -- how its owner signed in: password, link, passkey
  address text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  confirmed_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, account_id) references identity.accounts on delete cascade);
create index sessions_of_account on identity.sessions (tenant_id, account_id, created_at, id);
select kernel.tenant_wall('identity.sessions');

-- Which organisations an account belongs to. What it may do there stands inside the organisation's own wall.
create table identity.memberships (
  tenant_id uuid not null default kernel.current_tenant(),
  account_id uuid not null,
  organisation_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, account_id, organisation_id),
  foreign key (tenant_id, account_id) references identity.accounts on delete cascade,
  foreign key (tenant_id, organisation_id) references identity.organisations on delete cascade);
select kernel.tenant_wall('identity.memberships');

create table identity.members (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  kind text not null check (kind in ('person', 'guest', 'agent', 'service')),
  account_id uuid,                                 -- of persons and guests
  name text not null,
  email text,
  role text not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, account_id),
  check ((account_id is not null) = (kind in ('person', 'guest'))));
create index members_by_age on identity.members (tenant_id, created_at, id);
select kernel.tenant_wall('identity.members');

-- Secrets that are sent or printed and hold once.
create table identity.links (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  token_hash bytea not null check (length(token_hash) = 32),
  purpose text not null,
  account_id uuid,
  email text not null default '',
  data text,
  attempts int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, account_id) references identity.accounts on delete cascade);
create index links_by_end on identity.links (tenant_id, expires_at);
select kernel.tenant_wall('identity.links');

-- How often somebody tried. Subjects are hashes: the table names nobody.
create table identity.throttles (
  tenant_id uuid not null default kernel.current_tenant(),
  subject bytea not null,
  attempts int not null,
  since timestamptz not null,
  blocked_until timestamptz,
  primary key (tenant_id, subject));
create index throttles_by_age on identity.throttles (tenant_id, since);
select kernel.tenant_wall('identity.throttles');
