using System.Text.Json.Nodes;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class PasskeyTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Passkeys = "/api/v1/identity/passkeys", SignIn = "/api/v1/identity/sign-in/passkey", Who = "/api/v1/identity/who";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("none")]
    [InlineData("packed")]
    public async Task A_passkey_is_made_and_signs_in_without_a_name_and_without_a_code(string format)
    {
        using var authenticator = new SoftwareAuthenticator { Format = format };
        var (ada, owner) = await MakeAsync(authenticator);
        using var browser = bed.NewBrowser();
        var (status, step) = await UseAsync(browser, authenticator);
        (status, step!["next"]!.ToString()).ShouldBe((200, "done"));
        var (_, who) = await browser.GetAsync(Who, Cancel);
        who!["account"]!["id"]!.ToString().ShouldBe(ada.Id.ToString());
        var listed = (await owner.GetAsync(Passkeys, Cancel)).Body!["items"]!.AsArray().ShouldHaveSingleItem()!;
        (listed["name"]!.ToString(), listed["lastUsedAt"] is not null).ShouldBe(("Laptop", true));
        (await UseAsync(browser, authenticator)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData(PasskeyFault.OtherOrigin)]
    [InlineData(PasskeyFault.CrossOrigin)]
    [InlineData(PasskeyFault.OtherChallenge)]
    [InlineData(PasskeyFault.OtherType)]
    [InlineData(PasskeyFault.OtherServer)]
    [InlineData(PasskeyFault.NotPresent)]
    [InlineData(PasskeyFault.NotVerified)]
    public async Task A_new_passkey_with_a_fault_is_refused(PasskeyFault fault)
    {
        using var authenticator = new SoftwareAuthenticator();
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        var question = await BeginAsync(browser, $"{Passkeys}/begin");
        var (status, body) = await browser.PostAsync(Passkeys, new { ticket = question.Ticket, credential = authenticator.Create(question.Options, browser.Server, fault) }, Cancel);
        (status, body!["code"]!.ToString()).ShouldBe((422, "identity.passkey_refused"));
        (await browser.GetAsync(Passkeys, Cancel)).Body!["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("packed", true)]
    [InlineData("tpm", false)]
    [InlineData("made-up", false)]
    public async Task A_statement_that_does_not_hold_is_refused(string format, bool isForged)
    {
        using var authenticator = new SoftwareAuthenticator { Format = format, IsStatementForged = isForged };
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        var question = await BeginAsync(browser, $"{Passkeys}/begin");
        (await browser.PostAsync(Passkeys, new { ticket = question.Ticket, credential = authenticator.Create(question.Options, browser.Server) }, Cancel)).Status.ShouldBe(422);
    }

    [Theory]
    [InlineData(PasskeyFault.OtherOrigin)]
    [InlineData(PasskeyFault.CrossOrigin)]
    [InlineData(PasskeyFault.OtherChallenge)]
    [InlineData(PasskeyFault.OtherType)]
    [InlineData(PasskeyFault.OtherServer)]
    [InlineData(PasskeyFault.NotPresent)]
    [InlineData(PasskeyFault.NotVerified)]
    [InlineData(PasskeyFault.BadSignature)]
    [InlineData(PasskeyFault.OldCounter)]
    public async Task Signing_in_with_a_fault_is_refused(PasskeyFault fault)
    {
        using var authenticator = new SoftwareAuthenticator();
        await MakeAsync(authenticator);
        using var browser = bed.NewBrowser();
        var (status, body) = await UseAsync(browser, authenticator, fault);
        (status, body!["code"]!.ToString()).ShouldBe((422, "identity.passkey_refused"));
        browser.Cookies.GetAllCookies().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_passkey_nobody_knows_does_not_sign_in_and_an_answer_is_taken_once()
    {
        using var stranger = new SoftwareAuthenticator();
        using var authenticator = new SoftwareAuthenticator();
        await MakeAsync(authenticator);
        using var browser = bed.NewBrowser();
        (await UseAsync(browser, stranger)).Status.ShouldBe(422);
        var question = await BeginAsync(browser, $"{SignIn}/begin");
        var credential = authenticator.Get(question.Options, browser.Server);
        (await browser.PostAsync(SignIn, new { ticket = question.Ticket, credential }, Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync(SignIn, new { ticket = question.Ticket, credential }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
        var late = await BeginAsync(browser, $"{SignIn}/begin");
        bed.Clock.Pass(TimeSpan.FromSeconds(301));
        (await browser.PostAsync(SignIn, new { ticket = late.Ticket, credential = authenticator.Get(late.Options, browser.Server) }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
    }

    [Fact]
    public async Task A_ticket_of_somebody_else_makes_no_passkey()
    {
        using var authenticator = new SoftwareAuthenticator();
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        using var bob = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        var question = await BeginAsync(ada, $"{Passkeys}/begin");
        (await bob.PostAsync(Passkeys, new { ticket = question.Ticket, credential = authenticator.Create(question.Options, bob.Server) }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
    }

    [Fact]
    public async Task The_same_credential_cannot_be_kept_for_a_second_account()
    {
        using var authenticator = new SoftwareAuthenticator();
        await MakeAsync(authenticator);
        using var other = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        var question = await BeginAsync(other, $"{Passkeys}/begin");
        (await other.PostAsync(Passkeys, new { ticket = question.Ticket, credential = authenticator.Create(question.Options, other.Server) }, Cancel)).Status.ShouldBe(422);
    }

    [Fact]
    public async Task A_passkey_is_named_and_taken_off_by_its_owner_only_after_a_recent_proof()
    {
        using var authenticator = new SoftwareAuthenticator();
        var (account, owner) = await MakeAsync(authenticator);
        using var stranger = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var id = (await owner.GetAsync(Passkeys, Cancel)).Body!["items"]![0]!["id"]!.ToString();
        (await owner.CallAsync(HttpMethod.Patch, $"{Passkeys}/{id}", new { name = "Key ring" }, Cancel)).Status.ShouldBe(204);
        (await stranger.CallAsync(HttpMethod.Patch, $"{Passkeys}/{id}", new { name = "Mine" }, Cancel)).Status.ShouldBe(404);
        (await stranger.CallAsync(HttpMethod.Delete, $"{Passkeys}/{id}", null, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.passkey_not_found");
        bed.Clock.Pass(TimeSpan.FromMinutes(11));
        (await owner.CallAsync(HttpMethod.Delete, $"{Passkeys}/{id}", null, Cancel)).Body!["code"]!.ToString().ShouldBe("caller.confirmation_needed");
        // Signing in by the passkey is such a proof.
        (await UseAsync(owner, authenticator)).Status.ShouldBe(200);
        owner.CsrfToken = (await owner.GetAsync(Who, Cancel)).Body!["csrfToken"]!.ToString();
        (await owner.CallAsync(HttpMethod.Delete, $"{Passkeys}/{id}", null, Cancel)).Status.ShouldBe(204);
        using var browser = bed.NewBrowser();
        (await UseAsync(browser, authenticator)).Status.ShouldBe(422);
        (await bed.DeliverMailAsync(account.Email)).Count(mail => mail.Subject.StartsWith("The proofs", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","response":{},"clientExtensionResults":{}}""")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"////","authenticatorData":"AA","signature":"AA","userHandle":"AA"},"clientExtensionResults":{}}""")]
    public async Task What_is_no_credential_is_refused_and_breaks_nothing(string credential)
    {
        using var browser = bed.NewBrowser();
        var question = await BeginAsync(browser, $"{SignIn}/begin");
        (await browser.PostAsync(SignIn, new { ticket = question.Ticket, credential = JsonNode.Parse(credential) }, Cancel)).Status.ShouldBe(422);
    }

    private static async Task<(string Ticket, JsonObject Options)> BeginAsync(BrowserClient browser, string path)
    {
        var (status, body) = await browser.PostAsync(path, cancel: Cancel);
        status.ShouldBe(200);
        return (body!["ticket"]!.ToString(), body["options"]!.AsObject());
    }

    private static async Task<(int Status, JsonNode? Body)> UseAsync(BrowserClient browser, SoftwareAuthenticator authenticator, PasskeyFault fault = PasskeyFault.None)
    {
        var question = await BeginAsync(browser, $"{SignIn}/begin");
        question.Options["userVerification"]!.ToString().ShouldBe("required");
        return await browser.PostAsync(SignIn, new { ticket = question.Ticket, credential = authenticator.Get(question.Options, browser.Server, fault) }, Cancel);
    }

    private async Task<(Account Account, BrowserClient Owner)> MakeAsync(SoftwareAuthenticator authenticator)
    {
        var account = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        var browser = await bed.SignInAsync(account);
        var question = await BeginAsync(browser, $"{Passkeys}/begin");
        var (status, body) = await browser.PostAsync(Passkeys, new { ticket = question.Ticket, name = "Laptop", credential = authenticator.Create(question.Options, browser.Server) }, Cancel);
        status.ShouldBe(204, body?.ToJsonString());
        return (account, browser);
    }
}
