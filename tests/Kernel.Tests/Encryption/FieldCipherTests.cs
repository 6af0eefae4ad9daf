using System.Text;
using Dapper;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class FieldCipherTests : IAsyncLifetime
{
    private static readonly FieldAddress Place = new("notes.notes", "1", "secret");
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-keys-").FullName;
    private readonly TenantId ada = TenantId.New(), bob = TenantId.New();
    private TestDatabase test = null!;
    private FieldCipher cipher = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(folder, "root.key");

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync();
        cipher = new FieldCipher(RootKeys.Open(KeyFile));
    }

    [Fact]
    public async Task What_was_written_is_read_and_the_database_never_sees_it()
    {
        var kept = await Encrypt(ada, Place, "swordfish");
        Encoding.Latin1.GetString(kept).ShouldNotContain("swordfish");
        (await Decrypt(ada, Place, kept)).ShouldBe("swordfish");
    }

    [Theory]
    [InlineData("notes.other", "1", "secret")]
    [InlineData("notes.notes", "2", "secret")]
    [InlineData("notes.notes", "1", "hint")]
    [InlineData("notes.notes", "1s", "ecret")]
    public async Task A_value_moved_to_another_table_row_or_column_does_not_open(string table, string row, string column)
    {
        var kept = await Encrypt(ada, Place, "swordfish");
        await Encrypt(ada, new FieldAddress(table, "9", "x"), "so that the table has a key");
        (await Should.ThrowAsync<Refusal>(() => Decrypt(ada, new FieldAddress(table, row, column), kept))).Code.ShouldBe("encryption.unreadable");
    }

    [Fact]
    public async Task A_value_moved_to_another_tenant_does_not_open_even_with_the_keys_moved_along()
    {
        var kept = await Encrypt(ada, Place, "swordfish");
        await using (var super = await test.OpenSuperAsync())
            await super.ExecuteAsync("""
                insert into kernel.tenant_keys (tenant_id, version, root, wrapped) select @Value, version, root, wrapped from kernel.tenant_keys;
                insert into kernel.data_keys (tenant_id, "table", version, tenant_key, wrapped) select @Value, "table", version, tenant_key, wrapped from kernel.data_keys;
                """, new { bob.Value });
        await Should.ThrowAsync<Exception>(() => Decrypt(bob, Place, kept));
        (await Decrypt(ada, Place, kept)).ShouldBe("swordfish");
    }

    [Fact]
    public async Task No_reading_fails_while_every_kind_of_key_is_rotated()
    {
        var kept = await Encrypt(ada, Place, "swordfish");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var readers = Enumerable.Range(0, 4).Select(async _ =>
        {
            var count = 0;
            for (; !done.IsCancellationRequested; count++) (await Decrypt(ada, Place, kept)).ShouldBe("swordfish");
            return count;
        }).ToArray();
        for (var turn = 0; turn < 10; turn++)
        {
            await In(ada, session => cipher.RotateTenantKeyAsync(session, Cancel));
            await In(ada, session => cipher.RotateDataKeyAsync(session, Place.Table, Cancel));
            var again = await Encrypt(ada, Place, $"turn {turn}");
            again.AsSpan(1, 4).ToArray().ShouldBe([0, 0, 0, (byte)(turn + 2)]);
            (await Decrypt(ada, Place, again)).ShouldBe($"turn {turn}");
        }
        await done.CancelAsync();
        (await Task.WhenAll(readers)).ShouldAllBe(count => count > 0);
    }

    [Fact]
    public async Task A_new_root_key_takes_over_and_the_old_one_may_go_when_all_is_wrapped_anew()
    {
        var kept = await Encrypt(ada, Place, "swordfish");
        cipher = new FieldCipher(RootKeys.Rotate(KeyFile));
        (await Decrypt(ada, Place, kept)).ShouldBe("swordfish");
        var rewrapped = 0;
        await In(ada, async session => rewrapped = await cipher.RewrapAsync(session, Cancel));
        rewrapped.ShouldBe(1);
        File.WriteAllLines(KeyFile, File.ReadAllLines(KeyFile)[1..]);
        cipher = new FieldCipher(RootKeys.Open(KeyFile));
        (await Decrypt(ada, Place, kept)).ShouldBe("swordfish");
        File.Delete(KeyFile);
        cipher = new FieldCipher(RootKeys.Open(KeyFile));
        (await Should.ThrowAsync<Refusal>(() => Decrypt(ada, Place, kept))).Code.ShouldBe("encryption.root_key_missing");
    }

    [Theory]
    [InlineData("tenant_keys", "overlay(wrapped placing '\\x00'::bytea from 20)")]
    [InlineData("data_keys", "overlay(wrapped placing '\\x00'::bytea from 20)")]
    [InlineData("data_keys", "'\\x0011'::bytea")]
    [InlineData("tenant_keys", "(select wrapped from kernel.data_keys limit 1)")]
    public async Task A_wrapped_key_that_was_tampered_with_is_refused_by_name_and_never_taken(string table, string change)
    {
        var kept = await Encrypt(ada, Place, "kept");
        await using (var super = await test.OpenSuperAsync()) await super.ExecuteAsync($"update kernel.{table} set wrapped = {change}");
        (await Should.ThrowAsync<Refusal>(() => Decrypt(ada, Place, kept))).Code.ShouldBe("encryption.key_damaged");
        (await Should.ThrowAsync<Refusal>(() => Encrypt(ada, Place, "more"))).Code.ShouldBe("encryption.key_damaged");
        (await Should.ThrowAsync<Refusal>(() => In(ada, session => cipher.RotateTenantKeyAsync(session, Cancel)))).Code.ShouldBe("encryption.key_damaged");
    }

    [Fact]
    public async Task A_first_key_that_was_taken_back_is_no_key()
    {
        await using (var session = await test.Database.BeginAsync(ada, Cancel)) await cipher.EncryptAsync(session, Place, "lost"u8.ToArray(), Cancel);
        (await Decrypt(ada, Place, await Encrypt(ada, Place, "kept"))).ShouldBe("kept");
    }

    [Fact]
    public async Task Many_first_writers_agree_on_one_key()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => Encrypt(ada, Place, $"{turn}")));
        for (var turn = 0; turn < all.Length; turn++) (await Decrypt(ada, Place, all[turn])).ShouldBe($"{turn}");
    }

    [Fact]
    public void A_key_file_that_others_may_read_or_that_is_none_is_refused()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Should.Throw<Refusal>(() => RootKeys.Open(KeyFile)).Code.ShouldBe("encryption.root_key_open");
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        File.WriteAllText(KeyFile, "c2hvcnQ=\n");
        Should.Throw<Refusal>(() => RootKeys.Open(KeyFile)).Code.ShouldBe("encryption.root_key_invalid");
    }

    public async ValueTask DisposeAsync()
    {
        await test.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<byte[]> Encrypt(TenantId tenant, FieldAddress where, string text)
    {
        byte[] kept = [];
        await In(tenant, async session => kept = await cipher.EncryptAsync(session, where, Encoding.UTF8.GetBytes(text), Cancel));
        return kept;
    }

    private async Task<string> Decrypt(TenantId tenant, FieldAddress where, byte[] kept)
    {
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        return Encoding.UTF8.GetString(await cipher.DecryptAsync(session, where, kept, Cancel));
    }

    private async Task In(TenantId tenant, Func<TenantSession, Task> act)
    {
        await using var session = await test.Database.BeginAsync(tenant, Cancel);
        await act(session);
        await session.CommitAsync(Cancel);
    }
}
