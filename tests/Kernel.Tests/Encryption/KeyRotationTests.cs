using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Kernel.Tests;

/// <summary>A vault of encrypted values whose keys are rotated while people read and write.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private const int Values = 250;

    private static readonly SchemaSource Vault = new("vault", [new Migration(1, "0001_vault", """
        create table vault.items (tenant_id uuid not null default kernel.current_tenant(), id uuid not null, sealed bytea, picture bytea, primary key (tenant_id, id));
        select kernel.tenant_wall('vault.items');
        """)]);

    private readonly string folder = Directory.CreateTempSubdirectory("rialto-rotation-").FullName;
    private readonly TenantId tenant = TenantId.New();
    private readonly List<Guid> ids = [];
    private TestDatabase test = null!;
    private TestHost host = null!;
    private HttpClient ada = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string RootFile => Path.Combine(folder, "root.key");

    private FieldCipher Cipher => host.Services.GetRequiredService<FieldCipher>();

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync(Vault);
        host = await TestHost.StartAsync(test.Database, _ => { }, services => services.AddKernelSettings(RootKeys.Open(RootFile), null, _ => null));
        ada = host.As("ada", tenant);
        await In(async session =>
        {
            for (var number = 0; number < Values; number++)
            {
                ids.Add(Guid.CreateVersion7());
                await WriteAsync(session, ids[^1], $"value {number}");
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await host.DisposeAsync();
        await test.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_rotation_brings_every_value_over_while_no_reading_fails()
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(async () =>
        {
            var count = 0;
            for (; !done.IsCancellationRequested; count++) await In(async session => (await ReadAsync(session, ids[(count * 7 + reader) % 200])).ShouldStartWith("value "));
            return count;
        }, Cancel)).ToArray();
        var writer = Task.Run(async () =>
        {
            for (var turn = 0; !done.IsCancellationRequested; turn++) await In(session => WriteAsync(session, ids[200 + turn % 50], $"written {turn}"));
        }, Cancel);
        for (var turn = 2; turn <= 3; turn++)
        {
            var rotated = (await (await ada.PostAsync("/api/v1/encryption/rotate", null, Cancel)).Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
            (rotated["tenantKey"]!.GetValue<int>(), rotated["tables"]!.AsArray().Single()!.ToString()).ShouldBe((turn, "vault.items"));
            await RunJobsAsync(Guid.Parse(rotated["job"]!.ToString()));
            (await VersionsAsync()).ShouldBe([turn]);
        }
        await done.CancelAsync();
        (await Task.WhenAll(readers)).ShouldAllBe(count => count > 0);
        await writer;
        await In(async session =>
        {
            for (var number = 0; number < 200; number++) (await ReadAsync(session, ids[number])).ShouldBe($"value {number}");
        });
    }

    [Fact]
    public async Task A_value_brought_over_does_not_open_in_another_row()
    {
        await RotateAsync();
        await using (var super = await test.OpenSuperAsync())
            await super.ExecuteAsync("update vault.items set sealed = (select sealed from vault.items where id = @from) where id = @to", new { from = ids[0], to = ids[1] });
        await In(async session => (await Should.ThrowAsync<Refusal>(() => ReadAsync(session, ids[1]))).Code.ShouldBe("encryption.unreadable"));
    }

    [Fact]
    public async Task Bytes_that_are_no_values_of_ours_and_values_that_were_moved_are_left_as_they_are()
    {
        byte[] picture = [1, 0, 0, 0, 1, .. Enumerable.Repeat((byte)7, 60)];
        await using (var super = await test.OpenSuperAsync())
        {
            await super.ExecuteAsync("update vault.items set picture = @picture where id = @id", new { picture, id = ids[3] });
            await super.ExecuteAsync("update vault.items set picture = sealed where id = @id", new { id = ids[4] });
        }
        var before = await PictureAsync(ids[4]);
        await RotateAsync();
        (await PictureAsync(ids[3])).ShouldBe(picture);
        (await PictureAsync(ids[4])).ShouldBe(before);
        (await VersionsAsync()).ShouldBe([2]);
    }

    [Fact]
    public async Task The_versions_are_shown_and_never_a_key()
    {
        await RotateAsync();
        var text = await ada.GetStringAsync("/api/v1/encryption/keys", Cancel);
        var shown = JsonNode.Parse(text)!;
        shown["tenantKeys"]!.AsArray().Select(key => key!["version"]!.GetValue<int>()).ShouldBe([2, 1]);
        shown["dataKeys"]!.AsArray().Select(key => (key!["table"]!.ToString(), key["version"]!.GetValue<int>(), key["tenantKey"]!.GetValue<int>())).ShouldBe([("vault.items", 2, 2), ("vault.items", 1, 2)]);
        text.ShouldNotContain("wrapped");
        using var bob = host.As("bob", TenantId.New());
        JsonNode.Parse(await bob.GetStringAsync("/api/v1/encryption/keys", Cancel))!["dataKeys"]!.AsArray().ShouldBeEmpty();
        using var clerk = host.As("clerk", tenant, "encryption.read");
        ((int)(await clerk.PostAsync("/api/v1/encryption/rotate", null, Cancel)).StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task Who_has_nothing_encrypted_gets_a_tenant_key_and_no_job()
    {
        using var bob = host.As("bob", TenantId.New());
        var rotated = (await (await bob.PostAsync("/api/v1/encryption/rotate", null, Cancel)).Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
        (rotated["tables"]!.AsArray().Count, rotated["job"]).ShouldBe((0, null));
    }

    [Fact]
    public async Task Rotations_at_the_same_time_follow_each_other()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ada.PostAsync("/api/v1/encryption/rotate", null, Cancel)));
        answers.ShouldAllBe(answer => answer.IsSuccessStatusCode);
        var shown = JsonNode.Parse(await ada.GetStringAsync("/api/v1/encryption/keys", Cancel))!;
        shown["tenantKeys"]!.AsArray().Count.ShouldBe(7);
        await In(async session => (await ReadAsync(session, ids[9])).ShouldBe("value 9"));
    }

    [Fact]
    public async Task A_new_root_key_made_by_another_process_is_found_by_the_one_that_runs()
    {
        var other = new FieldCipher(RootKeys.Rotate(RootFile));
        await In(async session => (await other.RewrapAsync(session, Cancel)).ShouldBe(1));
        await In(async session => (await ReadAsync(session, ids[5])).ShouldBe("value 5"));
        await In(session => WriteAsync(session, ids[5], "value again"));
        await In(async session => (await ReadAsync(session, ids[5])).ShouldBe("value again"));
    }

    private async Task RotateAsync()
    {
        var rotated = (await (await ada.PostAsync("/api/v1/encryption/rotate", null, Cancel)).Content.ReadFromJsonAsync<JsonNode>(Cancel))!;
        await RunJobsAsync(Guid.Parse(rotated["job"]!.ToString()));
    }

    private async Task RunJobsAsync(Guid job)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = new JobRunner(test.Database, host.Services.GetServices<JobHandler>(), host.Services).RunAsync(stop.Token);
        JobStatus? status = null;
        await Eventually.Happens(async () =>
        {
            await In(async session => status = await session.FindJobAsync(job, Cancel));
            return status!.State is "done" or "failed";
        });
        await stop.CancelAsync();
        await running;
        (status!.State, status.Error).ShouldBe(("done", null));
    }

    private async Task<IReadOnlyList<int>> VersionsAsync()
    {
        await using var super = await test.OpenSuperAsync();
        return [.. await super.QueryAsync<int>("select distinct get_byte(sealed, 4) from vault.items")];
    }

    private async Task<byte[]> PictureAsync(Guid id)
    {
        await using var super = await test.OpenSuperAsync();
        return (await super.ExecuteScalarAsync<byte[]>("select picture from vault.items where id = @id", new { id }))!;
    }

    private async Task WriteAsync(TenantSession session, Guid id, string text)
    {
        var kept = await Cipher.EncryptAsync(session, At(id), Encoding.UTF8.GetBytes(text), Cancel);
        await session.Connection.ExecuteAsync("insert into vault.items (id, sealed) values (@id, @kept) on conflict (tenant_id, id) do update set sealed = excluded.sealed", new { id, kept });
    }

    private async Task<string> ReadAsync(TenantSession session, Guid id) =>
        Encoding.UTF8.GetString(await Cipher.DecryptAsync(session, At(id), (await session.Connection.ExecuteScalarAsync<byte[]>("select sealed from vault.items where id = @id", new { id }))!, Cancel));

    private static FieldAddress At(Guid id) => new("vault.items", id.ToString(), "sealed");

    private async Task In(Func<TenantSession, Task> act)
    {
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        await act(session);
        await session.CommitAsync(Cancel);
    }
}
