using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class RoleTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private static readonly string[] All = ["audit.read", "identity.own", "identity.read", "identity.self", "identity.write", "ledger.post", "publishing.read", "publishing.write", "settings.read", "settings.write"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("owner", "*")]
    [InlineData("admin", "audit.read identity.read identity.self identity.write ledger.post personal.read publishing.read publishing.write settings.read settings.write")]
    [InlineData("editor", "identity.read identity.self publishing.read publishing.write settings.read")]
    [InlineData("viewer", "identity.read identity.self publishing.read settings.read")]
    [InlineData("guest", "identity.self")]
    [InlineData("no such role", "identity.self")]
    public void A_role_is_a_set_of_permissions(string role, string permissions) =>
        string.Join(' ', Roles.PermissionsOf(role, All).Order(StringComparer.Ordinal)).ShouldBe(permissions);

    [Theory]
    [InlineData("owner", 200, 201)]
    [InlineData("admin", 200, 201)]
    [InlineData("editor", 200, 403)]
    [InlineData("viewer", 200, 403)]
    [InlineData("guest", 403, 403)]
    public async Task A_role_decides_what_a_member_may_do(string role, int reading, int writing)
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, role);
        (await browser.GetAsync("/api/v1/identity/keys", Cancel)).Status.ShouldBe(reading);
        (await browser.PostAsync("/api/v1/identity/keys", new { name = "n", scopes = new[] { "identity.read" } }, Cancel)).Status.ShouldBe(writing);
    }

    [Fact]
    public async Task Somebody_without_an_organisation_looks_after_their_account_and_nothing_else()
    {
        using var browser = await bed.SignInAsync(await bed.MakeAccountAsync(null));
        (await browser.GetAsync("/api/v1/identity/who", Cancel)).Body!["organisation"].ShouldBeNull();
        (await browser.GetAsync("/api/v1/identity/sessions", Cancel)).Status.ShouldBe(200);
        (await browser.GetAsync("/api/v1/identity/keys", Cancel)).Status.ShouldBe(403);
        (await browser.GetAsync("/api/v1/jobs", Cancel)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Somebody_in_two_organisations_switches_and_sees_one_at_a_time_with_the_role_there()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Owner), (bed.Other, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        var mine = (await browser.GetAsync("/api/v1/identity/organisations", Cancel)).Body!["items"]!.AsArray();
        mine.Select(one => $"{one!["organisation"]!["handle"]} {one["role"]}").ShouldBe(["acme owner", "other viewer"]);
        (await browser.PostAsync("/api/v1/identity/keys", new { name = "of acme", scopes = new[] { "identity.read" } }, Cancel)).Status.ShouldBe(201);

        (await browser.PostAsync($"/api/v1/identity/organisations/{bed.Other.Id}/switch", cancel: Cancel)).Status.ShouldBe(204);
        var (_, who) = await browser.GetAsync("/api/v1/identity/who", Cancel);
        (who!["organisation"]!["handle"]!.ToString(), who["role"]!.ToString(), who["tenant"]!.ToString()).ShouldBe(("other", "viewer", bed.Other.Id.ToString()));
        (await browser.GetAsync("/api/v1/identity/keys", Cancel)).Body!["items"]!.AsArray().ShouldNotContain(one => one!["name"]!.ToString() == "of acme");
        (await browser.PostAsync("/api/v1/identity/keys", new { name = "n", scopes = new[] { "identity.read" } }, Cancel)).Status.ShouldBe(403);

        // The next session begins where the last one was.
        bed.Clock.Pass(TimeSpan.FromMinutes(2));
        await browser.GetAsync("/api/v1/identity/who", Cancel);
        using var again = await bed.SignInAsync(ada);
        (await again.GetAsync("/api/v1/identity/who", Cancel)).Body!["organisation"]!["handle"]!.ToString().ShouldBe("other");
    }

    [Fact]
    public async Task Nobody_switches_to_an_organisation_they_do_not_belong_to()
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        foreach (var id in new[] { bed.Other.Id, Guid.CreateVersion7(), TenantId.Platform.Value })
        {
            var (status, body) = await browser.PostAsync($"/api/v1/identity/organisations/{id}/switch", cancel: Cancel);
            (status, body!["code"]!.ToString()).ShouldBe((404, "identity.organisation_unknown"));
        }
    }

    [Fact]
    public async Task Every_table_has_the_wall_and_no_organisation_sees_a_person_of_the_platform()
    {
        await bed.MakeAccountAsync(null, (bed.Acme, Roles.Owner));
        await using var super = await bed.OpenSuperAsync();
        (await TenantWall.FindHolesAsync(super, TenantWall.KernelTables)).ShouldBeEmpty();
        await using var session = await bed.Database.BeginAsync(bed.Acme.Tenant, Cancel);
        foreach (var table in new[] { "accounts", "sessions", "memberships", "links", "throttles" })
            (await Dapper.SqlMapper.ExecuteScalarAsync<int>(session.Connection, $"select count(*)::int from identity.{table}")).ShouldBe(0, table);
    }
}
