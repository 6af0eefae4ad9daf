using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class MemberTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Members = "/api/v1/identity/members", RolesPath = "/api/v1/identity/roles", Agents = "/api/v1/identity/agents", Keys = "/api/v1/identity/keys", Who = "/api/v1/identity/who";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_role_holds_from_the_next_request_on()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        var id = await IdAsync(owner, ada);
        (await browser.PostAsync(Keys, new { name = "n", scopes = new[] { "identity.read" } }, Cancel)).Status.ShouldBe(403);
        (await owner.CallAsync(HttpMethod.Patch, $"{Members}/{id}", new { role = "admin" }, Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync(Keys, new { name = "n", scopes = new[] { "identity.read" } }, Cancel)).Status.ShouldBe(201);
        (await owner.CallAsync(HttpMethod.Patch, $"{Members}/{id}", new { role = "guest", shared = new[] { "site:lantern" } }, Cancel)).Body!["kind"]!.ToString().ShouldBe("guest");
        (await browser.GetAsync(Keys, Cancel)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Who_is_taken_out_is_out_at_once_with_keys_and_agents()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Admin));
        using var browser = await bed.SignInAsync(ada);
        var key = (await browser.PostAsync(Keys, new { name = "hers", scopes = new[] { "identity.read" } }, Cancel)).Body!["text"]!.ToString();
        var agent = (await browser.PostAsync(Agents, NewAgent(), Cancel)).Body!["key"]!["text"]!.ToString();
        (await owner.CallAsync(HttpMethod.Delete, $"{Members}/{await IdAsync(owner, ada)}", null, Cancel)).Status.ShouldBe(204);
        (await browser.GetAsync(Keys, Cancel)).Status.ShouldBe(403);
        (await browser.GetAsync(Who, Cancel)).Body!["organisation"].ShouldBeNull();
        foreach (var text in new[] { key, agent })
        {
            using var program = bed.NewBrowser();
            program.Headers["Authorization"] = "Bearer " + text;
            (await program.GetAsync(Keys, Cancel)).Body!["code"]!.ToString().ShouldBe("caller.key_unknown");
        }
    }

    [Fact]
    public async Task An_organisation_keeps_an_owner_also_when_two_leave_at_once()
    {
        var (one, two) = (await bed.MakeAccountAsync(null), await bed.MakeAccountAsync(null));
        using var first = await bed.SignInAsync(one);
        var id = (await first.PostAsync("/api/v1/identity/organisations", new { name = $"Pair {one.Id:N}"[..30] }, Cancel)).Body!["id"]!.ToString();
        var organisation = (await Organisations.ListAsync(bed.Database, 1000, Cancel)).Single(made => made.Id.ToString() == id);
        await using (var platform = await bed.Database.BeginAsync(TenantId.Platform, Cancel))
        {
            await MemberStore.AddAsync(platform, organisation, two, Roles.Owner, Cancel);
            await platform.CommitAsync(Cancel);
        }
        (await first.PostAsync($"/api/v1/identity/organisations/{id}/switch", cancel: Cancel)).Status.ShouldBe(204);
        using var second = await bed.SignInAsync(two);
        var (idOne, idTwo) = (await IdAsync(first, one), await IdAsync(first, two));
        var codes = await Task.WhenAll(first.CallAsync(HttpMethod.Patch, $"{Members}/{idOne}", new { role = "viewer" }, Cancel), second.CallAsync(HttpMethod.Patch, $"{Members}/{idTwo}", new { role = "viewer" }, Cancel));
        codes.Select(answer => answer.Status).Order().ShouldBe([200, 409]);
        codes.Single(answer => answer.Status == 409).Body!["code"]!.ToString().ShouldBe("identity.last_owner");
    }

    [Fact]
    public async Task An_admin_neither_makes_nor_unmakes_owners()
    {
        var (ownerAccount, viewerAccount) = (await bed.MakeAccountAsync(null, (bed.Acme, Roles.Owner)), await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer)));
        using var admin = await bed.SignInMemberAsync(bed.Acme, Roles.Admin);
        (await admin.CallAsync(HttpMethod.Patch, $"{Members}/{await IdAsync(admin, viewerAccount)}", new { role = "owner" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.role_not_held");
        (await admin.CallAsync(HttpMethod.Patch, $"{Members}/{await IdAsync(admin, ownerAccount)}", new { role = "viewer" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.role_not_held");
        (await admin.CallAsync(HttpMethod.Delete, $"{Members}/{await IdAsync(admin, ownerAccount)}", null, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.role_not_held");
    }

    [Fact]
    public async Task A_member_of_another_organisation_is_not_found()
    {
        var stranger = await bed.MakeAccountAsync(null, (bed.Other, Roles.Viewer));
        using var theirs = await bed.SignInMemberAsync(bed.Other, Roles.Owner);
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var id = await IdAsync(theirs, stranger);
        foreach (var (method, body) in new (HttpMethod, object?)[] { (HttpMethod.Patch, new { role = "viewer" }), (HttpMethod.Delete, null) })
            (await owner.CallAsync(method, $"{Members}/{id}", body, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.member_not_found");
    }

    [Fact]
    public async Task Addresses_are_masked_for_who_may_not_see_personal_data()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var viewer = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        using var admin = await bed.SignInMemberAsync(bed.Acme, Roles.Admin);
        async Task<string> EmailAsync(BrowserClient browser) => (await browser.GetAsync($"{Members}?limit=200", Cancel)).Body!["items"]!.AsArray().Single(one => one!["accountId"]?.ToString() == ada.Id.ToString())!["email"]!.ToString();
        (await EmailAsync(viewer)).ShouldBe("p***@example.org");
        (await EmailAsync(admin)).ShouldBe(ada.Email);
    }

    [Fact]
    public async Task An_organisation_makes_a_role_of_permissions_and_its_members_have_just_these()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        (await owner.CallAsync(HttpMethod.Put, $"{RolesPath}/key-keeper", new { permissions = new[] { "identity.read", "identity.write" } }, Cancel)).Status.ShouldBe(204);
        using var keeper = await bed.SignInMemberAsync(bed.Acme, "key-keeper");
        (await keeper.PostAsync(Keys, new { name = "n", scopes = new[] { "identity.read" } }, Cancel)).Status.ShouldBe(201);
        (await keeper.GetAsync("/api/v1/jobs", Cancel)).Status.ShouldBe(403);
        (await keeper.GetAsync("/api/v1/identity/sessions", Cancel)).Status.ShouldBe(200);
        (await owner.CallAsync(HttpMethod.Delete, $"{RolesPath}/key-keeper", null, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.role_in_use");
        var roles = (await owner.GetAsync(RolesPath, Cancel)).Body!;
        roles["items"]!.AsArray().Select(one => one!["name"]!.ToString()).ShouldContain("key-keeper");
        roles["permissions"]!.AsArray().Select(one => one!.ToString()).ShouldContain("identity.manage");
    }

    [Theory]
    [InlineData("owner", "identity.read", "identity.role_fixed")]
    [InlineData("Wrong Name", "identity.read", "identity.role_invalid")]
    [InlineData("fine", "moon.walk", "identity.permission_unknown")]
    [InlineData("fine", "*", "identity.permission_unknown")]
    public async Task A_role_that_cannot_be_is_refused_by_name(string name, string permission, string code)
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        (await owner.CallAsync(HttpMethod.Put, $"{RolesPath}/{Uri.EscapeDataString(name)}", new { permissions = new[] { permission } }, Cancel)).Body!["code"]!.ToString().ShouldBe(code);
    }

    [Fact]
    public async Task An_agent_calls_by_its_key_within_its_scopes_in_its_owners_name_until_its_end()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Admin);
        var (status, made) = await owner.PostAsync(Agents, NewAgent(), Cancel);
        status.ShouldBe(201);
        using var agent = bed.NewBrowser();
        agent.Headers["Authorization"] = "Bearer " + made!["key"]!["text"];
        (await agent.GetAsync(Keys, Cancel)).Status.ShouldBe(200);
        (await agent.PostAsync(Keys, new { name = "n", scopes = new[] { "identity.read" } }, Cancel)).Status.ShouldBe(403);
        (await agent.PostAsync(Agents, NewAgent(), Cancel)).Status.ShouldBe(403);
        var listed = (await owner.GetAsync($"{Members}?kind=agent&limit=200", Cancel)).Body!["items"]!.AsArray().Single(one => one!["id"]!.ToString() == made["id"]!.ToString())!;
        (listed["budgetMinor"]!.GetValue<long>(), listed["budgetCurrency"]!.ToString(), listed["ownerId"] is not null).ShouldBe((5000, "USD", true));
        bed.Clock.Pass(TimeSpan.FromDays(31));
        (await agent.GetAsync(Keys, Cancel)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task An_agent_gets_no_scope_its_owner_lacks_and_no_budget_without_a_currency()
    {
        using var admin = await bed.SignInMemberAsync(bed.Acme, Roles.Admin);
        (await admin.PostAsync(Agents, new { kind = "agent", name = "a", scopes = new[] { "*" }, lifetimeDays = 1 }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.scope_not_held");
        (await admin.PostAsync(Agents, new { kind = "service", name = "a", scopes = new[] { "identity.read" }, lifetimeDays = 1, budgetMinor = 5 }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.budget_invalid");
        (await admin.PostAsync(Agents, new { kind = "robot", name = "a", scopes = new[] { "identity.read" }, lifetimeDays = 1 }, Cancel)).Body!["code"]!.ToString().ShouldBe("request.invalid");
    }

    [Fact]
    public async Task A_key_is_followed_by_another_and_both_hold_until_the_overlap_is_over()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var (_, old) = await owner.PostAsync(Keys, new { name = "deploy", scopes = new[] { "identity.read" }, lifetimeDays = 90 }, Cancel);
        var (status, next) = await owner.PostAsync($"{Keys}/{old!["key"]!["id"]}/rotate", new { overlapHours = 2 }, Cancel);
        (status, next!["key"]!["name"]!.ToString()).ShouldBe((201, "deploy"));
        async Task<int> TryAsync(System.Text.Json.Nodes.JsonNode key)
        {
            using var program = bed.NewBrowser();
            program.Headers["Authorization"] = "Bearer " + key["text"];
            return (await program.GetAsync(Keys, Cancel)).Status;
        }
        ((await TryAsync(old)), (await TryAsync(next))).ShouldBe((200, 200));
        bed.Clock.Pass(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));
        ((await TryAsync(old)), (await TryAsync(next))).ShouldBe((401, 200));
        using var again = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        (await again.PostAsync($"{Keys}/{old["key"]!["id"]}/rotate", new { }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.key_not_found");
        (await again.PostAsync($"{Keys}/{Guid.CreateVersion7()}/rotate", new { }, Cancel)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Nobody_gets_a_new_key_that_may_do_more_than_they()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var (_, strong) = await owner.PostAsync(Keys, new { name = "strong", scopes = new[] { "*" } }, Cancel);
        using var admin = await bed.SignInMemberAsync(bed.Acme, Roles.Admin);
        (await admin.PostAsync($"{Keys}/{strong!["key"]!["id"]}/rotate", new { overlapHours = 0 }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.scope_not_held");
        using var program = bed.NewBrowser();
        program.Headers["Authorization"] = "Bearer " + strong["text"];
        (await program.GetAsync(Keys, Cancel)).Status.ShouldBe(200);
    }

    private static object NewAgent() => new { kind = "agent", name = "Release notes", scopes = new[] { "identity.read" }, budgetMinor = 5000, budgetCurrency = "USD", lifetimeDays = 30 };

    private static async Task<string> IdAsync(BrowserClient browser, Account account) =>
        (await browser.GetAsync($"{Members}?limit=200", Cancel)).Body!["items"]!.AsArray().Single(one => one!["accountId"]?.ToString() == account.Id.ToString())!["id"]!.ToString();
}
