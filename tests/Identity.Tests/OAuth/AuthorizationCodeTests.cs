using System.Text.Json.Nodes;
using Dapper;
using Rialto.Identity.OAuth;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests.OAuth;

/// <summary>A program is let in by a person and acts for them: OAuth 2.1 with a code and its proof.</summary>
public sealed class AuthorizationCodeTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Who = "/api/v1/identity/who", Keys = "/api/v1/identity/keys";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ada_lets_a_program_in_and_it_may_what_it_asked_for_and_no_more()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var question = (await ada.GetAsync($"/api/v1/identity/consent?responseType=code&clientId={bot.Id}&scope=identity.read&codeChallenge={bot.Challenge}&codeChallengeMethod=S256", Cancel)).Body!;
        (question["app"]!.ToString(), question["maker"]!.ToString(), question["redirectsTo"]!.ToString()).ShouldBe(("Bot", "Acme", "https://bot.example"));
        question["scopes"]!.AsArray().Select(one => one!.ToString()).ShouldBe(["identity.read"]);

        var answer = await bot.AskAsync(ada);
        answer["state"].ShouldBe("s t&ate");
        answer["iss"].ShouldNotBeNullOrEmpty();
        var (status, tokens) = await bot.ForCodeAsync(answer["code"]!);
        status.ShouldBe(200);
        (tokens!["token_type"]!.ToString(), tokens["scope"]!.ToString(), (int)tokens["expires_in"]!).ShouldBe(("Bearer", "identity.read", 600));

        var access = tokens["access_token"]!.ToString();
        (await bot.CallAsync(access, Keys)).Status.ShouldBe(200);
        var who = (await bot.CallAsync(access, Who)).Body!;
        who["subject"]!.ToString().ShouldStartWith("user:");
        // Reading is what it asked for; looking after Ada's account is not.
        (await bot.CallAsync(access, "/api/v1/identity/grants")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_program_sees_the_organisation_it_was_let_into_and_no_other()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bob = await bed.SignInMemberAsync(bed.Other, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        await ada.PostAsync(Keys, new { name = "of Acme", scopes = new[] { "jobs.read" } }, Cancel);
        // Bob's people may let in a program that Ada's made: it acts behind Bob's wall.
        var (access, _) = await bot.LetInAsync(bob);
        (await bot.CallAsync(access, Keys)).Body!["items"]!.AsArray().ShouldNotContain(key => key!["name"]!.ToString() == "of Acme");
    }

    [Fact]
    public async Task A_code_holds_once_and_coming_twice_ends_what_the_first_got()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var code = (await bot.AskAsync(ada))["code"]!;
        var refresh = (await bot.ForCodeAsync(code)).Body!["refresh_token"]!.ToString();
        Error(await bot.ForCodeAsync(code)).ShouldBe((400, "invalid_grant"));
        Error(await bot.RefreshAsync(refresh)).ShouldBe((400, "invalid_grant"));
    }

    [Fact]
    public async Task A_code_without_its_proof_of_another_program_or_too_late_is_nothing()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        using var thief = await OAuthClient.MakeAsync(ada);
        thief.Verifier = bot.Verifier;
        var code = (await bot.AskAsync(ada))["code"]!;
        Error(await thief.ForCodeAsync(code)).ShouldBe((400, "invalid_grant"));
        Error(await bot.TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", "https://bot.example/back"))).ShouldBe((400, "invalid_grant"));
        Error(await bot.TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", "https://bot.example/back"), ("code_verifier", new string('a', 43)))).ShouldBe((400, "invalid_grant"));
        Error(await bot.ForCodeAsync(code, "https://bot.example/other")).ShouldBe((400, "invalid_grant"));
        Error(await bot.ForCodeAsync(code[..^1] + (code[^1] == 'A' ? 'B' : 'A'))).ShouldBe((400, "invalid_grant"));
        bed.Clock.Pass(TimeSpan.FromSeconds(61));
        Error(await bot.ForCodeAsync(code)).ShouldBe((400, "invalid_grant"));
    }

    [Theory]
    [InlineData("responseType", "token", "unsupported_response_type")]
    [InlineData("responseType", null, "unsupported_response_type")]
    [InlineData("codeChallenge", null, "invalid_request")]
    [InlineData("codeChallenge", "short", "invalid_request")]
    [InlineData("codeChallengeMethod", "plain", "invalid_request")]
    [InlineData("codeChallengeMethod", null, "invalid_request")]
    [InlineData("scope", "identity.write", "invalid_scope")]
    [InlineData("scope", "*", "invalid_scope")]
    [InlineData("allow", false, "access_denied")]
    public async Task A_wrong_request_goes_back_to_the_program_with_the_protocols_word(string field, object? value, string error)
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var request = bot.Request();
        request[field] = value;
        var answer = await bot.AskAsync(ada, request);
        (answer["error"], answer["code"], answer["state"]).ShouldBe((error, null, "s t&ate"));
    }

    [Theory]
    [InlineData("https://bot.example/back/")]
    [InlineData("https://bot.example/back?x=1")]
    [InlineData("https://bot.example/Back")]
    [InlineData("https://bot.example:443/back")]
    [InlineData("https://bot.example.evil.example/back")]
    [InlineData("https://bot.example/back/../elsewhere")]
    [InlineData("http://bot.example/back")]
    [InlineData("https://evil.example/back")]
    [InlineData("javascript:alert(1)")]
    public async Task Nothing_is_sent_to_an_address_that_was_not_registered_letter_by_letter(string uri)
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (status, body) = await ada.PostAsync("/api/v1/identity/consent", bot.Request(uri), Cancel);
        (status, body!["code"]!.ToString()).ShouldBe((400, "identity.redirect_unknown"));
    }

    [Fact]
    public async Task A_program_on_somebodys_machine_may_take_any_free_port_of_it()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var tool = await OAuthClient.MakeAsync(ada, isConfidential: false, redirectUris: ["http://127.0.0.1/back", "com.example.tool:/back"]);
        var code = (await tool.AskAsync(ada, tool.Request("http://127.0.0.1:51234/back")))["code"]!;
        (await tool.ForCodeAsync(code, "http://127.0.0.1:51234/back")).Status.ShouldBe(200);
        (await ada.PostAsync("/api/v1/identity/consent", tool.Request("http://127.0.0.1:51234/other"), Cancel)).Status.ShouldBe(400);
        (await ada.PostAsync("/api/v1/identity/consent", tool.Request("http://127.0.0.1.evil.example:80/back"), Cancel)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("http://bot.example/back")]
    [InlineData("https://bot.example/*")]
    [InlineData("https://user@bot.example/back")]
    [InlineData("https://bot.example/back#part")]
    [InlineData("https://bot.example/a/../back")]
    [InlineData("http://localhost/back")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("/back")]
    [InlineData("bot:/back")]
    [InlineData("")]
    public void Some_addresses_cannot_be_registered(string uri) => Should.Throw<Refusal>(() => RedirectUri.Require(uri), uri).Code.ShouldBe("identity.redirect_invalid");

    [Fact]
    public async Task A_viewers_program_gets_what_the_viewer_has_and_loses_it_with_them()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(owner, scopes: ["identity.read", "identity.write"]);
        var person = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var viewer = await bed.SignInAsync(person);
        var tokens = (await bot.ForCodeAsync((await bot.AskAsync(viewer))["code"]!)).Body!;
        tokens["scope"]!.ToString().ShouldBe("identity.read");
        await using (var super = await bed.OpenSuperAsync()) await super.ExecuteAsync("update identity.members set role = 'guest' where account_id = @Id", new { person.Id });
        Error(await bot.RefreshAsync(tokens["refresh_token"]!.ToString())).ShouldBe((400, "invalid_grant"));
    }

    [Fact]
    public async Task Ada_sees_who_is_in_and_shuts_them_out()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var other = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (_, refresh) = await bot.LetInAsync(ada);
        var grant = (await ada.GetAsync("/api/v1/identity/grants", Cancel)).Body!["items"]!.AsArray().ShouldHaveSingleItem()!;
        grant["name"]!.ToString().ShouldBe("Bot");
        (await other.GetAsync("/api/v1/identity/grants", Cancel)).Body!["items"]!.AsArray().ShouldBeEmpty();
        (await other.PostAsync($"/api/v1/identity/grants/{grant["id"]}/end", cancel: Cancel)).Status.ShouldBe(404);
        (await ada.PostAsync($"/api/v1/identity/grants/{grant["id"]}/end", cancel: Cancel)).Status.ShouldBe(204);
        Error(await bot.RefreshAsync(refresh)).ShouldBe((400, "invalid_grant"));
        (await ada.GetAsync("/api/v1/identity/grants", Cancel)).Body!["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_database_keeps_no_code_no_secret_and_no_token()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var code = (await bot.AskAsync(ada))["code"]!;
        var body = (await bot.ForCodeAsync(code)).Body!;
        await using var super = await bed.OpenSuperAsync();
        string[] secrets = [code, bot.Secret!, body["access_token"]!.ToString(), body["refresh_token"]!.ToString()];
        foreach (var table in await super.QueryAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('identity', 'kernel')"))
            foreach (var row in await super.QueryAsync<string>($"select row_to_json(one)::text from {table} one"))
                foreach (var secret in secrets) row.ShouldNotContain(secret);
    }

    [Fact]
    public void The_example_of_RFC_7636_proves_itself()
    {
        const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        Pkce.IsChallenge(Challenge).ShouldBeTrue();
        Pkce.IsProof(Verifier, Challenge).ShouldBeTrue();
        foreach (var wrong in new[] { Verifier[..42], Verifier + "=", Verifier + " ", Verifier.ToUpperInvariant(), new string('a', 129), "", null, Challenge }) Pkce.IsProof(wrong, Challenge).ShouldBeFalse(wrong);
    }

    private static (int Status, string Error) Error((int Status, JsonNode? Body) answer) => (answer.Status, answer.Body!["error"]!.ToString());
}
