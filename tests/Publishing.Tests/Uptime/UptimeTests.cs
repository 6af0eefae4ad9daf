using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Analysis;
using Rialto.Kernel;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class UptimeTests : PublishingTestBed
{
    private readonly StoppedClock clock = new(DateTimeOffset.UtcNow);

    // Only by path, at the very port the test's server has.
    protected override void Add(IServiceCollection services) => services.AddSingleton(Blobs).AddSingleton<TimeProvider>(clock)
        .AddSingleton(RepositoriesModule.CreateReader()).AddSingleton(SecretsModule.CreateScanner()).AddSingleton(AnalysisModule.NewAnalyzer()).AddSites()
        .AddPublishing(new PublishingOptions { PublicUrl = () => Visitor.BaseAddress! });

    [Fact]
    public async Task Nothing_is_known_before_the_first_probe()
    {
        await Live(("index.html", "front"));
        var known = await Call(HttpMethod.Get, "sites/lantern/uptime");
        known["isUp"].ShouldBeNull();
        known["month"].ShouldBeNull();
        known["hours"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_site_that_answers_is_up_and_its_hours_are_kept()
    {
        await Live(("index.html", "front"));
        await Probe(expected: 1);
        clock.Advance(TimeSpan.FromHours(1));
        await Probe(expected: 1);
        await Probe(expected: 1);
        var known = await Call(HttpMethod.Get, "sites/lantern/uptime");
        (known["isUp"]!.GetValue<bool>(), known["status"]!.GetValue<int>(), known["day"]!.GetValue<double>()).ShouldBe((true, 200, 1.0));
        known["hours"]!.AsArray().Select(hour => hour!["probes"]!.GetValue<int>()).ShouldBe([2, 1]);
        known["outages"]!.AsArray().ShouldBeEmpty();
        (await Events("publishing.site_down")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_second_failure_in_a_row_is_an_outage_that_began_with_the_first_and_ends_with_an_answer()
    {
        await Live(("index.html", "front"));
        await Probe(expected: 1);
        var front = FileOf("front"u8.ToArray());
        File.Move(front, front + ".away");
        var began = clock.Advance(TimeSpan.FromMinutes(1));
        await Probe(expected: 1);
        (await Call(HttpMethod.Get, "sites/lantern/uptime"))["isUp"]!.GetValue<bool>().ShouldBeTrue("one failure may be chance");
        (await Events("publishing.site_down")).ShouldBeEmpty();

        clock.Advance(TimeSpan.FromMinutes(1));
        await Probe(expected: 1);
        await Probe(expected: 1);
        var down = JsonNode.Parse((await Events("publishing.site_down")).ShouldHaveSingleItem("it is told once"))!;
        (down["site"]!.GetValue<string>(), down["reason"]!.GetValue<string>()).ShouldBe(("lantern", "The front page answers with 503."));
        down["since"]!.GetValue<DateTime>().ShouldBe(began.UtcDateTime, TimeSpan.FromMilliseconds(1));
        var known = await Call(HttpMethod.Get, "sites/lantern/uptime");
        (known["isUp"]!.GetValue<bool>(), known["status"]!.GetValue<int>()).ShouldBe((false, 503));
        known["outages"]![0]!["endedAt"].ShouldBeNull();

        File.Move(front + ".away", front);
        clock.Advance(TimeSpan.FromMinutes(3));
        await Probe(expected: 1);
        JsonNode.Parse((await Events("publishing.site_up")).ShouldHaveSingleItem())!["downSeconds"]!.GetValue<long>().ShouldBe(240);
        known = await Call(HttpMethod.Get, "sites/lantern/uptime");
        (known["isUp"]!.GetValue<bool>(), known["day"]!.GetValue<double>()).ShouldBe((true, 0.4));
        known["outages"]!.AsArray().ShouldHaveSingleItem()!["endedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_asks_for_a_password_answers_and_a_private_site_is_not_asked()
    {
        await Live(("index.html", "front"));
        await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "password", password = "open sesame" });
        await Probe(expected: 1);
        var known = await Call(HttpMethod.Get, "sites/lantern/uptime");
        (known["isUp"]!.GetValue<bool>(), known["status"]!.GetValue<int>()).ShouldBe((true, 401));
        await Call(HttpMethod.Patch, "sites/lantern", new { visibility = "private" });
        await Probe(expected: 0);
    }

    [Fact]
    public async Task A_front_page_that_sends_on_is_up_and_where_it_leads_is_not_asked()
    {
        await Live(("index.html", "front"), ("_redirects", "/ https://nowhere.invalid/ 302!\n"));
        await Probe(expected: 1);
        (await Call(HttpMethod.Get, "sites/lantern/uptime"))["isUp"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_site_without_a_release_is_not_asked_and_one_of_somebody_else_is_not_told_of()
    {
        await Site();
        await Probe(expected: 0);
        using var bob = Host.As("bob", TenantId.New());
        (await bob.GetAsync("/api/v1/publishing/sites/lantern/uptime", Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_past_is_forgotten_after_three_months()
    {
        var site = await Live(("index.html", "front"));
        await Probe(expected: 1);
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        await session.Connection.ExecuteAsync("insert into publishing.uptime_hours (site_id, hour, probes, failures, total_milliseconds, longest_milliseconds) values (@Id, now() - interval '91 days', 1, 0, 1, 1)", new { site.Id });
        await UptimeStore.TrimAsync(session, site.Id, Cancel);
        (await session.Connection.ExecuteScalarAsync<int>("select count(*)::int from publishing.uptime_hours")).ShouldBe(1);
    }

    private async Task Probe(int expected) => (await Service<SiteProbe>().RunAsync(Cancel)).ShouldBe(expected);

    private string FileOf(byte[] content)
    {
        // Forgotten by memory, so that the store is asked.
        Service<BlobCache>().Forget();
        var blob = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
        return Path.Combine(Folder, "blobs", blob[..2], blob[2..4], blob);
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset at = new(now.Year, now.Month, now.Day, now.Hour, 10, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => at;

        public DateTimeOffset Advance(TimeSpan by) => at += by;
    }
}
