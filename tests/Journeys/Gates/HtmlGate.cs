using Shouldly;

namespace Rialto.Journeys;

[Trait("category", "browser")]
public sealed class HtmlGate(LanternSites sites)
{
    [Theory, MemberData(nameof(LanternSites.Themes), MemberType = typeof(LanternSites))]
    public async Task Every_page_is_valid_html(string theme)
    {
        await sites.BuiltAsync(theme);
        var verdict = (await Judges.AskAsync("html.mjs", sites.Folder(theme)))[0];
        verdict.GetProperty("pages").GetInt32().ShouldBe(sites.Pages(theme).Count());
        verdict.GetProperty("errors").EnumerateArray().Select(error => error.GetString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_judge_can_say_no()
    {
        var folder = Directory.CreateTempSubdirectory("rialto-invalid-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "<!DOCTYPE html><html lang=\"en\"><head><title>x</title></head><body><p id=\"a\"><div id=\"a\"></p></body></html>");
        (await Judges.AskAsync("html.mjs", folder))[0].GetProperty("errors").GetArrayLength().ShouldBeGreaterThan(0);
        Directory.Delete(folder, recursive: true);
    }
}
