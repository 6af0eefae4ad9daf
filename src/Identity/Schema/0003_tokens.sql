-- Keys that sign access tokens, of the platform. The private half is encrypted.
create table identity.signing_keys (
  tenant_id uuid not null default kernel.current_tenant(),
  id text not null,                                -- the kid
  public_key bytea not null,                       -- SubjectPublicKeyInfo
  private_key bytea not null,                      -- PKCS #8, encrypted
  signs_from timestamptz not null,
  signs_until timestamptz not null,
  ended_at timestamptz,                            -- withdrawn: what it signed holds no more
  primary key (tenant_id, id));
select kernel.tenant_wall('identity.signing_keys');

-- Programs of others that people let in, and of an organisation for itself. Of the platform, because any organisation may let them in.
create table identity.apps (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  organisation_id uuid not null,                   -- who made it
  name text not null,
  redirect_uris text[] not null,
  scopes text[] not null,                          -- the most it may ask for
  secret_hash bytea check (length(secret_hash) = 32),   -- null: a public client
  created_by text not null,
  created_at timestamptz not null default now(),
  deleted_at timestamptz,
  primary key (tenant_id, id));
create index apps_of_organisation on identity.apps (tenant_id, organisation_id, created_at, id);
select kernel.tenant_wall('identity.apps');

-- Who was let in: one row for each time. Refresh tokens are not kept; each is a MAC under the row's secret.
create table identity.token_families (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  account_id uuid,                                 -- null: a program for itself
  subject text not null,
  app_id uuid,                                     -- null: of the platform itself
  name text not null,
  scopes text[] not null,
  secret bytea not null,                           -- encrypted
  generation int not null default 1,
  rotated_at timestamptz not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text,
  primary key (tenant_id, id));
create index token_families_by_age on identity.token_families (tenant_id, created_at, id);
select kernel.tenant_wall('identity.token_families');

create table identity.authorization_codes (
  tenant_id uuid not null default kernel.current_tenant(),
  hash bytea not null check (length(hash) = 32),
  app_id uuid not null,
  account_id uuid not null,
  subject text not null,
  scopes text[] not null,
  redirect_uri text not null,
  challenge text not null,
  expires_at timestamptz not null,
  family_id uuid,                                  -- set when it was used
  primary key (tenant_id, hash));
create index authorization_codes_by_end on identity.authorization_codes (tenant_id, expires_at);
select kernel.tenant_wall('identity.authorization_codes');

-- Programs without a browser that wait for somebody to let them in. Of the platform: nobody knows yet who will.
create table identity.device_grants (
  tenant_id uuid not null default kernel.current_tenant(),
  hash bytea not null check (length(hash) = 32),
  user_code text not null,
  app_id uuid not null,
  scopes text[] not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'denied', 'used')),
  organisation_id uuid,
  account_id uuid,
  subject text,
  interval_seconds int not null default 5,
  polled_at timestamptz,
  expires_at timestamptz not null,
  primary key (tenant_id, hash),
  unique (tenant_id, user_code));
create index device_grants_by_end on identity.device_grants (tenant_id, expires_at);
select kernel.tenant_wall('identity.device_grants');
