using System.Net;
using System.Text.Json.Nodes;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class DomainTests : DomainTestBed
{
    [Fact]
    public async Task A_domain_serves_the_site_once_its_owner_has_shown_that_it_is_theirs()
    {
        await Live(("index.html", "front"), ("docs/index.html", "docs"));
        var claimed = await Claim();
        (claimed["state"]!.GetValue<string>(), claimed["txtName"]!.GetValue<string>(), claimed["target"]!.GetValue<string>()).ShouldBe(("pending", "_rialto.docs.example.org", "lantern.sites.test"));
        (await Get("/", ("Host", Domain))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await WithNode(Quiet);
        var verified = await Domains();
        (verified["state"]!.GetValue<string>(), verified["isPointed"]!.GetValue<bool>(), verified["error"]).ShouldBe(("verified", true, null));
        (await Text(await Get("/", ("Host", Domain)))).ShouldBe("front");
        (await Text(await Get("/docs/", ("Host", "DOCS.example.org:8080")))).ShouldBe("docs");
        (await Get("/", ("Host", "other.example.org"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        JsonNode.Parse((await Events("publishing.domain_verified")).ShouldHaveSingleItem())!["domain"]!.GetValue<string>().ShouldBe(Domain);
        (await Text(await Get("/api/v1/publishing/sites", ("Host", Domain)))).ShouldNotContain("signIn", Case.Insensitive, "only the site stands there");
        (await Get("/api/v1/publishing/sites", ("Host", Domain))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_the_record_nothing_is_served_and_what_is_missing_is_said()
    {
        await Live(("index.html", "front"));
        await Call(HttpMethod.Post, "sites/lantern/domains", new { domain = Domain }, 201);
        Dns.Set("_rialto." + Domain, "TXT", "rialto-site=somebody-elses");
        await WithNode(Quiet);
        var pending = await Domains();
        (pending["state"]!.GetValue<string>(), pending["isPointed"]!.GetValue<bool>()).ShouldBe(("pending", false));
        pending["error"]!.GetValue<string>().ShouldContain("_rialto." + Domain);
        (await Get("/", ("Host", Domain))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Ask<bool>("select next_check_at > now() and next_check_at < now() + interval '1 hour' from publishing.domains")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_address_record_that_leads_to_the_same_place_will_do()
    {
        await Live(("index.html", "front"));
        var claimed = await Claim();
        Dns.Set(Domain, "CNAME");
        Dns.Set(Domain, "A", "192.0.2.5");
        await WithNode(Quiet);
        (await Domains())["isPointed"]!.GetValue<bool>().ShouldBeFalse();
        (await Domains())["error"]!.GetValue<string>().ShouldContain("CNAME of lantern.sites.test");
        Dns.Set("lantern.sites.test", "A", "192.0.2.4", "192.0.2.5");
        await Look();
        (await Domains())["isPointed"]!.GetValue<bool>().ShouldBeTrue();
        claimed["site"]!.GetValue<string>().ShouldBe("lantern");
    }

    [Fact]
    public async Task A_domain_whose_record_is_missing_for_days_is_lost_and_its_next_owner_gets_it()
    {
        await Live(("index.html", "hers"));
        var hers = await Claim();
        await WithNode(Quiet);
        Dns.Set(hers["txtName"]!.GetValue<string>(), "TXT");
        for (var day = 1; day <= 2; day++)
        {
            await Look();
            (await Domains())["state"]!.GetValue<string>().ShouldBe("verified", $"day {day}");
            (await Text(await Get("/", ("Host", Domain)))).ShouldBe("hers");
        }
        await Look();
        (await Domains())["state"]!.GetValue<string>().ShouldBe("lost");
        await Eventually.Happens(async () => (await Get("/", ("Host", Domain))).StatusCode == HttpStatusCode.NotFound);
        (await Events("publishing.domain_lost")).ShouldHaveSingleItem().ShouldContain(Domain);

        Dns.Set(hers["txtName"]!.GetValue<string>(), "TXT", hers["txtValue"]!.GetValue<string>());
        await Look();
        (await Domains())["state"]!.GetValue<string>().ShouldBe("verified");
    }

    [Fact]
    public async Task When_name_servers_are_silent_nothing_is_concluded()
    {
        await Live(("index.html", "hers"));
        await Claim();
        await WithNode(Quiet);
        Dns.Fails = true;
        await Call(HttpMethod.Post, $"sites/lantern/domains/{Domain}/verify", new { }, 202);
        await WithNode(() => Eventually.Happens(async () => await Ask<int>("select count(*)::int from kernel.jobs where error_code = 'domains.dns_unreachable'") > 0));
        (await Domains())["state"]!.GetValue<string>().ShouldBe("verified");
    }

    [Fact]
    public async Task Two_organisations_may_claim_a_domain_and_one_has_it()
    {
        await Live(("index.html", "hers"));
        await Claim();
        await WithNode(Quiet);
        var bobsTenant = TenantId.New();
        using var bob = Host.As("bob", bobsTenant);
        await using (var bobs = await Test.Database.BeginAsync(bobsTenant, Cancel))
        {
            await CreateSiteOperation.CreateAsync(bobs, "bobs", "bob/bobs", null, null, Cancel);
            await bobs.CommitAsync(Cancel);
        }
        var answer = await bob.PostAsync("/api/v1/publishing/sites/bobs/domains", new StringContent($$"""{"domain":"{{Domain}}"}""", System.Text.Encoding.UTF8, "application/json"), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await Text(answer));
        var bobsToken = JsonNode.Parse(await Text(answer))!["txtValue"]!.GetValue<string>();
        var hers = (await Domains())["txtValue"]!.GetValue<string>();
        hers.ShouldNotBe(bobsToken);
        Dns.Set("_rialto." + Domain, "TXT", hers, bobsToken);
        await WithNode(Quiet);
        (await Text(await Get("/", ("Host", Domain)))).ShouldBe("hers");
        (await Ask<string>($"select error from publishing.domains where tenant_id = '{bobsTenant.Value}'")).ShouldContain("belongs to another site");
        (await bob.GetAsync($"/api/v1/publishing/sites/lantern/domains/{Domain}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_domain_is_let_go_and_goes_with_its_site()
    {
        await Live(("index.html", "front"));
        await Claim();
        await WithNode(Quiet);
        (await Call(HttpMethod.Post, "sites/lantern/domains", new { domain = Domain }, 409))["code"]!.GetValue<string>().ShouldBe("domains.known");
        (await Ada.DeleteAsync($"/api/v1/publishing/sites/lantern/domains/{Domain}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Eventually.Happens(async () => (await Get("/", ("Host", Domain))).StatusCode == HttpStatusCode.NotFound);
        (await Call(HttpMethod.Get, "sites/lantern/domains/" + Domain, status: 404))["code"]!.GetValue<string>().ShouldBe("domains.not_found");
        await Claim();
        await WithNode(Quiet);
        await Ada.DeleteAsync("/api/v1/publishing/sites/lantern", Cancel);
        (await Ask<int>("select count(*)::int from publishing.domains")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_due_is_asked_for_and_nothing_else()
    {
        await Live(("index.html", "front"));
        await Claim();
        await WithNode(Quiet);
        (await Service<DomainCare>().RunAsync(Cancel)).ShouldBe(0);
        await Sql("update publishing.domains set next_check_at = now() - interval '1 second'");
        (await Service<DomainCare>().RunAsync(Cancel)).ShouldBe(1);
        (await Ask<int>("select count(*)::int from kernel.jobs where state = 'waiting' and kind = 'publishing.verify_domain'")).ShouldBe(1);
        (await Ask<int>("select count(*)::int from kernel.jobs where kind = 'publishing.obtain_certificate'")).ShouldBe(0, "this node has no https");
    }

    [Fact]
    public async Task Challenges_are_answered_for_known_domains_only()
    {
        await Live(("index.html", "front"));
        await Claim();
        await WithNode(Quiet);
        await Sql("insert into publishing.acme_challenges (tenant_id, token, answer) values ('00000000-0000-0000-0000-000000000000', 'token-of-the-authority', 'token-of-the-authority.thumbprint')");
        (await Text(await Get("/.well-known/acme-challenge/token-of-the-authority", ("Host", Domain)))).ShouldBe("token-of-the-authority.thumbprint");
        (await Get("/.well-known/acme-challenge/token-of-nobody-at-all", ("Host", Domain))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("/.well-known/acme-challenge/..%2f..%2fetc", ("Host", Domain))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get("/.well-known/acme-challenge/token-of-the-authority", ("Host", "other.example.org"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
