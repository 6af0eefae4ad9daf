-- What is told to those who watch, for a while: enough that somebody who lost the connection gets what was missed. Unlogged: a crash of
-- the database empties both tables, the topics begin anew under another epoch, and watchers are told to load their page again.
create unlogged table kernel.live_topics (
  tenant_id uuid not null default kernel.current_tenant(),
  topic text not null,
  epoch uuid not null default uuidv7(),
  last bigint not null default 1,
  at timestamptz not null default now(),
  primary key (tenant_id, topic)) with (fillfactor = 70);
create index live_topics_age on kernel.live_topics (at);
select kernel.tenant_wall('kernel.live_topics');
select kernel.open_to_system('kernel.live_topics', 'select, delete');

create unlogged table kernel.live_messages (
  tenant_id uuid not null default kernel.current_tenant(),
  topic text not null,
  number bigint not null,
  data text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, topic, number));
create index live_messages_age on kernel.live_messages (at);
select kernel.tenant_wall('kernel.live_messages');
select kernel.open_to_system('kernel.live_messages', 'select, delete');
