using Dapper;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class RegistrationTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private const string Register = "/api/v1/identity/register", Complete = "/api/v1/identity/register/complete", Who = "/api/v1/identity/who";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grace_signs_up_reads_her_mail_and_owns_an_organisation()
    {
        using var browser = bed.NewBrowser();
        browser.Headers["Accept-Language"] = "de";
        var (status, asked) = await browser.PostAsync(Register, new { email = "Grace@Example.org" }, Cancel);
        (status, asked!["next"]!.ToString()).ShouldBe((202, "mail"));
        var token = await bed.ReadLinkAsync("Grace@Example.org");
        bed.Mail.To("Grace@Example.org")[^1].Subject.ShouldBe("Ihr Konto bei Rialto");
        (await browser.PostAsync(Complete, new { token, name = "Grace Hopper", password = "nano seconds of wire", organisation = "Compiler Works & Co." }, Cancel)).Status.ShouldBe(200);
        var (_, who) = await browser.GetAsync(Who, Cancel);
        (who!["account"]!["name"]!.ToString(), who["account"]!["language"]!.ToString(), who["role"]!.ToString(), who["organisation"]!["handle"]!.ToString()).ShouldBe(("Grace Hopper", "de", "owner", "compiler-works-co"));
        using var later = bed.NewBrowser();
        (await later.PostAsync("/api/v1/identity/sign-in", new { email = "grace@example.org", password = "nano seconds of wire" }, Cancel)).Status.ShouldBe(200);
        (await browser.PostAsync(Complete, new { token, name = "Again" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.link_invalid");
    }

    [Fact]
    public async Task Who_has_an_account_gets_the_same_answer_and_a_link_that_signs_in()
    {
        var ada = await bed.MakeAccountAsync();
        var answers = new List<string>();
        foreach (var email in new[] { ada.Email, "nobody-yet@example.org" })
        {
            using var browser = bed.NewBrowser();
            var (status, body) = await browser.PostAsync(Register, new { email }, Cancel);
            answers.Add($"{status} {body!.ToJsonString()}");
        }
        answers.Distinct().ShouldHaveSingleItem();
        using var known = bed.NewBrowser();
        (await known.PostAsync("/api/v1/identity/sign-in/link", new { token = await bed.ReadLinkAsync(ada.Email) }, Cancel)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/api/v1/identity/recover")]
    [InlineData("/api/v1/identity/sign-in/mail")]
    public async Task Nobody_learns_who_has_an_account_by_asking_for_mail(string path)
    {
        using var browser = bed.NewBrowser();
        var stranger = $"stranger{path.Length}@example.org";
        (await browser.PostAsync(path, new { email = stranger }, Cancel)).Status.ShouldBe(202);
        (await bed.DeliverMailAsync(stranger)).ShouldBeEmpty();
        var ada = await bed.MakeAccountAsync();
        (await browser.PostAsync(path, new { email = ada.Email }, Cancel)).Status.ShouldBe(202);
        (await browser.PostAsync("/api/v1/identity/sign-in/link", new { token = await bed.ReadLinkAsync(ada.Email) }, Cancel)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_mailbox_cannot_be_filled_by_strangers()
    {
        var ada = await bed.MakeAccountAsync();
        var codes = new List<int>();
        for (var wish = 0; wish < 8; wish++)
        {
            using var browser = bed.NewBrowser();
            codes.Add((await browser.PostAsync("/api/v1/identity/recover", new { email = ada.Email }, Cancel)).Status);
        }
        codes.ShouldBe([202, 202, 202, 202, 202, 429, 429, 429]);
        using var own = bed.NewBrowser();
        (await own.PostAsync("/api/v1/identity/sign-in", new { email = ada.Email, password = PeopleTestBed.Password }, Cancel)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Links_in_mail_lead_to_this_platform_whatever_host_the_request_names()
    {
        var ada = await bed.MakeAccountAsync();
        using var browser = bed.NewBrowser();
        browser.Headers["Host"] = "evil.example";
        browser.Headers["X-Forwarded-Host"] = "evil.example";
        (await browser.PostAsync("/api/v1/identity/recover", new { email = ada.Email }, Cancel)).Status.ShouldBe(202);
        (await bed.DeliverMailAsync(ada.Email))[^1].Text.ShouldNotContain("evil");
    }

    [Fact]
    public async Task A_taken_handle_and_a_weak_password_leave_the_link_good()
    {
        using var browser = bed.NewBrowser();
        await browser.PostAsync(Register, new { email = "second-try@example.org" }, Cancel);
        var token = await bed.ReadLinkAsync("second-try@example.org");
        (await browser.PostAsync(Complete, new { token, password = "short" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.password_weak");
        (await browser.PostAsync(Complete, new { token, organisation = "Acme" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.handle_taken");
        (await browser.PostAsync(Complete, new { token, organisation = "Acme", handle = "-no-" }, Cancel)).Body!["code"]!.ToString().ShouldBe("identity.handle_invalid");
        (await browser.PostAsync(Complete, new { token, organisation = "Acme", handle = "acme-2" }, Cancel)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_page_of_the_link_makes_the_account_too()
    {
        using var browser = bed.NewBrowser();
        await browser.PostAsync(Register, new { email = "by-page@example.org" }, Cancel);
        var token = await bed.ReadLinkAsync("by-page@example.org");
        var (_, html) = await browser.SendAsync(HttpMethod.Get, $"/sign-in/link?token={token}&lang=ar", null, Cancel);
        html.ShouldContain("dir=\"rtl\"");
        html.ShouldContain("by-page@example.org");
        var form = new FormUrlEncodedContent([KeyValuePair.Create("token", token), KeyValuePair.Create("name", "Page"), KeyValuePair.Create("organisation", ""), KeyValuePair.Create("password", "")]);
        (await browser.SendAsync(HttpMethod.Post, "/sign-in/link", form, Cancel)).Status.ShouldBe(302);
        (await browser.GetAsync(Who, Cancel)).Body!["account"]!["hasPassword"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory]
    [InlineData("Analytical Engines", "analytical-engines")]
    [InlineData("  Müller & Söhne GmbH ", "muller-sohne-gmbh")]
    [InlineData("a.b_c", "a-b-c")]
    public void A_handle_is_made_of_the_name(string name, string handle) => Registering.HandleOf(name).ShouldBe(handle);

    [Theory]
    [InlineData("株式会社")]
    [InlineData("---")]
    [InlineData("")]
    public void A_name_without_latin_letters_gets_a_handle_too(string name) => Registering.HandleOf(name).ShouldMatch("^org-[0-9a-f]{8}$");

    [Fact]
    public async Task Mail_waits_without_a_secret_in_the_queue()
    {
        using var browser = bed.NewBrowser();
        await browser.PostAsync(Register, new { email = "queued@example.org" }, Cancel);
        await using var super = await bed.OpenSuperAsync();
        var payload = await super.QueryFirstOrDefaultAsync<string>("select payload::text from kernel.jobs where kind = 'identity.mail' and payload->>'email' = 'queued@example.org'");
        if (payload is not null) payload.ShouldNotContain("token");
        (await super.ExecuteScalarAsync<int>("select count(*)::int from identity.accounts where email_key = 'queued@example.org'")).ShouldBe(0);
    }
}
