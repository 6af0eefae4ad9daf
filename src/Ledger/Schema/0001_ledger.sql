-- What an account is, and what it holds. The balances are the sum of its entries, kept here so that reading one costs one row;
-- they can only be changed together with an entry that says why (see accounts_agree).
create table ledger.accounts (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  code text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9:._@-]{0,119}$'),
  kind text not null check (kind in ('asset', 'liability', 'income', 'expense', 'equity')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  name text not null,
  owner text,
  floor bigint,
  ceiling bigint,
  is_frozen boolean not null default false,
  frozen_reason text,
  is_closed boolean not null default false,
  tags text[] not null default '{}',
  metadata jsonb,
  opened_at timestamptz not null default clock_timestamp(),
  debits_posted bigint not null default 0 check (debits_posted >= 0),
  credits_posted bigint not null default 0 check (credits_posted >= 0),
  debits_pending bigint not null default 0 check (debits_pending >= 0),
  credits_pending bigint not null default 0 check (credits_pending >= 0),
  entries bigint not null default 0,
  primary key (tenant_id, id),
  constraint accounts_floor check (floor is null or case when kind in ('asset', 'expense')
    then debits_posted - credits_posted - credits_pending else credits_posted - debits_posted - debits_pending end >= floor),
  constraint accounts_ceiling check (ceiling is null or case when kind in ('asset', 'expense')
    then debits_posted - credits_posted + debits_pending else credits_posted - debits_posted + credits_pending end <= ceiling),
  constraint accounts_closed_empty check (not is_closed or (debits_posted = credits_posted and debits_pending = 0 and credits_pending = 0))
) with (fillfactor = 60);
create unique index accounts_by_code on ledger.accounts (tenant_id, code);
create index accounts_by_owner on ledger.accounts (tenant_id, owner) where owner is not null;
create index accounts_by_tag on ledger.accounts using gin (tags) where tags <> '{}';
create index accounts_by_time on ledger.accounts (tenant_id, opened_at, id);
select kernel.tenant_wall('ledger.accounts');
-- Code, kind and currency are for ever; balances begin at nothing.
revoke insert, update, delete, truncate on ledger.accounts from rialto_app;
grant insert (tenant_id, id, code, kind, currency, name, owner, floor, ceiling, tags, metadata) on ledger.accounts to rialto_app;
grant update (name, owner, floor, ceiling, is_frozen, frozen_reason, is_closed, tags, metadata,
  debits_posted, credits_posted, debits_pending, credits_pending, entries) on ledger.accounts to rialto_app;

-- True when the amounts add up to nothing in every currency. Debits are positive, credits negative.
create function ledger.is_balanced(amounts bigint[], currencies text[]) returns boolean language sql immutable parallel safe as $$
  select not exists (select from unnest(amounts, currencies) as leg (amount, currency) group by currency having sum(amount) <> 0)
$$;

-- A transfer as it was asked for. Only the end of a pending one is ever written into it.
create table ledger.transfers (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null,
  key text not null,
  hash bytea not null,                           -- of everything the caller said: the same key with another body is refused
  state text not null check (state in ('pending', 'posted', 'voided', 'expired')),
  leg_accounts text[] not null,
  leg_amounts bigint[] not null,
  leg_currencies text[] not null,
  posted_amounts bigint[],                       -- when only a part was settled
  description text not null default '',
  cause text,
  reverses uuid,
  batch uuid not null,
  actor text not null default '',
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  expires_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  metadata jsonb,
  primary key (tenant_id, id),
  constraint transfers_legs check (cardinality(leg_amounts) between 2 and 100
    and cardinality(leg_accounts) = cardinality(leg_amounts) and cardinality(leg_currencies) = cardinality(leg_amounts)),
  constraint transfers_balanced check (
    case when cardinality(leg_amounts) = 2 and leg_currencies[1] = leg_currencies[2] then leg_amounts[1] = -leg_amounts[2] and leg_amounts[1] <> 0
    else ledger.is_balanced(leg_amounts, leg_currencies) end),
  constraint transfers_part_balanced check (posted_amounts is null or (cardinality(posted_amounts) = cardinality(leg_amounts) and ledger.is_balanced(posted_amounts, leg_currencies))),
  constraint transfers_ended check ((state in ('voided', 'expired')) <= (ended_at is not null) and (state = 'pending') <= (ended_at is null)));
create unique index transfers_by_key on ledger.transfers (tenant_id, key);
create index transfers_by_cause on ledger.transfers (tenant_id, cause, id) where cause is not null;
create index transfers_reversing on ledger.transfers (tenant_id, reverses) where reverses is not null;
create index transfers_pending on ledger.transfers (tenant_id, expires_at) where state = 'pending';
select kernel.tenant_wall('ledger.transfers');
select kernel.append_only('ledger.transfers');
grant update (state, posted_amounts, effective_at, ended_at, end_reason) on ledger.transfers to rialto_app;

create function ledger.check_transfer_end() returns trigger language plpgsql as $$
begin
  if old.state <> 'pending' or new.state = 'pending' then
    raise exception 'transfer % is %, and that is final', old.id, old.state using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger transfers_end_once before update on ledger.transfers for each row execute function ledger.check_transfer_end();

-- The journal, account by account: every change of a balance, numbered without gaps, with what it left.
create table ledger.entries (
  tenant_id uuid not null default kernel.current_tenant(),
  account_id uuid not null,
  number bigint not null,
  transfer_id uuid not null,
  leg smallint not null,
  layer "char" not null check (layer in ('P', 'H', 'R')),   -- posted; held; a hold released
  amount bigint not null,                        -- debits positive
  currency text not null,
  posted_after bigint not null,                  -- posted debits less credits
  held_after bigint not null,                    -- pending debits less credits
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, account_id, number));
create index entries_by_effect on ledger.entries (tenant_id, account_id, effective_at) include (amount) where layer = 'P';
select kernel.tenant_wall('ledger.entries');
select kernel.append_only('ledger.entries');

-- Whoever writes entries, in whatever way: they balance in every currency, belong to a transfer and to an account of that currency,
-- and go on where the account's last one ended.
create function ledger.check_entries() returns trigger language plpgsql as $$
begin
  if exists (select from added group by transfer_id, layer, currency having sum(amount) <> 0) then
    raise exception 'entries do not balance' using errcode = 'integrity_constraint_violation';
  end if;
  if exists (
    select from added e
    left join ledger.accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
    left join ledger.transfers t on t.tenant_id = e.tenant_id and t.id = e.transfer_id
    left join ledger.entries p on p.tenant_id = e.tenant_id and p.account_id = e.account_id and p.number = e.number - 1
    where a.currency is distinct from e.currency or t.id is null or (p.number is null) <> (e.number = 1)
      or e.posted_after <> coalesce(p.posted_after, 0) + case when e.layer = 'P' then e.amount else 0 end
      or e.held_after <> coalesce(p.held_after, 0) + case when e.layer = 'P' then 0 else e.amount end) then
    raise exception 'an entry does not continue its account' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger entries_checked after insert on ledger.entries referencing new table as added for each statement execute function ledger.check_entries();

-- A balance moves only with new entries, and to where the last of them says.
create function ledger.check_accounts() returns trigger language plpgsql as $$
begin
  if exists (
    select from after n join before o on o.tenant_id = n.tenant_id and o.id = n.id
    left join ledger.entries e on e.tenant_id = n.tenant_id and e.account_id = n.id and e.number = n.entries
    where (n.debits_posted, n.credits_posted, n.debits_pending, n.credits_pending, n.entries) <> (o.debits_posted, o.credits_posted, o.debits_pending, o.credits_pending, o.entries)
      and (n.entries <= o.entries or e.posted_after is distinct from n.debits_posted - n.credits_posted or e.held_after is distinct from n.debits_pending - n.credits_pending)) then
    raise exception 'a balance does not agree with the entries of its account' using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger accounts_agree after update on ledger.accounts referencing old table as before new table as after for each statement execute function ledger.check_accounts();

-- Keys whose transfers were refused for good: the same again gets the same refusal. Kept 30 days.
create table ledger.refused_keys (
  tenant_id uuid not null default kernel.current_tenant(),
  key text not null,
  hash bytea not null,
  code text not null,
  message text not null,
  status int not null,
  details jsonb not null,
  at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, key));
create index refused_keys_age on ledger.refused_keys (tenant_id, at);
select kernel.tenant_wall('ledger.refused_keys');

-- Time that is closed: nothing becomes effective before the end of the last period.
create table ledger.periods (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  ends_at timestamptz not null,
  closed_at timestamptz not null default clock_timestamp(),
  closed_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, ends_at));
select kernel.tenant_wall('ledger.periods');
select kernel.append_only('ledger.periods');

-- What each account held at the end of a closed period: sums begin there.
create table ledger.closing_balances (
  tenant_id uuid not null default kernel.current_tenant(),
  account_id uuid not null,
  ends_at timestamptz not null,
  posted bigint not null,                        -- debits less credits
  primary key (tenant_id, account_id, ends_at));
select kernel.tenant_wall('ledger.closing_balances');
select kernel.append_only('ledger.closing_balances');

-- One key for all that post into a tenant's books (shared) and the one that closes a period (alone).
create function ledger.books_lock() returns bigint language sql stable as
  $$ select hashtextextended('ledger.books ' || current_setting('rialto.tenant', true), 0) $$;
