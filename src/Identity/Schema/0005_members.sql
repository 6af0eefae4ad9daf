-- Agents and services are members too: somebody answers for each, and each has its bounds.
alter table identity.members
  add column owner_id uuid,                        -- the member who answers for an agent or a service
  add column scopes text[] not null default '{}',  -- what an agent or a service may do at most
  add column shared text[] not null default '{}',  -- what a guest is shown: site:lantern
  add column budget_minor bigint check (budget_minor >= 0),
  add column budget_currency text check (budget_currency ~ '^[A-Z]{3}$'),
  add column expires_at timestamptz,
  add check ((owner_id is not null) = (kind in ('agent', 'service'))),
  add check ((budget_minor is null) = (budget_currency is null)),
  add foreign key (tenant_id, owner_id) references identity.members;
create index members_by_owner on identity.members (tenant_id, owner_id) where owner_id is not null;

-- Roles an organisation has made of permissions, beside those every organisation has.
create table identity.roles (
  tenant_id uuid not null default kernel.current_tenant(),
  name text not null check (name ~ '^[a-z][a-z0-9_-]{1,39}$'),
  permissions text[] not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, name));
select kernel.tenant_wall('identity.roles');

create table identity.invitations (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  email text not null,
  role text not null,
  shared text[] not null default '{}',
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id));
create index invitations_by_age on identity.invitations (tenant_id, created_at, id);
select kernel.tenant_wall('identity.invitations');

create table identity.teams (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  name text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name));
select kernel.tenant_wall('identity.teams');

create table identity.team_members (
  tenant_id uuid not null default kernel.current_tenant(),
  team_id uuid not null,
  member_id uuid not null,
  primary key (tenant_id, team_id, member_id),
  foreign key (tenant_id, team_id) references identity.teams on delete cascade,
  foreign key (tenant_id, member_id) references identity.members on delete cascade);
create index team_members_by_member on identity.team_members (tenant_id, member_id);
select kernel.tenant_wall('identity.team_members');

-- Keys of agents and services, and keys that take over from others.
alter table identity.api_keys
  add column member_id uuid,
  add column replaces uuid,
  add foreign key (tenant_id, member_id) references identity.members on delete cascade;
create index api_keys_of_member on identity.api_keys (tenant_id, member_id) where member_id is not null;
