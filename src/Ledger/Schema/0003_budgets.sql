-- A budget and its parts. The money itself is in the accounts of the allocations.
create table ledger.budgets (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  currency text not null,
  total bigint not null check (total > 0),
  source text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id));
create unique index budgets_by_code on ledger.budgets (tenant_id, code);
select kernel.tenant_wall('ledger.budgets');
revoke update, delete, truncate on ledger.budgets from rialto_app;

create table ledger.budget_allocations (
  tenant_id uuid not null default kernel.current_tenant(),
  budget_id uuid not null,
  number int not null,
  name text not null,
  account text not null,
  amount bigint not null check (amount >= 0),
  primary key (tenant_id, budget_id, number),
  unique (tenant_id, budget_id, name),
  foreign key (tenant_id, budget_id) references ledger.budgets);
select kernel.tenant_wall('ledger.budget_allocations');
revoke update, delete, truncate on ledger.budget_allocations from rialto_app;
grant update (amount) on ledger.budget_allocations to rialto_app;

-- At the end of every transaction the parts are the whole.
create function ledger.check_budget() returns trigger language plpgsql as $$
declare budget uuid := coalesce(to_jsonb(new) ->> 'budget_id', to_jsonb(new) ->> 'id')::uuid;
begin
  if (select sum(amount) from ledger.budget_allocations where tenant_id = new.tenant_id and budget_id = budget)
    is distinct from (select total::numeric from ledger.budgets where tenant_id = new.tenant_id and id = budget) then
    raise exception 'the allocations of budget % are not its total', budget using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger budgets_sum after insert on ledger.budgets deferrable initially deferred for each row execute function ledger.check_budget();
create constraint trigger allocations_sum after insert or update on ledger.budget_allocations deferrable initially deferred for each row execute function ledger.check_budget();
