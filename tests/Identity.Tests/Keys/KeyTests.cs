using System.Security.Cryptography;
using System.Text;
using Dapper;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class KeyTests : IdentityTestBed
{
    private const string Keys = "/api/v1/identity/keys";

    [Fact]
    public async Task A_key_opens_its_own_organisation_and_sees_nothing_of_another()
    {
        var (mine, theirs) = (await MakeKeyAsync(Acme, "identity.*"), await MakeKeyAsync(Other, "identity.*"));
        var (status, body) = await CallAsync(mine.Text, HttpMethod.Get, Keys);
        status.ShouldBe(200);
        body!["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(mine.Key.Id.ToString());
        var (foreign, refusal) = await CallAsync(mine.Text, HttpMethod.Post, $"{Keys}/{theirs.Key.Id}/revoke");
        (foreign, refusal!["code"]!.ToString()).ShouldBe((404, "identity.key_not_found"));
        (await CallAsync(theirs.Text, HttpMethod.Get, Keys)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_database_holds_the_hash_of_a_key_and_nowhere_its_text()
    {
        var owner = await MakeKeyAsync(Acme, "*");
        var (_, made) = await CallAsync(owner.Text, HttpMethod.Post, Keys, """{"name":"nightly","scopes":["jobs.read"]}""", "once");
        var text = made!["text"]!.ToString();
        await using var super = await Test.OpenSuperAsync();
        (await super.ExecuteScalarAsync<byte[]>("select hash from identity.api_keys where name = 'nightly'")).ShouldBe(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
        foreach (var table in await super.QueryAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('identity', 'kernel')"))
        {
            foreach (var row in await super.QueryAsync<string>($"select row_to_json(one)::text from {table} one"))
            {
                row.ShouldNotContain(text);
                row.ShouldNotContain(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)));
            }
        }
        var (again, refusal) = await CallAsync(owner.Text, HttpMethod.Post, Keys, """{"name":"nightly","scopes":["jobs.read"]}""", "once");
        (again, refusal!["code"]!.ToString()).ShouldBe((409, "request.answer_told"));
    }

    [Theory]
    [InlineData("jobs.read", 201)]
    [InlineData("jobs.*", 403)]
    [InlineData("*", 403)]
    [InlineData("orders.read", 403)]
    [InlineData("identity.*", 201)]
    public async Task Nobody_gives_a_key_more_than_they_may_do(string scope, int expected)
    {
        var key = await MakeKeyAsync(Acme, "identity.*", "jobs.read");
        (await CallAsync(key.Text, HttpMethod.Post, Keys, $$"""{"name":"n","scopes":["{{scope}}"]}""")).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Jobs.read")]
    [InlineData("jobs")]
    [InlineData("jobs.")]
    [InlineData("**")]
    [InlineData("jobs.read\\n")]
    [InlineData("")]
    public async Task A_scope_that_is_none_is_refused_by_name(string scope)
    {
        var key = await MakeKeyAsync(Acme, "*");
        var (status, body) = await CallAsync(key.Text, HttpMethod.Post, Keys, $$"""{"name":"n","scopes":["{{scope}}"]}""");
        (status, body!["code"]!.ToString()).ShouldBe((400, "identity.scope_invalid"));
    }

    [Fact]
    public async Task A_revoked_key_ends_at_once_also_when_it_is_remembered()
    {
        var (owner, key) = (await MakeKeyAsync(Acme, "*"), await MakeKeyAsync(Acme, "identity.read"));
        (await CallAsync(key.Text, HttpMethod.Get, Keys)).Status.ShouldBe(200);
        (await CallAsync(owner.Text, HttpMethod.Post, $"{Keys}/{key.Key.Id}/revoke")).Status.ShouldBe(204);
        (await CallAsync(key.Text, HttpMethod.Get, Keys)).Status.ShouldBe(401);
        (await CallAsync(owner.Text, HttpMethod.Post, $"{Keys}/{key.Key.Id}/revoke")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task An_ended_key_a_strange_one_and_one_of_the_right_form_are_refused_alike()
    {
        var ended = await MakeKeyAsync(Acme, "*");
        await using (var super = await Test.OpenSuperAsync()) await super.ExecuteAsync("update identity.api_keys set expires_at = now() - interval '1 second'");
        foreach (var key in new[] { ended.Text, KeySecret.New(Acme.Tenant).Text, KeySecret.New(TenantId.New()).Text, ended.Text + "A", ended.Text[..^1] + "!", ended.Text[..^2] + "=", "rlt_", "password" })
        {
            var (status, body) = await CallAsync(key, HttpMethod.Get, Keys);
            (status, body!["code"]!.ToString()).ShouldBe((401, "caller.key_unknown"), key);
        }
        (await CallAsync(null, HttpMethod.Get, Keys)).Body!["code"]!.ToString().ShouldBe("caller.unknown");
    }

    [Fact]
    public async Task The_tenant_written_in_a_key_cannot_be_exchanged()
    {
        var key = KeySecret.Parse((await MakeKeyAsync(Acme, "*")).Text)!;
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(key.Text.AsSpan(4));
        Other.Id.TryWriteBytes(bytes, bigEndian: true, out _);
        (await CallAsync("rlt_" + System.Buffers.Text.Base64Url.EncodeToString(bytes), HttpMethod.Get, Keys)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Use_is_noted()
    {
        var key = await MakeKeyAsync(Acme, "identity.read");
        key.Key.LastUsedAt.ShouldBeNull();
        (await CallAsync(key.Text, HttpMethod.Get, Keys)).Body!["items"]![0]!["lastUsedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Handles_are_unique_and_well_formed()
    {
        (await Should.ThrowAsync<Refusal>(() => Organisations.CreateAsync(Database, "acme", "Again", Cancel))).Code.ShouldBe("identity.handle_taken");
        foreach (var handle in new[] { "", "-a", "a-", "Acme", "a b", new string('a', 41) })
            (await Should.ThrowAsync<Refusal>(() => Organisations.CreateAsync(Database, handle, "x", Cancel))).Code.ShouldBe("identity.handle_invalid", handle);
        (await Organisations.FindAsync(Database, "other", Cancel)).ShouldBe(Other);
        (await Should.ThrowAsync<Refusal>(() => Organisations.FindAsync(Database, "none", Cancel))).Code.ShouldBe("identity.organisation_unknown");
    }

    [Fact]
    public async Task Every_table_has_the_wall_and_an_organisation_sees_no_list_of_organisations()
    {
        await using var super = await Test.OpenSuperAsync();
        (await TenantWall.FindHolesAsync(super, TenantWall.KernelTables)).ShouldBeEmpty();
        await using var session = await Database.BeginAsync(Acme.Tenant, Cancel);
        (await session.Connection.ExecuteScalarAsync<int>("select count(*)::int from identity.organisations")).ShouldBe(0);
    }
}
