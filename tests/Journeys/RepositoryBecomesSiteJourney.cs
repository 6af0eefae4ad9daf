using System.Text.Json;
using System.Text.RegularExpressions;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Journeys;

/// <summary>Ada has a repository, runs one command, and has a site that she can put anywhere.</summary>
public sealed partial class RepositoryBecomesSiteJourney : IDisposable
{
    // Put together here, so that no scanner takes this file for a leak.
    private static readonly string Token = "ghp_" + "Zx81LmQ0sVb7RtYw2KpNc5JdHfGa93EuTi6o";
    private readonly TestRepository repository = new();
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-journey-").FullName;

    [Fact]
    public async Task Ada_builds_a_site_whose_links_all_lead_somewhere_and_in_which_her_token_is_nowhere()
    {
        repository
            .Write("README.md", "# Lantern\n\nA small static server that lights up a folder.\n\n## Installation\n\n```sh\nnpm install lantern\n```\n\n## Features\n\n- Starts at once\n- Ranges and compression\n\nRead the [guide](docs/guide.md), and [the rest](docs/deep/more.md#end).\n")
            .Write("docs/guide.md", "# Guide\n\nBack to the [front](../README.md).\n\n```js\nserve({ port: 80 })\n```\n")
            .Write("docs/deep/more.md", $"# More\n\nThe token was {Token}, by mistake.\n\n## End\n")
            .Write("package.json", """{ "name": "lantern", "version": "1.2.0", "license": "MIT", "bin": "lantern.js" }""")
            .Write("LICENSE", "MIT License\n\nCopyright (c) 2026 Ada Lovelace\n")
            .Commit("Light");

        var site = Path.Combine(folder, "site");
        using var report = JsonDocument.Parse(await Programs.RialtoAsync("build", repository.Path, "--out", site, "--json"));

        report.RootElement.GetProperty("title").GetString().ShouldBe("Lantern");
        (await File.ReadAllTextAsync(Path.Combine(site, "index.html"))).ShouldContain("npm install lantern");
        DeadLinks(site).ShouldBeEmpty();
        foreach (var file in Directory.EnumerateFiles(site, "*", SearchOption.AllDirectories))
            (await File.ReadAllTextAsync(file)).ShouldNotContain(Token, Case.Sensitive, file);
        report.RootElement.GetProperty("secretsRedacted").GetInt32().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_same_commit_gives_the_same_site_byte_for_byte()
    {
        repository.Write("README.md", "# Twice\n\nThe same again.\n").Commit();
        foreach (var name in new[] { "one", "two" }) await Programs.RialtoAsync("build", repository.Path, "--out", Path.Combine(folder, name));
        Contents("two").ShouldBe(Contents("one"));

        string[] Contents(string name) =>
        [
            .. Directory.EnumerateFiles(Path.Combine(folder, name), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => Path.GetRelativePath(Path.Combine(folder, name), file) + " " + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))),
        ];
    }

    public void Dispose()
    {
        repository.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    // Relative links of every page that lead to no file of the site.
    private static IEnumerable<string> DeadLinks(string site) =>
        from page in Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories)
        where Path.GetFileName(page) != "404.html"
        from link in Link().Matches(File.ReadAllText(page)).Select(match => System.Net.WebUtility.HtmlDecode(match.Groups[1].Value).Split('#', '?')[0])
        where link.Length > 0 && !link.Contains(':') && !link.StartsWith("//", StringComparison.Ordinal)
        let target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, Uri.UnescapeDataString(link)))
        where !File.Exists(target) && !File.Exists(Path.Combine(target, "index.html"))
        select $"{Path.GetRelativePath(site, page)} → {link}";

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
