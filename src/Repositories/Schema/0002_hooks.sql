-- What forges told us. The body is kept until it has been read; the row until nobody can send it again.
create table repositories.deliveries (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  sender text not null,                          -- repository:<id> or installation:<number>: whose number in a minute is limited
  repository_id uuid,
  provider text not null,
  event text not null,
  delivery_id text not null,                     -- the forge's own name of it: the same one is taken once
  digest bytea not null,                         -- SHA-256 of the body
  body bytea,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'ignored', 'failed')),
  words text,
  branch text,
  before_commit text,
  after_commit text,
  received_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, sender, delivery_id));
create index deliveries_by_time on repositories.deliveries (tenant_id, sender, received_at);
create index deliveries_of_repository on repositories.deliveries (tenant_id, repository_id, received_at, id);
create index deliveries_waiting on repositories.deliveries (tenant_id, sender, id) where state = 'waiting';
create index deliveries_of_branch on repositories.deliveries (tenant_id, repository_id, branch, before_commit) where state = 'done';
select kernel.tenant_wall('repositories.deliveries');

-- Where each branch stands, as last heard or looked.
create table repositories.branches (
  tenant_id uuid not null default kernel.current_tenant(),
  repository_id uuid not null,
  name text not null,
  commit text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, repository_id, name),
  foreign key (tenant_id, repository_id) references repositories.repositories on delete cascade);
select kernel.tenant_wall('repositories.branches');
