using Dapper;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class SecondFactorTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string SignIn = "/api/v1/identity/sign-in", Code = "/api/v1/identity/sign-in/code", Authenticator = "/api/v1/identity/authenticator", Who = "/api/v1/identity/who";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_an_authenticator_a_password_opens_half_the_door_and_the_code_the_other_half()
    {
        var (ada, _, secret, _) = await MakeAsync();
        using var browser = bed.NewBrowser();
        var ticket = await FirstStepAsync(browser, ada);
        browser.Cookies.GetAllCookies().ShouldBeEmpty();
        (await browser.GetAsync(Who, Cancel)).Status.ShouldBe(401);
        var (status, step) = await browser.PostAsync(Code, new { ticket, code = CodeNow(secret) }, Cancel);
        (status, step!["next"]!.ToString()).ShouldBe((200, "done"));
        (await browser.GetAsync(Who, Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync(Code, new { ticket, code = CodeNow(secret) }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
    }

    [Fact]
    public async Task A_code_is_taken_once_also_when_two_give_it_at_the_same_moment()
    {
        var (ada, _, secret, _) = await MakeAsync();
        using var one = bed.NewBrowser();
        using var two = bed.NewBrowser();
        var (first, second) = (await FirstStepAsync(one, ada), await FirstStepAsync(two, ada));
        var code = CodeNow(secret);
        var statuses = await Task.WhenAll(one.PostAsync(Code, new { ticket = first, code }, Cancel), two.PostAsync(Code, new { ticket = second, code }, Cancel));
        statuses.Select(answer => answer.Status).Order().ShouldBe([200, 401]);
    }

    [Fact]
    public async Task A_link_in_mail_does_not_go_round_the_second_factor()
    {
        var (ada, _, secret, _) = await MakeAsync();
        foreach (var purpose in new[] { LinkPurpose.SignIn, LinkPurpose.Recover })
        {
            using var browser = bed.NewBrowser();
            var (_, step) = await browser.PostAsync("/api/v1/identity/sign-in/link", new { token = await bed.MakeLinkAsync(ada, purpose) }, Cancel);
            step!["next"]!.ToString().ShouldBe("code");
            browser.Cookies.GetAllCookies().ShouldBeEmpty();
            bed.Clock.Pass(TimeSpan.FromSeconds(31));
            (await browser.PostAsync(Code, new { ticket = step["ticket"]!.ToString(), code = CodeNow(secret) }, Cancel)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task Wrong_codes_are_counted_and_the_password_does_not_begin_the_count_anew()
    {
        var (ada, _, secret, _) = await MakeAsync();
        using var browser = bed.NewBrowser();
        for (var guess = 0; guess < 5; guess++)
            (await browser.PostAsync(Code, new { ticket = await FirstStepAsync(browser, ada), code = "000000" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.code_wrong");
        var ticket = await FirstStepAsync(browser, ada);
        (await browser.PostAsync(Code, new { ticket, code = CodeNow(secret) }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.too_many_attempts");
    }

    [Fact]
    public async Task A_ticket_holds_for_five_minutes()
    {
        var (ada, _, secret, _) = await MakeAsync();
        using var browser = bed.NewBrowser();
        var ticket = await FirstStepAsync(browser, ada);
        bed.Clock.Pass(TimeSpan.FromSeconds(301));
        (await browser.PostAsync(Code, new { ticket, code = CodeNow(secret) }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once_however_it_is_written()
    {
        var (ada, owner, _, codes) = await MakeAsync();
        codes.Count.ShouldBe(10);
        codes.Distinct().Count().ShouldBe(10);
        codes.ShouldAllBe(code => code.Length == 28);
        var (_, state) = await owner.GetAsync(Authenticator, Cancel);
        ((bool)state!["isOn"]!, (int)state["recoveryCodesLeft"]!).ShouldBe((true, 10));
        using var browser = bed.NewBrowser();
        (await browser.PostAsync(Code, new { ticket = await FirstStepAsync(browser, ada), code = codes[3].ToUpperInvariant().Replace('-', ' ') }, Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync(Code, new { ticket = await FirstStepAsync(browser, ada), code = codes[3] }, Cancel)).Status.ShouldBe(401);
        ((int)(await owner.GetAsync(Authenticator, Cancel)).Body!["recoveryCodesLeft"]!).ShouldBe(9);

        var (_, renewed) = await owner.PostAsync("/api/v1/identity/recovery-codes", cancel: Cancel);
        renewed!["codes"]!.AsArray().Count.ShouldBe(10);
        (await browser.PostAsync(Code, new { ticket = await FirstStepAsync(browser, ada), code = codes[4] }, Cancel)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_secret_and_the_codes_stand_nowhere_in_the_clear()
    {
        var (_, _, secret, codes) = await MakeAsync();
        await using var super = await bed.OpenSuperAsync();
        foreach (var table in await super.QueryAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('identity', 'kernel')"))
        {
            foreach (var row in await super.QueryAsync<string>($"select row_to_json(one)::text from {table} one"))
            {
                row.ShouldNotContain(Convert.ToHexStringLower(secret));
                row.ShouldNotContain(Base32.Write(secret));
                row.ShouldNotContain(codes[0]);
            }
        }
    }

    [Fact]
    public async Task Without_a_right_first_code_nothing_is_in_force_and_a_second_authenticator_is_refused()
    {
        var ada = await bed.MakeAccountAsync(places: (bed.Acme, Roles.Viewer));
        using var browser = await bed.SignInAsync(ada);
        (await browser.PostAsync(Authenticator, cancel: Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync($"{Authenticator}/confirm", new { code = "000000" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.code_wrong");
        ((bool)(await browser.GetAsync(Authenticator, Cancel)).Body!["isOn"]!).ShouldBeFalse();
        using var other = bed.NewBrowser();
        (await other.PostAsync(SignIn, new { email = ada.Email, password = PeopleTestBed.Password }, Cancel)).Body!["next"]!.ToString().ShouldBe("done");

        var (_, owner, _, _) = await MakeAsync();
        (await owner.PostAsync(Authenticator, cancel: Cancel)).Body!["code"]!.ToString().ShouldBe("identity.authenticator_there");
        (await browser.PostAsync("/api/v1/identity/recovery-codes", cancel: Cancel)).Body!["code"]!.ToString().ShouldBe("identity.authenticator_missing");
    }

    [Fact]
    public async Task Taking_it_off_needs_a_recent_proof_by_code_and_the_owner_is_told_by_mail()
    {
        var (ada, owner, secret, _) = await MakeAsync();
        bed.Clock.Pass(TimeSpan.FromMinutes(11));
        (await owner.CallAsync(HttpMethod.Delete, Authenticator, null, Cancel)).Body!["code"]!.ToString().ShouldBe("caller.confirmation_needed");
        (await owner.PostAsync("/api/v1/identity/confirm", new { password = PeopleTestBed.Password }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.code_needed");
        (await owner.PostAsync("/api/v1/identity/confirm", new { code = "000000" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.confirmation_failed");
        var cookie = owner.Cookies.GetAllCookies().Single().Value;
        (await owner.PostAsync("/api/v1/identity/confirm", new { code = CodeNow(secret) }, Cancel)).Status.ShouldBe(204);
        owner.Cookies.GetAllCookies().Single().Value.ShouldNotBe(cookie);
        owner.CsrfToken = (await owner.GetAsync(Who, Cancel)).Body!["csrfToken"]!.ToString();
        (await owner.CallAsync(HttpMethod.Delete, Authenticator, null, Cancel)).Status.ShouldBe(204);
        using var browser = bed.NewBrowser();
        (await browser.PostAsync(SignIn, new { email = ada.Email, password = PeopleTestBed.Password }, Cancel)).Body!["next"]!.ToString().ShouldBe("done");
        (await bed.DeliverMailAsync(ada.Email)).Count(mail => mail.Subject == "The proofs of your account were changed").ShouldBe(2);
    }

    [Fact]
    public async Task The_page_of_a_link_asks_for_the_code_as_well()
    {
        var (ada, _, secret, _) = await MakeAsync();
        using var browser = bed.NewBrowser();
        var (_, html) = await browser.SendAsync(HttpMethod.Post, "/sign-in/link", new FormUrlEncodedContent([KeyValuePair.Create("token", await bed.MakeLinkAsync(ada))]), Cancel);
        html.ShouldContain("one-time-code");
        var ticket = html.Split("name=\"ticket\" value=\"")[1].Split('"')[0];
        var (wrong, again) = await browser.SendAsync(HttpMethod.Post, "/sign-in/code", new FormUrlEncodedContent([KeyValuePair.Create("ticket", ticket), KeyValuePair.Create("code", "000000")]), Cancel);
        wrong.ShouldBe(401);
        again.ShouldContain(ticket);
        bed.Clock.Pass(TimeSpan.FromSeconds(31));
        (await browser.SendAsync(HttpMethod.Post, "/sign-in/code", new FormUrlEncodedContent([KeyValuePair.Create("ticket", ticket), KeyValuePair.Create("code", CodeNow(secret))]), Cancel)).Status.ShouldBe(302);
        (await browser.GetAsync(Who, Cancel)).Status.ShouldBe(200);
    }

    private string CodeNow(byte[] secret) => Totp.Code(secret, Totp.StepOf(bed.Clock.GetUtcNow()));

    private static async Task<string> FirstStepAsync(BrowserClient browser, Account account)
    {
        var (_, step) = await browser.PostAsync(SignIn, new { email = account.Email, password = PeopleTestBed.Password }, Cancel);
        step!["next"]!.ToString().ShouldBe("code");
        return step["ticket"]!.ToString();
    }

    // An account with an authenticator in force, its owner's browser, the secret and the recovery codes. The clock goes on to a fresh code.
    private async Task<(Account Account, BrowserClient Owner, byte[] Secret, IReadOnlyList<string> Codes)> MakeAsync()
    {
        var account = await bed.MakeAccountAsync(places: (bed.Acme, Roles.Viewer));
        var browser = await bed.SignInAsync(account);
        var (_, begun) = await browser.PostAsync(Authenticator, cancel: Cancel);
        var secret = FromBase32(begun!["secret"]!.ToString());
        var (status, done) = await browser.PostAsync($"{Authenticator}/confirm", new { code = CodeNow(secret) }, Cancel);
        status.ShouldBe(200);
        bed.Clock.Pass(TimeSpan.FromSeconds(31));
        return (account, browser, secret, [.. done!["codes"]!.AsArray().Select(code => code!.ToString())]);
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }
}
