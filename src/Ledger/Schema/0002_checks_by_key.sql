-- The checks of 0001 compared sets with sets. Their plans are kept for as long as a connection lives, and one made while the tables were
-- small went on comparing everything with everything. Now every row is looked up by its key, whatever the planner believes.
create or replace function ledger.check_entries() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  if exists (select from added group by transfer_id, layer, currency having sum(amount) <> 0) then
    raise exception 'entries do not balance' using errcode = 'integrity_constraint_violation';
  end if;
  if exists (
    select from added e
    where e.currency is distinct from (select a.currency from ledger.accounts a where a.tenant_id = e.tenant_id and a.id = e.account_id)
      or (select true from ledger.transfers t where t.tenant_id = e.tenant_id and t.id = e.transfer_id) is null
      or array[e.posted_after - case when e.layer = 'P' then e.amount else 0 end, e.held_after - case when e.layer = 'P' then 0 else e.amount end]
        is distinct from case when e.number = 1 then array[0, 0]::bigint[] else
          (select array[p.posted_after, p.held_after] from ledger.entries p where p.tenant_id = e.tenant_id and p.account_id = e.account_id and p.number = e.number - 1) end) then
    raise exception 'an entry does not continue its account' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;

drop trigger accounts_agree on ledger.accounts;
drop function ledger.check_accounts();
create function ledger.check_account() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  if new.entries <= old.entries or not exists (
    select from ledger.entries e where e.tenant_id = new.tenant_id and e.account_id = new.id and e.number = new.entries
      and e.posted_after = new.debits_posted - new.credits_posted and e.held_after = new.debits_pending - new.credits_pending) then
    raise exception 'the balance of % does not agree with its entries', new.code using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger accounts_agree after update on ledger.accounts for each row
  when ((old.debits_posted, old.credits_posted, old.debits_pending, old.credits_pending, old.entries)
    is distinct from (new.debits_posted, new.credits_posted, new.debits_pending, new.credits_pending, new.entries))
  execute function ledger.check_account();

-- Ids rise with time, so the list of accounts by age needs no index of its own.
drop index ledger.accounts_by_time;
