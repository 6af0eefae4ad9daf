using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class SessionTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Sessions = "/api/v1/identity/sessions", Who = "/api/v1/identity/who";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sessions_are_listed_named_and_ended_by_their_owner_only()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var laptop = await bed.SignInAsync(ada);
        using var phone = await bed.SignInAsync(ada);
        using var stranger = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var items = (await laptop.GetAsync(Sessions, Cancel)).Body!["items"]!.AsArray();
        items.Count.ShouldBe(2);
        items.Count(one => (bool)one!["isCurrent"]!).ShouldBe(1);
        var other = items.Single(one => !(bool)one!["isCurrent"]!)!["id"]!.ToString();

        (await laptop.CallAsync(HttpMethod.Patch, $"{Sessions}/{other}", new { name = "Phone" }, Cancel)).Status.ShouldBe(204);
        (await laptop.GetAsync(Sessions, Cancel)).Body!["items"]!.AsArray().Select(one => one!["name"]!.ToString()).ShouldContain("Phone");
        (await stranger.CallAsync(HttpMethod.Patch, $"{Sessions}/{other}", new { name = "Mine" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.session_not_found");
        (await stranger.PostAsync($"{Sessions}/{other}/end", cancel: Cancel)).Status.ShouldBe(404);
        (await stranger.GetAsync(Sessions, Cancel)).Body!["items"]!.AsArray().Count.ShouldBe(1);

        (await phone.GetAsync(Who, Cancel)).Status.ShouldBe(200);
        (await laptop.PostAsync($"{Sessions}/{other}/end", cancel: Cancel)).Status.ShouldBe(204);
        (await phone.GetAsync(Who, Cancel)).Status.ShouldBe(401);
        (await laptop.PostAsync($"{Sessions}/{other}/end", cancel: Cancel)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task All_other_sessions_end_at_once()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var here = await bed.SignInAsync(ada);
        using var there = await bed.SignInAsync(ada);
        (await here.PostAsync($"{Sessions}/end-others", cancel: Cancel)).Status.ShouldBe(204);
        (await there.GetAsync(Who, Cancel)).Status.ShouldBe(401);
        (await here.GetAsync(Who, Cancel)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_session_that_is_not_used_ends_and_one_that_is_used_ends_as_well_in_the_end()
    {
        using var idle = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        using var busy = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        for (var hour = 0; hour < 23; hour++)
        {
            bed.Clock.Pass(TimeSpan.FromHours(1));
            (await busy.GetAsync(Who, Cancel)).Status.ShouldBe(200, $"after {hour + 1} hours");
            if (hour == 8) (await idle.GetAsync(Who, Cancel)).Status.ShouldBe(401);
        }
        bed.Clock.Pass(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        (await busy.GetAsync(Who, Cancel)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task What_ends_on_one_node_ends_on_the_others_within_five_seconds()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        await using var second = await bed.StartSecondNodeAsync();
        using var there = new BrowserClient(second.Anonymous().BaseAddress!);
        var cookie = browser.Cookies.GetAllCookies().Single();
        there.Cookies.Add(there.Server, new System.Net.Cookie(cookie.Name, cookie.Value));
        (await there.GetAsync(Who, Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync("/api/v1/identity/sign-out", cancel: Cancel)).Status.ShouldBe(204);
        bed.Clock.Pass(TimeSpan.FromSeconds(5));
        (await there.GetAsync(Who, Cancel)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_key_has_no_sessions()
    {
        using var owner = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        var text = (await owner.PostAsync("/api/v1/identity/keys", new { name = "n", scopes = new[] { "*" } }, Cancel)).Body!["text"]!.ToString();
        using var program = bed.NewBrowser();
        program.Headers["Authorization"] = "Bearer " + text;
        foreach (var (method, path) in new[] { (HttpMethod.Get, Sessions), (HttpMethod.Post, $"{Sessions}/end-others"), (HttpMethod.Post, "/api/v1/identity/sign-out"), (HttpMethod.Get, "/api/v1/identity/organisations") })
            (await program.CallAsync(method, path, null, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.not_a_person", path);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15", "Safari, macOS")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36", "Chrome, Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1", "Safari, iPhone")]
    [InlineData("curl/8.7.1", "curl")]
    [InlineData("", "Unknown program")]
    public void A_session_is_called_after_its_browser(string agent, string name) => BrowserName.Of(agent).ShouldBe(name);
}
