using Dapper;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class InvitationTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Invitations = "/api/v1/identity/invitations", Accept = "/api/v1/identity/invitations/accept", Who = "/api/v1/identity/who";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_without_an_account_is_invited_by_mail_accepts_and_works()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var (status, made) = await owner.PostAsync(Invitations, new { email = "new.bob@example.org", role = "editor" }, Cancel);
        (status, made!["role"]!.ToString()).ShouldBe((201, "editor"));
        var token = await bed.ReadLinkAsync("new.bob@example.org");
        bed.Mail.To("new.bob@example.org")[^1].Subject.ShouldContain("Acme");
        using var bob = bed.NewBrowser();
        (await bob.PostAsync(Accept, new { token }, Cancel)).Body!["next"]!.ToString().ShouldBe("done");
        var (_, who) = await bob.GetAsync(Who, Cancel);
        (who!["account"]!["email"]!.ToString(), who["organisation"]!["handle"]!.ToString(), who["role"]!.ToString()).ShouldBe(("new.bob@example.org", "acme", "editor"));
        (await bob.PostAsync(Accept, new { token }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
        (await owner.GetAsync(Invitations, Cancel)).Body!["items"]!.AsArray().Single(one => one!["email"]!.ToString() == "new.bob@example.org")!["acceptedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Somebody_signed_in_accepts_for_their_own_account_and_keeps_their_other_organisation()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var ada = await bed.MakeAccountAsync(null, (bed.Other, Roles.Owner));
        using var browser = await bed.SignInAsync(ada);
        await owner.PostAsync(Invitations, new { email = "ada-at-work@example.org", role = "viewer" }, Cancel);
        (await browser.PostAsync(Accept, new { token = await bed.ReadLinkAsync("ada-at-work@example.org") }, Cancel)).Status.ShouldBe(200);
        (await browser.GetAsync("/api/v1/identity/organisations", Cancel)).Body!["items"]!.AsArray().Select(one => $"{one!["organisation"]!["handle"]} {one["role"]}").ShouldBe(["acme viewer", "other owner"]);
    }

    [Fact]
    public async Task The_page_of_the_mailed_link_accepts_too()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        await owner.PostAsync(Invitations, new { email = "page.bob@example.org", role = "viewer" }, Cancel);
        var token = await bed.ReadLinkAsync("page.bob@example.org");
        using var browser = bed.NewBrowser();
        (await browser.SendAsync(HttpMethod.Get, $"/sign-in/link?token={token}", null, Cancel)).Text.ShouldContain("page.bob@example.org");
        (await browser.SendAsync(HttpMethod.Post, "/sign-in/link", new FormUrlEncodedContent([KeyValuePair.Create("token", token)]), Cancel)).Status.ShouldBe(302);
        (await browser.GetAsync(Who, Cancel)).Body!["role"]!.ToString().ShouldBe("viewer");
    }

    [Fact]
    public async Task A_revoked_invitation_and_one_whose_time_is_over_make_nobody_a_member()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var (_, made) = await owner.PostAsync(Invitations, new { email = "revoked@example.org", role = "viewer" }, Cancel);
        var token = await bed.ReadLinkAsync("revoked@example.org");
        (await owner.CallAsync(HttpMethod.Delete, $"{Invitations}/{made!["id"]}", null, Cancel)).Status.ShouldBe(204);
        using var browser = bed.NewBrowser();
        (await browser.PostAsync(Accept, new { token }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
        (await owner.CallAsync(HttpMethod.Delete, $"{Invitations}/{made["id"]}", null, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.invitation_not_found");
        await owner.PostAsync(Invitations, new { email = "late@example.org", role = "viewer" }, Cancel);
        var late = await bed.ReadLinkAsync("late@example.org");
        bed.Clock.Pass(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        (await browser.PostAsync(Accept, new { token = late }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
        await using var super = await bed.OpenSuperAsync();
        (await super.ExecuteScalarAsync<int>("select count(*)::int from identity.accounts where email_key in ('revoked@example.org', 'late@example.org')")).ShouldBe(0);
    }

    [Theory]
    [InlineData("owner", "owner", 201)]
    [InlineData("owner", "guest", 201)]
    [InlineData("admin", "admin", 201)]
    [InlineData("admin", "owner", 403)]
    [InlineData("editor", "viewer", 403)]
    [InlineData("viewer", "viewer", 403)]
    [InlineData("owner", "emperor", 422)]
    public async Task Nobody_invites_to_more_than_they_may_do(string inviter, string role, int expected)
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, inviter);
        (await browser.PostAsync(Invitations, new { email = $"{inviter}-{role}@example.org", role }, Cancel)).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task An_organisation_is_made_by_anybody_signed_in_and_sees_nothing_of_others()
    {
        using var browser = await bed.SignInAsync(await bed.MakeAccountAsync(null));
        var (status, made) = await browser.PostAsync("/api/v1/identity/organisations", new { name = "Fresh Start" }, Cancel);
        (status, made!["handle"]!.ToString()).ShouldBe((201, "fresh-start"));
        (await browser.PostAsync("/api/v1/identity/organisations", new { name = "Fresh Start" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.handle_taken");
        (await browser.PostAsync($"/api/v1/identity/organisations/{made["id"]}/switch", cancel: Cancel)).Status.ShouldBe(204);
        (await browser.GetAsync("/api/v1/identity/members", Cancel)).Body!["items"]!.AsArray().ShouldHaveSingleItem()!["role"]!.ToString().ShouldBe("owner");
        (await browser.GetAsync(Invitations, Cancel)).Body!["items"]!.AsArray().ShouldBeEmpty();
    }
}
