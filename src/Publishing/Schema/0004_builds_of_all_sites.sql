-- The newest builds of an organisation, whichever its site.
create index builds_of_tenant on publishing.builds (tenant_id, started_at);
