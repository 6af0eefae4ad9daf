-- Who did what, in whose name, what it changed, from where. Written in the change's own transaction; never changed, only retired as a whole beginning.
create table kernel.audit_rows (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  on_behalf_of text,
  operation text not null,
  subject text not null,
  changes text,                                    -- JSON, kept as the text that was hashed
  origin text not null,
  trace text,
  root text,                                       -- fingerprint of the root key behind the seal
  seal bytea,                                      -- made with a key the database does not have
  primary key (tenant_id, id));
create index audit_rows_by_time on kernel.audit_rows (tenant_id, at, id);
create index audit_rows_by_actor on kernel.audit_rows (tenant_id, actor, at, id);
create index audit_rows_by_subject on kernel.audit_rows (tenant_id, subject text_pattern_ops, at);
select kernel.tenant_wall('kernel.audit_rows');
select kernel.append_only('kernel.audit_rows');
select kernel.open_to_system('kernel.audit_rows', 'select, delete');

-- Rows that are not in the tree yet: whoever is told of a row in the tree needs no order of transactions.
create table kernel.audit_pending (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null,
  primary key (tenant_id, id)) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
select kernel.tenant_wall('kernel.audit_pending');
select kernel.append_only('kernel.audit_pending');
select kernel.open_to_system('kernel.audit_pending', 'select, delete');

-- The leaves of the tenant's Merkle tree, the subtrees of 256, 256², … leaves, and its right edge. Only the platform's own work writes them.
create table kernel.audit_leaves (
  tenant_id uuid not null default kernel.current_tenant(),
  number bigint not null,
  id uuid not null,
  hash bytea not null,
  primary key (tenant_id, number));
create unique index audit_leaves_by_row on kernel.audit_leaves (tenant_id, id);

create table kernel.audit_tiles (
  tenant_id uuid not null default kernel.current_tenant(),
  level int not null,
  number bigint not null,
  hash bytea not null,
  primary key (tenant_id, level, number));

create table kernel.audit_trees (
  tenant_id uuid not null default kernel.current_tenant() primary key,
  size bigint not null,
  edge bytea not null,
  signed_size bigint not null default 0,
  signed_at timestamptz not null default '-infinity',
  note text);
create index audit_trees_unsigned on kernel.audit_trees (signed_at) where size > signed_size;

do $$ declare guarded text; begin
  foreach guarded in array array['kernel.audit_leaves', 'kernel.audit_tiles', 'kernel.audit_trees'] loop
    perform kernel.tenant_wall(guarded::regclass);
    execute format('revoke insert, update, delete, truncate on %s from rialto_app', guarded);
    perform kernel.open_to_system(guarded::regclass, case guarded when 'kernel.audit_trees' then 'select, insert, update' else 'select, insert' end);
  end loop;
end $$;

-- What an operation changes, row by row, is noted by the tables themselves: no handler can forget it. The notes live in the transaction's
-- own setting, so that what is rolled back was never noted; the pipeline reads them before it commits.
create function kernel.noted_row(whole jsonb, other jsonb, hidden text[]) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(field.key, case
      when field.value = 'null'::jsonb then field.value
      when field.key = any (hidden) then '"(hidden)"'::jsonb
      when length(field.value #>> '{}') > 500 then to_jsonb(left(field.value #>> '{}', 500) || '… (' || length(field.value #>> '{}') || ' characters)')
      else field.value end), '{}')
  from jsonb_each(whole) field
  where field.key <> 'tenant_id' and (other is null or field.value is distinct from other -> field.key)
$$;

create function kernel.note_change() returns trigger language plpgsql as $$
declare
  noted text := coalesce(current_setting('rialto.changes', true), '');
  before_row jsonb; after_row jsonb; said jsonb;
  hidden text[] := string_to_array(tg_argv[1], ',');
begin
  if length(noted) > 60000 then
    perform set_config('rialto.more_changes', (coalesce(nullif(current_setting('rialto.more_changes', true), ''), '0')::int + 1)::text, true);
    return null;
  end if;
  if tg_op <> 'INSERT' then before_row := to_jsonb(old); end if;
  if tg_op <> 'DELETE' then after_row := to_jsonb(new); end if;
  if before_row = after_row then return null; end if;
  said := jsonb_build_object('table', tg_table_schema || '.' || tg_table_name, 'row',
    (select string_agg(coalesce(after_row, before_row) ->> part, '/') from unnest(string_to_array(tg_argv[0], ',')) part));
  if before_row is not null then said := said || jsonb_build_object('before', kernel.noted_row(before_row, after_row, hidden)); end if;
  if after_row is not null then said := said || jsonb_build_object('after', kernel.noted_row(after_row, before_row, hidden)); end if;
  perform set_config('rialto.changes', noted || case noted when '' then '' else ',' end || said::text, true);
  return null;
end $$;

-- Called by the migrator after each change of the schema. Every table behind the wall that the application may change takes part;
-- one that cannot bear it is left out by kernel.note_no_changes('schema.table').
create function kernel.note_all_changes() returns void language plpgsql as $$
declare guarded record;
begin
  for guarded in
    select c.oid::regclass as name,
      coalesce((select string_agg(a.attname, ',' order by a.attnum) from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary and a.attname <> 'tenant_id'), '') as keys,
      coalesce((select string_agg(a.attname, ',' order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and (a.atttypid = 'bytea'::regtype or a.attname ~ '(secret|password|token|hash|wrapped|recovery|private_key|ciphertext)')), '') as hidden
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_wall')
      and (n.nspname <> 'kernel' or c.relname = 'settings')
      and (has_table_privilege('rialto_app', c.oid, 'update') or has_table_privilege('rialto_app', c.oid, 'delete'))
      and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'note_change' and t.tgenabled = 'D')
  loop
    execute format($t$create or replace trigger note_change after insert or update or delete on %s for each row
      when (current_setting('rialto.noting', true) = 'on') execute function kernel.note_change(%L, %L)$t$, guarded.name, guarded.keys, guarded.hidden);
  end loop;
end $$;

create function kernel.note_no_changes(guarded regclass) returns void language plpgsql as $$
begin
  execute format('create or replace trigger note_change after insert on %s for each row when (false) execute function kernel.note_change('''', '''')', guarded);
  execute format('alter table %s disable trigger note_change', guarded);
end $$;

revoke execute on function kernel.note_all_changes(), kernel.note_no_changes(regclass) from public;
