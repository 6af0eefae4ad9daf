using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Identity.Tokens;
using Shouldly;

namespace Rialto.Identity.Tests.OAuth;

/// <summary>Programs for themselves, without a browser, and what they may ask about tokens.</summary>
public sealed class ProgramTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Keys = "/api/v1/identity/keys";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_with_a_secret_acts_for_its_organisation()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (status, body) = await bot.TokenAsync(("grant_type", "client_credentials"));
        status.ShouldBe(200);
        body!["refresh_token"].ShouldBeNull();
        (await bot.CallAsync(body["access_token"]!.ToString(), Keys)).Status.ShouldBe(200);
        (await bot.CallAsync(body["access_token"]!.ToString(), "/api/v1/identity/who")).Body!["subject"]!.ToString().ShouldBe("app:" + bot.Id);
        using var open = await OAuthClient.MakeAsync(ada, isConfidential: false);
        Error(await open.TokenAsync(("grant_type", "client_credentials"))).ShouldBe((400, "unauthorized_client"));
    }

    [Fact]
    public async Task A_wrong_secret_no_secret_and_a_stranger_are_answered_alike()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        using var stranger = new OAuthClient(ada.Server, Guid.NewGuid().ToString(), "secret");
        using var named = new OAuthClient(ada.Server, "bot", "secret");
        var right = bot.Secret;
        bot.Secret = "wrong";
        var answers = new List<string> { (await bot.TokenAsync(("grant_type", "client_credentials"))).Body!.ToJsonString(), (await stranger.TokenAsync(("grant_type", "client_credentials"))).Body!.ToJsonString(), (await named.TokenAsync(("grant_type", "client_credentials"))).Body!.ToJsonString() };
        bot.Secret = null;
        answers.Add((await bot.TokenAsync(("grant_type", "client_credentials"))).Body!.ToJsonString());
        answers.Distinct().ShouldHaveSingleItem().ShouldContain("invalid_client");
        (await bot.TokenAsync(("grant_type", "client_credentials"), ("client_id", bot.Id), ("client_secret", right!))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_new_secret_ends_the_old_one_and_a_deleted_program_is_unknown()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bob = await bed.SignInMemberAsync(bed.Other, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        (await bob.PostAsync($"/api/v1/identity/apps/{bot.Id}/secret", cancel: Cancel)).Status.ShouldBe(404);
        (await bob.CallAsync(HttpMethod.Delete, $"/api/v1/identity/apps/{bot.Id}", cancel: Cancel)).Status.ShouldBe(404);
        var old = bot.Secret;
        bot.Secret = (await ada.PostAsync($"/api/v1/identity/apps/{bot.Id}/secret", cancel: Cancel)).Body!["secret"]!.ToString();
        (await bot.TokenAsync(("grant_type", "client_credentials"))).Status.ShouldBe(200);
        (bot.Secret, old) = (old, bot.Secret);
        (await bot.TokenAsync(("grant_type", "client_credentials"))).Status.ShouldBe(401);
        bot.Secret = old;
        (await ada.CallAsync(HttpMethod.Delete, $"/api/v1/identity/apps/{bot.Id}", cancel: Cancel)).Status.ShouldBe(204);
        (await bot.TokenAsync(("grant_type", "client_credentials"))).Status.ShouldBe(401);
        (await ada.GetAsync("/api/v1/identity/apps", Cancel)).Body!["items"]!.AsArray().ShouldNotContain(one => one!["id"]!.ToString() == bot.Id);
    }

    [Fact]
    public async Task Nobody_makes_a_program_that_may_more_than_they()
    {
        using var admin = await bed.SignInMemberAsync(bed.Acme, Roles.Admin);
        var (status, body) = await admin.PostAsync("/api/v1/identity/apps", new { name = "All", redirectUris = Array.Empty<string>(), scopes = new[] { "*" }, isConfidential = true }, Cancel);
        (status, body!["code"]!.ToString()).ShouldBe((403, "identity.scope_not_held"));
    }

    [Fact]
    public async Task A_device_is_let_in_by_its_code()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var television = await OAuthClient.MakeAsync(ada, isConfidential: false, redirectUris: []);
        var begun = (await television.FormAsync("/oauth/device", ("scope", "identity.read"))).Body!;
        var (device, code) = (begun["device_code"]!.ToString(), begun["user_code"]!.ToString());
        code.ShouldMatch("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$");
        Error(await PollAsync(television, device)).ShouldBe((400, "authorization_pending"));
        // Asked again at once: told to be slower, and it must be.
        Error(await PollAsync(television, device)).ShouldBe((400, "slow_down"));
        bed.Clock.Pass(TimeSpan.FromSeconds(11));
        // As people type it.
        var typed = code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant();
        (await ada.GetAsync($"/api/v1/identity/devices/{Uri.EscapeDataString(typed)}", Cancel)).Body!["app"]!.ToString().ShouldBe("Bot");
        (await ada.PostAsync($"/api/v1/identity/devices/{code}", new { allow = true }, Cancel)).Status.ShouldBe(204);
        var (status, tokens) = await PollAsync(television, device);
        status.ShouldBe(200, tokens!.ToJsonString());
        (await television.CallAsync(tokens["access_token"]!.ToString(), Keys)).Status.ShouldBe(200);
        bed.Clock.Pass(TimeSpan.FromSeconds(11));
        Error(await PollAsync(television, device)).ShouldBe((400, "invalid_grant"));
        (await ada.PostAsync($"/api/v1/identity/devices/{code}", new { allow = true }, Cancel)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_device_that_is_refused_too_late_or_made_up_gets_nothing()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var television = await OAuthClient.MakeAsync(ada, isConfidential: false, redirectUris: []);
        using var other = await OAuthClient.MakeAsync(ada, isConfidential: false, redirectUris: []);
        var refused = (await television.FormAsync("/oauth/device")).Body!;
        Error(await PollAsync(other, refused["device_code"]!.ToString())).ShouldBe((400, "invalid_grant"));
        (await ada.PostAsync($"/api/v1/identity/devices/{refused["user_code"]}", new { allow = false }, Cancel)).Status.ShouldBe(204);
        Error(await PollAsync(television, refused["device_code"]!.ToString())).ShouldBe((400, "access_denied"));
        var late = (await television.FormAsync("/oauth/device")).Body!;
        bed.Clock.Pass(TimeSpan.FromMinutes(11));
        Error(await PollAsync(television, late["device_code"]!.ToString())).ShouldBe((400, "expired_token"));
        (await ada.GetAsync($"/api/v1/identity/devices/{late["user_code"]}", Cancel)).Status.ShouldBe(404);
        Error(await PollAsync(television, "made up")).ShouldBe((400, "invalid_grant"));
    }

    [Fact]
    public async Task A_program_asks_about_its_own_tokens_and_learns_nothing_of_others()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        using var other = await OAuthClient.MakeAsync(ada);
        var (access, refresh) = await bot.LetInAsync(ada);
        var fact = (await bot.FormAsync("/oauth/introspect", ("token", access))).Body!;
        ((bool)fact["active"]!, fact["scope"]!.ToString(), fact["client_id"]!.ToString()).ShouldBe((true, "identity.read", bot.Id));
        ((bool)(await bot.FormAsync("/oauth/introspect", ("token", refresh))).Body!["active"]!).ShouldBeTrue();
        foreach (var token in new[] { access, refresh, "made up", access[..^2] + "AA" })
            (await other.FormAsync("/oauth/introspect", ("token", token))).Body!.ToJsonString().ShouldBe("""{"active":false}""");
        // Another program cannot end it either, and is not told.
        (await other.FormAsync("/oauth/revoke", ("token", refresh))).Status.ShouldBe(200);
        (await other.FormAsync("/oauth/revoke", ("token", access))).Status.ShouldBe(200);
        ((bool)(await bot.FormAsync("/oauth/introspect", ("token", refresh))).Body!["active"]!).ShouldBeTrue();
        (await bot.FormAsync("/oauth/revoke", ("token", access))).Status.ShouldBe(200);
        ((bool)(await bot.FormAsync("/oauth/introspect", ("token", access))).Body!["active"]!).ShouldBeFalse();
        Error(await bot.RefreshAsync(refresh)).ShouldBe((400, "invalid_grant"));
    }

    [Fact]
    public async Task The_keys_that_are_shown_check_the_tokens_that_are_given()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (access, _) = await bot.LetInAsync(ada);
        using var http = new HttpClient { BaseAddress = ada.Server };
        var text = await http.GetStringAsync("/.well-known/jwks.json", Cancel);
        text.ShouldNotContain("\"d\"");
        using var document = JsonDocument.Parse(text);
        var keys = document.RootElement.GetProperty("keys").EnumerateArray().Select(key => VerificationKey.FromJwk(key)!).ToArray();
        var described = JsonNode.Parse(await http.GetStringAsync("/.well-known/oauth-authorization-server", Cancel))!;
        var check = new TokenCheck { Issuer = described["issuer"]!.ToString(), Audience = described["issuer"]!.ToString(), Keys = keys, Type = "at+jwt", Algorithms = new HashSet<SignatureAlgorithm> { SignatureAlgorithm.ES256 } };
        check.Verify(access, bed.Clock.GetUtcNow()).Needed("client_id").ShouldBe(bot.Id);
        described["code_challenge_methods_supported"]!.AsArray().Select(one => one!.ToString()).ShouldBe(["S256"]);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("implicit")]
    [InlineData("")]
    public async Task What_OAuth_2_1_left_out_is_left_out(string grant)
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        Error(await bot.TokenAsync(("grant_type", grant), ("username", "ada"), ("password", "x"))).ShouldBe((400, "unsupported_grant_type"));
        Error(await bot.TokenAsync(("grant_type", "client_credentials"), ("grant_type", "client_credentials"))).ShouldBe((400, "invalid_request"));
    }

    private static Task<(int Status, JsonNode? Body)> PollAsync(OAuthClient program, string device) =>
        program.TokenAsync(("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device));

    private static (int Status, string Error) Error((int Status, JsonNode? Body) answer) => (answer.Status, answer.Body!["error"]!.ToString());
}
