using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Kernel.Tests;

/// <summary>An intruder who owns the database server, but neither the root key nor the files of checkpoints, tries to change the past.</summary>
public sealed class AuditVerifierTests(AuditFixture audit) : IClassFixture<AuditFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_that_nobody_touched_is_whole()
    {
        var acme = await audit.LogAsync(7);
        var report = await audit.Verifier.VerifyAsync(acme.Tenant, Cancel);
        report.Faults.ShouldBeEmpty();
        (report.Rows, report.SignedSize, report.Checkpoints).ShouldBe((7, 7, 2));
        (await audit.Verifier.TenantsAsync(Cancel)).ShouldContain(acme.Tenant);
    }

    [Theory]
    [InlineData("at = at + interval '1 microsecond'", "row_changed")]
    [InlineData("kind = 'access'", "row_changed")]
    [InlineData("actor = 'user:eve'", "row_changed")]
    [InlineData("on_behalf_of = 'user:eve'", "row_changed")]
    [InlineData("on_behalf_of = ''", "row_changed")]
    [InlineData("operation = 'notes.read'", "row_changed")]
    [InlineData("subject = subject || '/'", "row_changed")]
    [InlineData("changes = replace(changes, 'note', 'nota')", "row_changed")]
    [InlineData("changes = changes || ' '", "row_changed")]
    [InlineData("changes = null", "row_changed")]
    [InlineData("origin = '192.0.2.1'", "row_changed")]
    [InlineData("trace = null", "row_changed")]
    [InlineData("root = null", "row_changed")]
    [InlineData("seal = null", "row_changed")]
    [InlineData("seal = set_byte(seal, 0, 255 - get_byte(seal, 0))", "row_changed")]
    [InlineData("id = uuidv7()", "row_missing")]
    public async Task A_change_of_any_column_is_found_in_its_row(string change, string code)
    {
        var acme = await audit.LogAsync(6);
        var id = await IdOfAsync(acme.Tenant, 4);
        (await audit.AsIntruderAsync($"update kernel.audit_rows set {change} where id = @id", new { id })).ShouldBe(1);
        var fault = (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults[0];
        (fault.Code, fault.Number, fault.Row).ShouldBe((code, 4, id));
    }

    [Fact]
    public async Task A_row_moved_to_another_organisation_is_missed_here_and_found_there()
    {
        var (acme, other) = (await audit.LogAsync(3), await audit.LogAsync(3));
        await audit.AsIntruderAsync("update kernel.audit_rows set tenant_id = @to where id = @id", new { to = other.Tenant.Value, id = await IdOfAsync(acme.Tenant, 1) });
        (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem().Code.ShouldBe("row_missing");
        (await audit.Verifier.VerifyAsync(other.Tenant, Cancel)).Faults.ShouldHaveSingleItem().Code.ShouldBe("row_outside");
    }

    [Fact]
    public async Task A_deleted_row_is_missed_by_its_number()
    {
        var acme = await audit.LogAsync(5);
        var id = await IdOfAsync(acme.Tenant, 2);
        await audit.AsIntruderAsync("delete from kernel.audit_rows where id = @id", new { id });
        var fault = (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem();
        (fault.Code, fault.Number, fault.Row).ShouldBe(("row_missing", 2, id));
    }

    [Fact]
    public async Task A_row_deleted_with_its_leaf_is_missed_too()
    {
        var acme = await audit.LogAsync(5);
        var id = await IdOfAsync(acme.Tenant, 2);
        await audit.AsIntruderAsync("delete from kernel.audit_rows where id = @id; delete from kernel.audit_leaves where id = @id", new { id });
        var codes = (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.Select(fault => (fault.Code, fault.Number));
        codes.ShouldContain(("leaf_missing", 2L));
    }

    [Fact]
    public async Task A_tail_cut_off_with_everything_that_speaks_of_it_is_missed_by_the_files()
    {
        var acme = await audit.LogAsync(8);
        var edge = MerkleEdge.Empty();
        foreach (var hash in await HashesAsync(acme.Tenant, 5)) edge.Add(hash);
        await audit.AsIntruderAsync("""
            delete from kernel.audit_rows r using kernel.audit_leaves l where l.tenant_id = @Value and l.number >= 5 and r.tenant_id = l.tenant_id and r.id = l.id;
            delete from kernel.audit_leaves where tenant_id = @Value and number >= 5;
            update kernel.audit_trees set size = 5, edge = @edge, signed_size = 4 where tenant_id = @Value
            """, new { acme.Tenant.Value, edge = edge.Write() });
        var fault = (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem();
        (fault.Code, fault.Number).ShouldBe(("tail_missing", 5));
        fault.Sentence.ShouldContain("rows 5 to 7 are missing");
    }

    [Fact]
    public async Task A_whole_log_that_vanished_is_missed_by_the_files()
    {
        var acme = await audit.LogAsync(4);
        foreach (var table in new[] { "rows", "leaves", "tiles", "trees", "pending" })
            await audit.AsIntruderAsync($"delete from kernel.audit_{table} where tenant_id = @Value", new { acme.Tenant.Value });
        (await audit.Verifier.TenantsAsync(Cancel)).ShouldContain(acme.Tenant);
        (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem().Code.ShouldBe("tail_missing");
    }

    [Fact]
    public async Task A_row_changed_with_its_hash_and_the_whole_tree_is_found_by_its_seal_and_by_the_files()
    {
        var acme = await audit.LogAsync(6);
        await RewriteAsync(acme.Tenant, 2, row => row with { Actor = "user:somebody else" });
        var faults = (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults;
        faults.Select(fault => (fault.Code, fault.Number)).ShouldBe([("rewritten", 0L), ("row_forged", 2L)]);
        faults[0].Sentence.ShouldContain("between row 0 and row 2");
    }

    [Fact]
    public async Task Even_who_has_the_key_of_seals_cannot_rewrite_what_was_signed_outside()
    {
        var acme = await audit.LogAsync(6);
        await RewriteAsync(acme.Tenant, 4, row => audit.Keys.Seal(row with { Actor = "user:somebody else" }));
        var fault = (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem();
        (fault.Code, fault.Number).ShouldBe(("rewritten", 3));
    }

    [Fact]
    public async Task A_row_put_behind_the_applications_back_is_found()
    {
        var acme = await audit.LogAsync(3);
        const string copy = "insert into kernel.audit_rows select tenant_id, uuidv7(), at, kind, 'user:eve', on_behalf_of, operation, subject, changes, origin, trace, root, seal from kernel.audit_rows where tenant_id = @Value limit 1";
        await audit.AsIntruderAsync(copy, new { acme.Tenant.Value });
        (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem().Code.ShouldBe("row_outside");
        // Told to be folded in, it becomes part of the tree, and its seal gives it away.
        await audit.AsIntruderAsync("insert into kernel.audit_pending select r.tenant_id, r.id from kernel.audit_rows r where tenant_id = @Value and actor = 'user:eve'", new { acme.Tenant.Value });
        await audit.SealAsync();
        var fault = (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem();
        (fault.Code, fault.Number).ShouldBe(("row_forged", 3));
    }

    [Fact]
    public async Task A_row_taken_away_before_it_joined_the_tree_is_missed()
    {
        var acme = audit.New();
        await acme.WriteAsync("quick");
        await audit.AsIntruderAsync("delete from kernel.audit_rows where tenant_id = @Value", new { acme.Tenant.Value });
        await audit.SealAsync();
        (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem().Code.ShouldBe("row_missing");
    }

    [Fact]
    public async Task A_forged_checkpoint_is_told_from_a_real_one()
    {
        var acme = await audit.LogAsync(4);
        var files = new CheckpointFiles(audit.Checkpoints);
        using var foreign = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        await files.AppendAsync(acme.Tenant, new Checkpoint(acme.Tenant, 9, MerkleTree.EmptyRoot, DateTime.UtcNow).Sign(foreign), Cancel);
        var report = await audit.Verifier.VerifyAsync(acme.Tenant, Cancel);
        report.Faults.ShouldHaveSingleItem().Code.ShouldBe("checkpoint_forged");
        report.SignedSize.ShouldBe(4);
    }

    [Fact]
    public async Task A_checkpoint_whose_size_was_raised_by_hand_is_forged()
    {
        var acme = await audit.LogAsync(4);
        var file = Path.Combine(audit.Checkpoints, acme.Tenant + ".checkpoints");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancel)).Replace("\n4\n", "\n3\n", StringComparison.Ordinal), Cancel);
        (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.Select(fault => fault.Code).ShouldBe(["checkpoint_forged", "checkpoints_cut"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_file_of_checkpoints_that_was_cut_is_missed_by_the_database()
    {
        var acme = await audit.LogAsync(4);
        File.Delete(Path.Combine(audit.Checkpoints, acme.Tenant + ".checkpoints"));
        (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldHaveSingleItem().Code.ShouldBe("checkpoints_cut");
    }

    [Fact]
    public async Task Rows_are_retired_by_rule_without_breaking_the_log_or_old_proofs()
    {
        var acme = await audit.LogAsync(5);
        var proof = await acme.GetAsync($"/api/v1/audit/{await IdOfAsync(acme.Tenant, 1)}/proof");
        await acme.Client.PutAsync("/api/v1/settings/audit.keep_days", new StringContent("""{"value":30}""", System.Text.Encoding.UTF8, "application/json"), Cancel);
        var later = new AuditRetention(audit.Test.Database, audit.Host.Services.GetRequiredService<AuditLog>(), audit.Host.Services.GetRequiredService<TenantSettings>(), new Clock(DateTimeOffset.UtcNow.AddDays(31)));
        await audit.SealAsync();
        var size = await audit.AskAsync<long>("select size from kernel.audit_trees where tenant_id = @Value", new { acme.Tenant.Value });
        (await later.RetireAsync(acme.Tenant, Cancel)).ShouldBe((int)size);
        await audit.SealAsync();
        var report = await audit.Verifier.VerifyAsync(acme.Tenant, Cancel);
        report.Faults.ShouldBeEmpty();
        (report.Rows, report.Retired).ShouldBe((size + 1, size));
        var outside = System.Text.Json.JsonSerializer.Deserialize(proof, KernelJson.Default.AuditProof)!;
        outside.Require(outside.PublicKey).Size.ShouldBeGreaterThan(1);
        // The same taking away, told by nobody who has the key, is a theft.
        await audit.AsIntruderAsync("update kernel.audit_rows set changes = replace(changes, 'retiredThrough', 'x') where tenant_id = @Value and kind = 'retired'", new { acme.Tenant.Value });
        (await audit.Verifier.VerifyAsync(acme.Tenant, Cancel)).Faults.Select(fault => fault.Code).ShouldContain("row_missing");
    }

    [Fact]
    public async Task Nothing_is_retired_that_is_young_or_without_a_rule()
    {
        var acme = await audit.LogAsync(3);
        var retention = audit.Host.Services.GetRequiredService<AuditRetention>();
        (await retention.RetireAsync(acme.Tenant, Cancel)).ShouldBe(0);
        await acme.Client.PutAsync("/api/v1/settings/audit.keep_days", new StringContent("""{"value":1}""", System.Text.Encoding.UTF8, "application/json"), Cancel);
        await retention.RetireAllAsync(Cancel);
        (await audit.AskAsync<long>("select count(*) from kernel.audit_rows where tenant_id = @Value", new { acme.Tenant.Value })).ShouldBe(4);
    }

    [Fact]
    public async Task A_new_root_key_signs_on_and_the_old_rows_still_hold()
    {
        var acme = await audit.LogAsync(3);
        var roots = RootKeys.Rotate(audit.RootFile);
        var keys = new AuditKeys(roots);
        await acme.WriteAsync("later");
        await new AuditSequencer(audit.Test.Database, keys, new CheckpointFiles(audit.Checkpoints), TimeProvider.System).RunAsync(new CancellationToken(true));
        (await new AuditVerifier(audit.Test.Database, roots, audit.Checkpoints).VerifyAsync(acme.Tenant, Cancel)).Faults.ShouldBeEmpty();
        Directory.GetFiles(audit.Checkpoints, "*.pem").Length.ShouldBe(2);
    }

    private Task<Guid> IdOfAsync(TenantId tenant, long number) => audit.AskAsync<Guid>("select id from kernel.audit_leaves where tenant_id = @Value and number = @number", new { tenant.Value, number });

    private async Task<byte[][]> HashesAsync(TenantId tenant, int count)
    {
        await using var super = await audit.Test.OpenSuperAsync();
        return [.. await super.QueryAsync<byte[]>("select hash from kernel.audit_leaves where tenant_id = @Value order by number limit @count", new { tenant.Value, count })];
    }

    // Row, leaf and tree, all made to fit each other again.
    private async Task RewriteAsync(TenantId tenant, long number, Func<AuditRow, AuditRow> change)
    {
        var id = await IdOfAsync(tenant, number);
        await using var session = await audit.Test.Database.BeginAsync(tenant, Cancel);
        var row = change((await AuditSearch.FindAsync(session, id, Cancel))!);
        await audit.AsIntruderAsync("update kernel.audit_rows set actor = @Actor, seal = @Seal where id = @id; update kernel.audit_leaves set hash = @hash where id = @id",
            new { row.Actor, row.Seal, id, hash = MerkleTree.LeafHash(row.Entry()) });
        var edge = MerkleEdge.Empty();
        foreach (var hash in await HashesAsync(tenant, int.MaxValue)) edge.Add(hash);
        await audit.AsIntruderAsync("update kernel.audit_trees set edge = @edge where tenant_id = @Value", new { edge = edge.Write(), tenant.Value });
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
