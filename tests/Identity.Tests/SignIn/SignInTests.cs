using Dapper;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class SignInTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string SignIn = "/api/v1/identity/sign-in", ByLink = "/api/v1/identity/sign-in/link", Who = "/api/v1/identity/who", Keys = "/api/v1/identity/keys";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ada_signs_in_by_password_works_in_her_organisation_and_signs_out()
    {
        var ada = await bed.MakeAccountAsync(places: (bed.Acme, Roles.Owner));
        using var browser = bed.NewBrowser();
        var (status, step) = await browser.PostAsync(SignIn, new { email = ada.Email.ToUpperInvariant(), password = PeopleTestBed.Password }, Cancel);
        (status, step!["next"]!.ToString()).ShouldBe((200, "done"));
        var (_, who) = await browser.GetAsync(Who, Cancel);
        who!["subject"]!.ToString().ShouldBe($"user:{ada.Id}");
        (who["account"]!["email"]!.ToString(), who["organisation"]!["handle"]!.ToString(), who["role"]!.ToString()).ShouldBe((ada.Email, "acme", "owner"));
        browser.CsrfToken = who["csrfToken"]!.ToString();
        (await browser.GetAsync(Keys, Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync("/api/v1/identity/sign-out", cancel: Cancel)).Status.ShouldBe(204);
        browser.Cookies.GetAllCookies().ShouldBeEmpty();
        (await browser.GetAsync(Who, Cancel)).Body!["code"]!.ToString().ShouldBe("caller.unknown");
    }

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_signing_out()
    {
        using var browser = await bed.SignInMemberAsync(bed.Acme, Roles.Viewer);
        var cookie = browser.Cookies.GetAllCookies().ShouldHaveSingleItem();
        using var thief = bed.NewBrowser();
        thief.Cookies.Add(thief.Server, new System.Net.Cookie(cookie.Name, cookie.Value));
        (await thief.GetAsync(Who, Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync("/api/v1/identity/sign-out", cancel: Cancel)).Status.ShouldBe(204);
        (await thief.GetAsync(Who, Cancel)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_address_and_an_account_without_password_get_the_same_answer()
    {
        var (known, bare) = (await bed.MakeAccountAsync(), await bed.MakeAccountAsync(password: null));
        var answers = new List<string>();
        foreach (var email in new[] { known.Email, bare.Email, "nobody@example.org", "no address at all" })
        {
            using var browser = bed.NewBrowser();
            var (status, body) = await browser.PostAsync(SignIn, new { email, password = "wrong horse battery staple" }, Cancel);
            body!.AsObject().Remove("traceId");
            answers.Add($"{status} {body.ToJsonString()} {browser.AnswerHeaders["Set-Cookie"].Count()}");
        }
        answers.Distinct().ShouldHaveSingleItem().ShouldStartWith("401");
        answers[0].ShouldContain("identity.sign_in_failed");
    }

    [Fact]
    public async Task For_an_unknown_address_the_same_work_is_done_as_for_a_wrong_password()
    {
        // The work is counted, not timed: a clock would make this test guess.
        var rounds = PasswordHash.RoundsDone;
        await PasswordHash.CheckAsync("x", null, PasswordHash.FewestRounds, Cancel);
        var unknown = PasswordHash.RoundsDone - rounds;
        unknown.ShouldBeGreaterThanOrEqualTo(PasswordHash.FewestRounds);
    }

    [Fact]
    public async Task A_link_signs_in_once()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        var token = await bed.MakeLinkAsync(ada);
        using (var browser = bed.NewBrowser()) (await browser.PostAsync(ByLink, new { token }, Cancel)).Status.ShouldBe(200);
        using var second = bed.NewBrowser();
        var (status, body) = await second.PostAsync(ByLink, new { token }, Cancel);
        (status, body!["code"]!.ToString()).ShouldBe((400, "identity.link_invalid"));
    }

    [Fact]
    public async Task Of_ten_browsers_with_one_link_exactly_one_gets_in()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        var token = await bed.MakeLinkAsync(ada);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var browser = bed.NewBrowser();
            return (await browser.PostAsync(ByLink, new { token }, Cancel)).Status;
        }));
        statuses.Count(status => status == 200).ShouldBe(1);
        statuses.Count(status => status == 400).ShouldBe(9);
    }

    [Fact]
    public async Task A_link_for_something_else_and_one_whose_time_is_over_do_not_sign_in()
    {
        var ada = await bed.MakeAccountAsync(null);
        using var browser = bed.NewBrowser();
        foreach (var purpose in Enum.GetValues<LinkPurpose>().Where(one => one is not (LinkPurpose.SignIn or LinkPurpose.Recover or LinkPurpose.Register)))
            (await browser.PostAsync(ByLink, new { token = await bed.MakeLinkAsync(ada, purpose) }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid", purpose.ToString());
        var token = await bed.MakeLinkAsync(ada);
        bed.Clock.Pass(TimeSpan.FromMinutes(16));
        (await browser.PostAsync(ByLink, new { token }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("' or 1=1 --                                 ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_link_is_refused(string token)
    {
        using var browser = bed.NewBrowser();
        (await browser.PostAsync(ByLink, new { token }, Cancel)).Status.ShouldBe(400);
        browser.Cookies.GetAllCookies().ShouldBeEmpty();
    }

    [Fact]
    public async Task Signing_in_again_gives_a_new_secret_and_ends_the_session_before()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        var before = browser.Cookies.GetAllCookies().Single().Value;
        (await browser.PostAsync(ByLink, new { token = await bed.MakeLinkAsync(ada) }, Cancel)).Status.ShouldBe(200);
        browser.Cookies.GetAllCookies().Single().Value.ShouldNotBe(before);
        using var old = bed.NewBrowser();
        old.Cookies.Add(old.Server, new System.Net.Cookie(SessionCookie.PlainName, before));
        (await old.GetAsync(Who, Cancel)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_database_knows_no_secret_of_a_session_or_link_and_no_password()
    {
        var ada = await bed.MakeAccountAsync("a password that stands nowhere", (bed.Acme, Roles.Owner));
        using var browser = await bed.SignInAsync(ada);
        var link = await bed.MakeLinkAsync(ada);
        await using var super = await bed.OpenSuperAsync();
        foreach (var table in await super.QueryAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('identity', 'kernel')"))
        {
            foreach (var row in await super.QueryAsync<string>($"select row_to_json(one)::text from {table} one"))
                foreach (var secret in new[] { browser.Cookies.GetAllCookies().Single().Value, link, "a password that stands nowhere" })
                    row.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task A_password_kept_with_other_rounds_is_kept_anew_when_its_owner_signs_in()
    {
        var ada = await bed.MakeAccountAsync();
        await using var super = await bed.OpenSuperAsync();
        await super.ExecuteAsync("update identity.accounts set password_hash = @hash where id = @Id", new { hash = await PasswordHash.MakeAsync(PeopleTestBed.Password, 1000, Cancel), ada.Id });
        using var browser = bed.NewBrowser();
        (await browser.PostAsync(SignIn, new { email = ada.Email, password = PeopleTestBed.Password }, Cancel)).Status.ShouldBe(200);
        var kept = await super.ExecuteScalarAsync<string>("select password_hash from identity.accounts where id = @Id", new { ada.Id });
        kept!.ShouldStartWith("pbkdf2-sha512$210000$");
        (await PasswordHash.CheckAsync(PeopleTestBed.Password, kept, PasswordHash.FewestRounds, Cancel)).ShouldBe(PasswordVerdict.Right);
    }

    [Fact]
    public async Task Signing_in_is_announced_without_a_secret()
    {
        var ada = await bed.MakeAccountAsync(null, (bed.Acme, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        await using var super = await bed.OpenSuperAsync();
        var data = await super.QuerySingleAsync<(string Actor, string Data, Guid Tenant)>(
            "select actor, data::text, tenant_id from kernel.events where name = 'identity.signed_in' and data->>'account' = @id", new { id = ada.Id.ToString() });
        (data.Actor, data.Tenant).ShouldBe(($"user:{ada.Id}", TenantId.Platform.Value));
        data.Data.ShouldContain("\"link\"");
        data.Data.ShouldNotContain("@");
    }
}
