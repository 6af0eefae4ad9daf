-- The wall between tenants. A module calls kernel.tenant_wall('schema.table') for each table it makes.

create function kernel.tenant_wall(guarded regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', guarded);
  execute format('alter table %s force row level security', guarded);
  -- The sub-select is evaluated once for the statement, not once for the row.
  execute format($p$create policy tenant_wall on %s
    using (tenant_id = (select nullif(current_setting('rialto.tenant', true), '')::uuid))
    with check (tenant_id = (select nullif(current_setting('rialto.tenant', true), '')::uuid))$p$, guarded);
end $$;

-- For the few tables the platform reads across tenants: claiming jobs, reading events, finding who signs in.
create function kernel.open_to_system(guarded regclass, rights text default 'select, insert, update, delete') returns void language plpgsql as $$
begin
  execute format('create policy open_to_system on %s to rialto_system using (true) with check (true)', guarded);
  execute format('grant %s on %s to rialto_system', rights, guarded);
end $$;

-- A log can be added to and read, by the application never changed.
create function kernel.append_only(guarded regclass) returns void language plpgsql as $$
begin
  execute format('revoke update, delete, truncate on %s from rialto_app', guarded);
end $$;

-- The tenant of the running transaction, for defaults: tenant_id uuid not null default kernel.current_tenant().
create function kernel.current_tenant() returns uuid language sql stable as
  $$ select nullif(current_setting('rialto.tenant', true), '')::uuid $$;

revoke execute on function kernel.tenant_wall(regclass), kernel.open_to_system(regclass, text), kernel.append_only(regclass) from public;
grant execute on function kernel.current_tenant() to rialto_app, rialto_system;
