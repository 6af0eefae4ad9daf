-- Constraints are looked at whenever a row is written, also when only its balances move: the form of a code is checked without a regular
-- expression, which cost more than all the rest of an update.
alter table ledger.accounts drop constraint accounts_code_check, drop constraint accounts_currency_check;
alter table ledger.accounts
  add constraint accounts_code_form check (length(code) between 1 and 120 and translate(lower(code), 'abcdefghijklmnopqrstuvwxyz0123456789:._@-', '') = ''),
  add constraint accounts_currency_form check (length(currency) = 3);

-- Balances that moved are compared with their last entries once for a whole statement; one that moved without a new entry is stopped at once.
drop trigger accounts_agree on ledger.accounts;
drop function ledger.check_account();
create function ledger.refuse_silent_change() returns trigger language plpgsql as $$
begin
  raise exception 'the balance of % does not move without an entry', new.code using errcode = 'integrity_constraint_violation';
end $$;
create trigger accounts_move_by_entries before update on ledger.accounts for each row
  when (new.entries <= old.entries and (old.debits_posted, old.credits_posted, old.debits_pending, old.credits_pending, old.entries)
    is distinct from (new.debits_posted, new.credits_posted, new.debits_pending, new.credits_pending, new.entries))
  execute function ledger.refuse_silent_change();

create function ledger.check_accounts() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  if exists (select from after n where n.entries > 0 and array[n.debits_posted - n.credits_posted, n.debits_pending - n.credits_pending] is distinct from
      (select array[e.posted_after, e.held_after] from ledger.entries e where e.tenant_id = n.tenant_id and e.account_id = n.id and e.number = n.entries)) then
    raise exception 'a balance does not agree with the entries of its account' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger accounts_agree after update on ledger.accounts referencing new table as after for each statement execute function ledger.check_accounts();
