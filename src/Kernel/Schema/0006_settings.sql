-- What an organisation has set for itself. A secret one stands here as ciphertext only.
create table kernel.settings (
  tenant_id uuid not null default kernel.current_tenant(),
  name text not null,
  value jsonb,
  secret bytea,
  changed_at timestamptz not null default now(),
  changed_by text not null,
  primary key (tenant_id, name),
  check ((value is null) <> (secret is null)));
select kernel.tenant_wall('kernel.settings');

create table kernel.setting_changes (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  name text not null,
  value jsonb,                                     -- null when it was reset, and for secrets
  is_reset boolean not null,
  changed_at timestamptz not null default now(),
  changed_by text not null,
  primary key (tenant_id, id));
create index setting_changes_by_time on kernel.setting_changes (tenant_id, changed_at, id);
select kernel.tenant_wall('kernel.setting_changes');
select kernel.append_only('kernel.setting_changes');
