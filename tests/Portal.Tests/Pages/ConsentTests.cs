using System.Text.Json.Nodes;
using System.Web;
using Shouldly;

namespace Rialto.Portal.Tests;

/// <summary>A program sends somebody's browser here; they let it in, refuse it, or are warned.</summary>
public sealed class ConsentTests(PortalTestBed bed) : IClassFixture<PortalTestBed>
{
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    [Fact]
    public async Task Somebody_lets_a_program_in_by_its_page_and_it_gets_its_tokens()
    {
        using var ada = await bed.SignInAsync();
        var app = await AppAsync("https://bot.example/back");
        var page = await ada.GetAsync(Request(app));
        page.Status.ShouldBe(200, page.Text);
        page.Main.ShouldContain("Let Bot <i>in</i> in?");
        page.Main.ShouldContain("https://bot.example");
        page.Document.QuerySelectorAll("main code").Select(code => code.TextContent).ShouldContain("identity.read");

        var answer = await ada.SubmitAsync(page, "/oauth/authorize", ("allow", "yes"));
        answer.Status.ShouldBe(200, answer.Text);
        var back = new Uri(answer.Document.QuerySelector("main a.button")!.GetAttribute("href")!);
        answer.Headers["Refresh"].ShouldBe("0;url=" + back.OriginalString);
        back.GetLeftPart(UriPartial.Path).ShouldBe("https://bot.example/back");
        var fields = HttpUtility.ParseQueryString(back.Query);
        fields["state"].ShouldBe("a b&c");
        var tokens = await ada.PostAsync("/oauth/token", ("grant_type", "authorization_code"), ("client_id", app), ("code", fields["code"]!), ("redirect_uri", "https://bot.example/back"), ("code_verifier", Verifier));
        JsonNode.Parse(tokens.Text)!["refresh_token"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_refusal_goes_back_as_one_and_a_wrong_request_is_told_before_anything_is_allowed()
    {
        using var ada = await bed.SignInAsync();
        var app = await AppAsync("https://bot.example/back");
        var answer = await ada.SubmitAsync(await ada.GetAsync(Request(app)), "/oauth/authorize", ("allow", "no"));
        answer.Document.QuerySelector("main a.button")!.GetAttribute("href")!.ShouldContain("error=access_denied");
        var wrong = await ada.GetAsync(Request(app).Replace("S256", "plain", StringComparison.Ordinal));
        wrong.Status.ShouldBe(400);
        wrong.Document.QuerySelector("form[action='/oauth/authorize']").ShouldBeNull();
        wrong.Headers.ContainsKey("Refresh").ShouldBeFalse();
        var elsewhere = await ada.GetAsync(Request(app).Replace("bot.example", "evil.example", StringComparison.Ordinal));
        elsewhere.Status.ShouldBe(400);
        elsewhere.Text.ShouldNotContain("href=\"https://evil.example");
    }

    [Fact]
    public async Task A_stranger_signs_in_first_and_comes_back_to_the_question()
    {
        using var stranger = bed.Stranger();
        var sent = await stranger.GetAsync("/oauth/authorize?client_id=x&scope=a%20b");
        sent.Status.ShouldBeRedirect();
        sent.Location!.ShouldStartWith("/sign-in?return=");
        Uri.UnescapeDataString(sent.Location!).ShouldContain("/oauth/authorize?client_id=x");
    }

    [Fact]
    public async Task A_device_is_let_in_by_the_code_it_shows()
    {
        using var ada = await bed.SignInAsync();
        var app = await AppAsync();
        var begun = JsonNode.Parse((await ada.PostAsync("/oauth/device", ("client_id", app))).Text)!;
        var code = begun["user_code"]!.ToString();
        var shown = await ada.SubmitAsync(await ada.GetAsync("/device"), "/device", ("code", code.ToLowerInvariant()));
        shown.Main.ShouldContain("Let Bot <i>in</i> in?");
        var done = await ada.SubmitAndFollowAsync(shown, "/device", ("allow", "yes"));
        done.Notice.ShouldBe("The program is in. It goes on by itself.");
        var tokens = await ada.PostAsync("/oauth/token", ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", app), ("device_code", begun["device_code"]!.ToString()));
        JsonNode.Parse(tokens.Text)!["access_token"].ShouldNotBeNull();
        var unknown = await ada.SubmitAsync(await ada.GetAsync("/device"), "/device", ("code", "BBBB-BBBB"));
        unknown.Notice!.ShouldContain("No program waits with this code");
    }

    private static string Request(string app) =>
        $"/oauth/authorize?response_type=code&client_id={app}&redirect_uri=https%3A%2F%2Fbot.example%2Fback&scope=identity.read&state=a%20b%26c&code_challenge={Challenge}&code_challenge_method=S256";

    private async Task<string> AppAsync(params string[] redirectUris)
    {
        var id = Guid.CreateVersion7();
        await bed.AskAsync<object>(
            "insert into identity.apps (tenant_id, id, organisation_id, name, redirect_uris, scopes, created_by) select tenant_id, @id, id, 'Bot <i>in</i>', @redirectUris, array['identity.read'], 'test' from identity.organisations where handle = 'acme' returning id",
            new { id, redirectUris });
        return id.ToString();
    }
}
