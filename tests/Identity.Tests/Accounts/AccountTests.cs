using Dapper;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class AccountTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Mine = "/api/v1/identity/account", SignIn = "/api/v1/identity/sign-in", Who = "/api/v1/identity/who";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_profile_is_changed_and_the_organisations_see_the_new_name()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        var (status, body) = await browser.CallAsync(HttpMethod.Patch, Mine, new { name = "Ada L.", language = "es", timeZone = "Europe/Madrid" }, Cancel);
        (status, body!["name"]!.ToString(), body["language"]!.ToString(), body["timeZone"]!.ToString()).ShouldBe((200, "Ada L.", "es", "Europe/Madrid"));
        (await browser.CallAsync(HttpMethod.Patch, Mine, new { language = "tlh" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.language_unknown");
        (await browser.CallAsync(HttpMethod.Patch, Mine, new { timeZone = "Mars/Olympus" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.time_zone_unknown");
        await using var super = await bed.OpenSuperAsync();
        (await super.ExecuteScalarAsync<string>("select name from identity.members where account_id = @Id", new { ada.Id })).ShouldBe("Ada L.");
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_links_and_is_told_by_mail()
    {
        var ada = await bed.MakeAccountAsync(places: (bed.Acme, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        using var other = await bed.SignInAsync(ada);
        var link = await bed.MakeLinkAsync(ada);
        (await browser.CallAsync(HttpMethod.Put, $"{Mine}/password", new { password = "an entirely new phrase" }, Cancel)).Status.ShouldBe(204);
        (await browser.GetAsync(Who, Cancel)).Status.ShouldBe(200);
        (await other.GetAsync(Who, Cancel)).Status.ShouldBe(401);
        using var third = bed.NewBrowser();
        (await third.PostAsync("/api/v1/identity/sign-in/link", new { token = link }, Cancel)).Status.ShouldBe(400);
        (await third.PostAsync(SignIn, new { email = ada.Email, password = PeopleTestBed.Password }, Cancel)).Status.ShouldBe(401);
        (await third.PostAsync(SignIn, new { email = ada.Email, password = "an entirely new phrase" }, Cancel)).Status.ShouldBe(200);
        (await bed.DeliverMailAsync(ada.Email)).ShouldContain(mail => mail.Subject == "Your password was changed");
    }

    [Fact]
    public async Task Ten_minutes_after_signing_in_a_password_is_changed_only_after_another_proof()
    {
        var ada = await bed.MakeAccountAsync(places: (bed.Acme, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        bed.Clock.Pass(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        (await browser.CallAsync(HttpMethod.Put, $"{Mine}/password", new { password = "an entirely new phrase" }, Cancel)).Body!["code"]!.ToString().ShouldBe("caller.confirmation_needed");
        (await browser.PostAsync("/api/v1/identity/confirm", new { password = "wrong" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.confirmation_failed");
        (await browser.PostAsync("/api/v1/identity/confirm", new { password = PeopleTestBed.Password }, Cancel)).Status.ShouldBe(204);
        browser.CsrfToken = (await browser.GetAsync(Who, Cancel)).Body!["csrfToken"]!.ToString();
        (await browser.CallAsync(HttpMethod.Put, $"{Mine}/password", new { password = "an entirely new phrase" }, Cancel)).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_new_address_is_proven_by_a_link_and_the_old_one_takes_it_back_with_all_a_thief_added()
    {
        var ada = await bed.MakeAccountAsync(places: (bed.Acme, Roles.Viewer));
        using var thief = await bed.SignInAsync(ada);
        var stolen = $"stolen-{ada.Id:N}@example.org";
        (await thief.PostAsync($"{Mine}/email", new { email = stolen }, Cancel)).Status.ShouldBe(202);
        (await thief.GetAsync(Mine, Cancel)).Body!["email"]!.ToString().ShouldBe(ada.Email);
        var token = await bed.ReadLinkAsync(stolen);
        var oldLink = await bed.MakeLinkAsync(ada);
        (await thief.PostAsync($"{Mine}/email/confirm", new { token }, Cancel)).Status.ShouldBe(204);
        (await thief.GetAsync(Mine, Cancel)).Body!["email"]!.ToString().ShouldBe(stolen);
        (await thief.PostAsync("/api/v1/identity/sign-in/link", new { token = oldLink }, Cancel)).Status.ShouldBe(400);
        var undo = await bed.ReadLinkAsync(ada.Email);
        (await thief.CallAsync(HttpMethod.Put, $"{Mine}/password", new { password = "a phrase of the thief" }, Cancel)).Status.ShouldBe(204);
        (await thief.PostAsync("/api/v1/identity/authenticator", cancel: Cancel)).Status.ShouldBe(200);

        using var owner = bed.NewBrowser();
        (await owner.PostAsync($"{Mine}/email/undo", new { token = undo }, Cancel)).Status.ShouldBe(204);
        (await thief.GetAsync(Who, Cancel)).Status.ShouldBe(401);
        using var again = bed.NewBrowser();
        (await again.PostAsync(SignIn, new { email = ada.Email, password = "a phrase of the thief" }, Cancel)).Status.ShouldBe(401);
        (await again.PostAsync("/api/v1/identity/recover", new { email = stolen }, Cancel)).Status.ShouldBe(202);
        (await bed.DeliverMailAsync(stolen)).ShouldNotContain(mail => mail.Subject == "Back into your account");
        await using var super = await bed.OpenSuperAsync();
        (await super.ExecuteScalarAsync<int>("select count(*)::int from identity.authenticators where account_id = @Id", new { ada.Id })).ShouldBe(0);
        (await super.ExecuteScalarAsync<string>("select email from identity.members where account_id = @Id", new { ada.Id })).ShouldBe(ada.Email);
    }

    [Fact]
    public async Task An_address_of_somebody_else_cannot_be_taken()
    {
        var (ada, bob) = (await bed.MakeAccountAsync(null), await bed.MakeAccountAsync(null));
        using var browser = await bed.SignInAsync(ada);
        (await browser.PostAsync($"{Mine}/email", new { email = bob.Email }, Cancel)).Status.ShouldBe(202);
        (await browser.PostAsync($"{Mine}/email/confirm", new { token = await bed.ReadLinkAsync(bob.Email) }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.email_taken");
    }

    [Fact]
    public async Task A_key_has_no_account()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var text = (await owner.PostAsync("/api/v1/identity/keys", new { name = "n", scopes = new[] { "*" } }, Cancel)).Body!["text"]!.ToString();
        using var program = bed.NewBrowser();
        program.Headers["Authorization"] = "Bearer " + text;
        (await program.GetAsync(Mine, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.not_a_person");
        (await program.CallAsync(HttpMethod.Put, $"{Mine}/password", new { password = "an entirely new phrase" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.not_a_person");
    }
}
