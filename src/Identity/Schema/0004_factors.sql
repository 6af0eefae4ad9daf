-- Second factors: an authenticator of an account, and codes for the day it is lost.
create table identity.authenticators (
  tenant_id uuid not null default kernel.current_tenant(),
  account_id uuid not null,
  secret bytea not null,                           -- encrypted
  last_step bigint not null default 0,             -- of the last code that was taken: none is taken twice
  created_at timestamptz not null,
  confirmed_at timestamptz,                        -- null until its first code was given
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references identity.accounts on delete cascade);
select kernel.tenant_wall('identity.authenticators');

create table identity.recovery_codes (
  tenant_id uuid not null default kernel.current_tenant(),
  account_id uuid not null,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (tenant_id, account_id, code_hash),
  foreign key (tenant_id, account_id) references identity.accounts on delete cascade);
select kernel.tenant_wall('identity.recovery_codes');

create table identity.passkeys (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  account_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  name text not null,
  sign_count bigint not null,
  transports text[] not null,
  is_user_verified boolean not null,
  is_backup_eligible boolean not null,
  is_backed_up boolean not null,
  attestation bytea not null,
  client_data bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, credential_id),
  foreign key (tenant_id, account_id) references identity.accounts on delete cascade);
create index passkeys_of_account on identity.passkeys (tenant_id, account_id, created_at, id);
select kernel.tenant_wall('identity.passkeys');
