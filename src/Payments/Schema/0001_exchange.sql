-- The terms of the exchange, each as it was: the newest holds. Nothing is ever changed here, so that every quote's terms can be shown.
create table payments.exchange_terms (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  rate numeric(18, 8) not null check (rate > 0),           -- dollars for a ducat
  fee_rate numeric(9, 6) not null check (fee_rate >= 0 and fee_rate < 1),
  follows_activity boolean not null,
  phi_cap numeric(9, 6) not null check (phi_cap >= 0 and phi_cap <= 1),
  least_minor bigint not null check (least_minor > 0),     -- ducats
  most_minor bigint not null check (most_minor >= least_minor),
  least_backing numeric(9, 6) not null check (least_backing >= 0),
  set_by text not null,
  since timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id));
create index exchange_terms_by_age on payments.exchange_terms (tenant_id, since, id);
select kernel.tenant_wall('payments.exchange_terms');
select kernel.append_only('payments.exchange_terms');

create table payments.quotes (
  tenant_id uuid not null default kernel.current_tenant(),
  id uuid not null default uuidv7(),
  subject text not null,
  from_minor bigint not null check (from_minor > 0),
  from_currency text not null,
  to_currency text not null,
  rate numeric(28, 18) not null,                           -- units given for one unit taken
  fee_rate numeric(9, 6) not null,
  fee_minor bigint not null,
  net_minor bigint not null,
  rounding_minor bigint not null,
  multiplier numeric(12, 9) not null,
  bonus_minor bigint not null check (bonus_minor >= 0),
  bonus_hold uuid,                                         -- the ledger's hold on the promotion
  created_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  transfer_id uuid,
  primary key (tenant_id, id));
create index quotes_of_subject on payments.quotes (tenant_id, subject, created_at, id);
create index quotes_accepted on payments.quotes (tenant_id, accepted_at) where accepted_at is not null;
select kernel.tenant_wall('payments.quotes');
