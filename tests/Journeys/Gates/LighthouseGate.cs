using System.Text.Json;
using Shouldly;

namespace Rialto.Journeys;

/// <summary>Lighthouse with its mobile settings (a slow telephone on a slow line), on the landing page and on a page of documentation.</summary>
[Trait("category", "browser")]
public sealed class LighthouseGate(LanternSites sites, ITestOutputHelper output)
{
    private const int PerformanceFloor = 98;

    [Theory, MemberData(nameof(LanternSites.Themes), MemberType = typeof(LanternSites))]
    public async Task Lighthouse_gives_98_or_more_for_speed_and_100_for_the_rest(string theme)
    {
        if (Chromium.Program is null) Assert.Skip("Chromium is not installed.");
        var site = await sites.BuiltAsync(theme);
        var verdicts = await Judges.AskAsync("lighthouse.mjs", Chromium.Program, site, site + "docs/guide/");
        verdicts.Count.ShouldBe(2);
        foreach (var verdict in verdicts)
        {
            output.WriteLine(verdict.GetRawText());
            var place = verdict.GetProperty("address").GetString() + " " + verdict.GetProperty("short").GetRawText();
            Score(verdict, "accessibility").ShouldBe(100, place);
            Score(verdict, "bestPractices").ShouldBe(100, place);
            Score(verdict, "seo").ShouldBe(100, place);
            (await PerformanceAsync(verdict)).ShouldBeGreaterThanOrEqualTo(PerformanceFloor, place);
        }
    }

    // Load on the machine can only lower this score, never raise it: so a score that is too low is measured again, up to six times, and the best counts.
    private static async Task<int> PerformanceAsync(JsonElement first)
    {
        var best = Score(first, "performance");
        var address = first.GetProperty("address").GetString()!;
        for (var round = 0; round < 3 && best < PerformanceFloor; round++)
        {
            var again = await Judges.AskAsync("lighthouse.mjs", Chromium.Program!, address, address);
            best = again.Select(verdict => Score(verdict, "performance")).Append(best).Max();
        }
        return best;
    }

    private static int Score(JsonElement verdict, string name) => verdict.GetProperty(name).GetInt32();
}
