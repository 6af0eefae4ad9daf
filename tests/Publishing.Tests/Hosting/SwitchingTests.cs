using System.Net;
using System.Text.RegularExpressions;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class SwitchingTests : PublishingTestBed
{
    // ./rialto bench reliability asks for two hundred.
    private static int Visitors => int.TryParse(Environment.GetEnvironmentVariable("RIALTO_RELIABILITY_VISITORS"), out var asked) ? asked : 50;

    [Fact]
    public async Task Visitors_during_fifty_switches_see_whole_versions_and_no_error()
    {
        var site = await Site();
        var releases = new List<Guid>();
        for (var number = 0; number < 4; number++) releases.Add(await Release(site, number + 1, Version(number)));
        await EndBuild(site, releases[0], 1);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var visits = 0;
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        var visitors = Enumerable.Range(0, Visitors).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                var page = await Get("/s/lantern/");
                page.StatusCode.ShouldBe(HttpStatusCode.OK);
                var text = await Text(page);
                var version = Regex.Match(text, "version (\\d)").Groups[1].Value;
                seen[version] = true;
                // What the page names must be what it was made with, however many switches happened since.
                var style = await Get("/s/lantern/" + Regex.Match(text, "href=\"([^\"]+)\"").Groups[1].Value);
                style.StatusCode.ShouldBe(HttpStatusCode.OK);
                (await Text(style)).ShouldBe($"/* style {version} */");
                Interlocked.Increment(ref visits);
            }
        }, Cancel)).ToArray();

        var chance = new Random(11);
        for (var turn = 0; turn < 50; turn++)
        {
            var before = Volatile.Read(ref visits);
            await Call(HttpMethod.Post, "sites/lantern/rollback", new { release = releases[(turn + 1) % 4] });
            (await Text(await Get("/s/lantern/"))).ShouldContain($"version {(turn + 1) % 4}");
            await Eventually.Happens(() => Task.FromResult(Volatile.Read(ref visits) > before + chance.Next(20) || visitors.Any(visitor => visitor.IsFaulted)));
        }
        await over.CancelAsync();
        await Task.WhenAll(visitors);
        seen.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Another_node_shows_the_switch_without_being_asked_to_look()
    {
        var site = await Live(("index.html", "first"));
        await using var second = await Test.OpenSecondNodeAsync(Schemas);
        await using var other = await StartHostAsync(second);
        using var client = Anonymous(other);
        (await client.GetStringAsync("/s/lantern/", Cancel)).ShouldBe("first");
        await Eventually.Happens(() => Task.FromResult(((SiteSignals)other.Services.GetService(typeof(SiteSignals))!).AreHeard));
        (await client.GetStringAsync("/s/lantern/", Cancel)).ShouldBe("first");
        await EndBuild(site, await Release(site, 2, ("index.html", "second")), 2);
        await Eventually.Happens(async () => await client.GetStringAsync("/s/lantern/", Cancel) == "second");
    }

    [Fact]
    public async Task A_missing_file_is_a_clear_refusal_and_the_owner_is_told_once()
    {
        await Live(("index.html", "here"), ("gone.html", "was here"));
        var blob = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("was here"u8));
        File.Delete(Path.Combine(Folder, "blobs", blob[..2], blob[2..4], blob));
        for (var turn = 0; turn < 3; turn++)
        {
            var answer = await Get("/s/lantern/gone.html");
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
            (await Text(answer)).ShouldNotContain(blob);
        }
        (await Text(await Get("/s/lantern/"))).ShouldBe("here");
        await Eventually.Happens(async () => (await Events("publishing.site_damaged")).Count > 0);
        var told = (await Events("publishing.site_damaged")).ShouldHaveSingleItem();
        told.ShouldContain("/s/lantern/gone.html");
    }

    [Fact]
    public async Task A_missing_manifest_takes_one_site_down_and_no_other()
    {
        var site = await Site();
        await EndBuild(site, await Release(site, 1, ("index.html", "lost")), 1);
        var other = await Site("other", "acme/other");
        await EndBuild(other, await Release(other, 1, ("index.html", "fine")), 1);
        var manifest = await Ask<string>($"select manifest from publishing.releases where site_id = '{site.Id}'");
        File.Delete(Path.Combine(Folder, "blobs", manifest[..2], manifest[2..4], manifest));
        (await Get("/s/lantern/")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await Text(await Get("/s/other/"))).ShouldBe("fine");
    }

    private static (string, string)[] Version(int number)
    {
        var style = $"assets/site.{number}abcdef{number}.css";
        return [("index.html", $"<link rel=\"stylesheet\" href=\"{style}\">version {number}"), (style, $"/* style {number} */")];
    }
}
