using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class AuditTests(AuditFixture audit) : IClassFixture<AuditFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_tells_who_what_from_where_and_each_row_before_and_after()
    {
        var acme = audit.New();
        var id = (await acme.WriteAsync("Buy bread", 3))["id"]!.ToString();
        await acme.Client.PutAsJsonAsync($"/api/v1/notes/{id}", new { text = "Buy cake", rank = 3 }, Cancel);
        var rows = (await acme.GetAsync("/api/v1/audit?kind=change"))["items"]!.AsArray();
        var (changed, made) = (rows[0]!, rows[1]!);
        (made["actor"]!.ToString(), made["operation"]!.ToString(), made["subject"]!.ToString()).ShouldBe(($"key:ada of {acme.Tenant}", "notes.write", $"/api/v1/notes/{id}"));
        made["origin"]!.ToString().ShouldBe("127.0.0.1 notebook/2");
        made["trace"]!.ToString().Length.ShouldBe(32);
        var insert = made["changes"]!["rows"]!.AsArray().ShouldHaveSingleItem()!;
        (insert["table"]!.ToString(), insert["row"]!.ToString(), insert["after"]!["text"]!.ToString(), insert["before"]).ShouldBe(("notes.notes", id, "Buy bread", null));
        var update = changed["changes"]!["rows"]!.AsArray().ShouldHaveSingleItem()!;
        update["before"]!.ToJsonString().ShouldBe("""{"text":"Buy bread","version":1}""");
        update["after"]!.ToJsonString().ShouldBe("""{"text":"Buy cake","version":2}""");
    }

    [Fact]
    public async Task Who_acts_for_somebody_else_is_told_with_them()
    {
        var tenant = TenantId.New();
        var caller = new Caller(tenant, "agent:7", new HashSet<string> { "*" }) { OnBehalfOf = "user:ada" };
        await audit.Host.Services.GetRequiredService<OperationInvoker>().InvokeAsync(caller, "notes.write", new JsonObject { ["text"] = "inside", ["rank"] = 1 }, cancel: Cancel);
        (await audit.AskAsync<string>("select concat_ws('|', actor, on_behalf_of, origin) from kernel.audit_rows where tenant_id = @Value", new { tenant.Value })).ShouldBe("agent:7|user:ada|inside");
    }

    [Fact]
    public async Task What_did_not_happen_is_not_told()
    {
        var acme = audit.New();
        await acme.WriteAsync("curse");
        await acme.Client.PostAsync("/api/v1/notes/break", null, Cancel);
        (await CountAsync(acme.Tenant)).ShouldBe(0);
    }

    [Fact]
    public async Task A_repeated_request_is_told_once()
    {
        var acme = audit.New();
        await acme.WriteAsync("once", 1, "k1");
        await acme.WriteAsync("once", 1, "k1");
        (await CountAsync(acme.Tenant)).ShouldBe(1);
    }

    [Fact]
    public async Task Who_tried_what_they_may_not_do_is_told()
    {
        var acme = audit.New();
        using var eve = audit.Host.As($"eve of {acme.Tenant}", acme.Tenant, "notes.read");
        (await eve.PostAsJsonAsync("/api/v1/notes", new { text = "x", rank = 1 }, Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await audit.AskAsync<string>("select concat_ws('|', kind, actor, operation) from kernel.audit_rows where tenant_id = @Value", new { acme.Tenant.Value })).ShouldBe($"denied|key:eve of {acme.Tenant}|notes.write");
    }

    [Fact]
    public async Task Looking_at_the_log_is_in_the_log()
    {
        var acme = audit.New();
        await acme.GetAsync("/api/v1/audit?actor=user:ada");
        var seen = (await acme.GetAsync("/api/v1/audit"))["items"]!.AsArray();
        (seen[1]!["kind"]!.ToString(), seen[1]!["operation"]!.ToString(), seen[1]!["subject"]!.ToString()).ShouldBe(("access", "audit.search", "/api/v1/audit?actor=user:ada"));
    }

    [Fact]
    public async Task Secrets_are_never_told_only_that_they_changed()
    {
        await audit.AsIntruderAsync("""
            create table if not exists notes.vault (tenant_id uuid not null default kernel.current_tenant(), id int not null, password_hash text, sealed bytea, note text, primary key (tenant_id, id));
            select kernel.tenant_wall('notes.vault'); grant select, insert, update, delete on notes.vault to rialto_app; select kernel.note_all_changes();
            """);
        var tenant = TenantId.New();
        await using var session = await audit.Test.Database.BeginAuditedAsync(tenant, Cancel);
        await session.Connection.ExecuteAsync("insert into notes.vault (id, password_hash, sealed, note) values (1, 'swordfish', '\\x00ff', repeat('long ', 200)); update notes.vault set password_hash = 'other'; delete from notes.vault");
        await audit.Host.Services.GetRequiredService<AuditLog>().RecordAsync(session, new AuditNote(AuditKind.Change, "notes.keep", "vault"), Cancel);
        await session.CommitAsync(Cancel);
        var told = await audit.AskAsync<string>("select changes from kernel.audit_rows where tenant_id = @Value", new { tenant.Value });
        told.ShouldNotContain("swordfish");
        told.ShouldNotContain("00ff");
        var rows = JsonNode.Parse(told)!["rows"]!.AsArray();
        rows[0]!["after"]!["note"]!.ToString().ShouldEndWith("… (1000 characters)");
        rows[1]!["after"]!.ToJsonString().ShouldBe("""{"password_hash":"(hidden)"}""");
        rows[2]!["before"]!["id"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task A_change_of_thousands_of_rows_is_counted_when_it_cannot_be_told()
    {
        var tenant = TenantId.New();
        await using var session = await audit.Test.Database.BeginAuditedAsync(tenant, Cancel);
        await session.Connection.ExecuteAsync("insert into notes.notes (id, text, rank) select uuidv7(), 'note', n from generate_series(1, 2000) n");
        await audit.Host.Services.GetRequiredService<AuditLog>().RecordAsync(session, new AuditNote(AuditKind.Change, "notes.fill", "notes"), Cancel);
        await session.CommitAsync(Cancel);
        var told = JsonNode.Parse(await audit.AskAsync<string>("select changes from kernel.audit_rows where tenant_id = @Value", new { tenant.Value }))!;
        (told["rows"]!.AsArray().Count + told["more"]!.GetValue<int>()).ShouldBe(2000);
    }

    [Fact]
    public async Task Every_table_that_the_application_may_change_notes_its_changes()
    {
        (await audit.AskAsync<string?>("""
            select string_agg(c.oid::regclass::text, ' ') from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and n.nspname not in ('kernel', 'pg_catalog', 'information_schema') and has_table_privilege('rialto_app', c.oid, 'update')
              and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'note_change')
            """)).ShouldBeNull();
        (await audit.AskAsync<bool>("select exists (select from pg_trigger where tgrelid = 'kernel.settings'::regclass and tgname = 'note_change')")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("update kernel.audit_rows set actor = 'nobody'")]
    [InlineData("delete from kernel.audit_rows")]
    [InlineData("truncate kernel.audit_rows")]
    [InlineData("delete from kernel.audit_pending")]
    [InlineData("insert into kernel.audit_leaves (number, id, hash) values (0, uuidv7(), '\\x00')")]
    [InlineData("update kernel.audit_leaves set hash = '\\x00'")]
    [InlineData("update kernel.audit_trees set size = 0")]
    [InlineData("delete from kernel.audit_tiles")]
    public async Task The_application_can_only_add_rows(string sql)
    {
        await using var session = await audit.Test.Database.BeginAsync(TenantId.New(), Cancel);
        (await Should.ThrowAsync<PostgresException>(() => session.Connection.ExecuteAsync(sql))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Many_writers_and_two_nodes_make_trees_without_a_gap()
    {
        await using var second = await audit.Test.OpenSecondNodeAsync(Notes.Schema);
        var other = new AuditSequencer(second, audit.Keys, new CheckpointFiles(audit.Checkpoints), TimeProvider.System);
        var organisations = Enumerable.Range(0, 5).Select(_ => audit.New()).ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var nodes = new[] { audit.Sequencer.RunAsync(stop.Token), other.RunAsync(stop.Token) };
        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = Cancel },
            async (number, _) => await organisations[number % 5].WriteAsync($"n{number}", number % 100));
        await stop.CancelAsync();
        await Task.WhenAll(nodes);
        await audit.SealAsync();
        foreach (var one in organisations)
        {
            var report = await audit.Verifier.VerifyAsync(one.Tenant, Cancel);
            report.Faults.ShouldBeEmpty();
            (report.Rows, report.Waiting, report.SignedSize).ShouldBe((60, 0, 60));
        }
    }

    private Task<long> CountAsync(TenantId tenant) => audit.AskAsync<long>("select count(*) from kernel.audit_rows where tenant_id = @Value", new { tenant.Value });
}
