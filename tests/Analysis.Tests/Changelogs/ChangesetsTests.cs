using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class ChangesetsTests
{
    private static async Task<ChangelogFacts?> Of(MemoryTree tree) => (await AnalysisModule.NewAnalyzer().AnalyzeAsync(tree, cancel: TestContext.Current.CancellationToken)).Changelog;

    [Fact]
    public async Task What_waits_in_the_changeset_folder_is_told_as_unreleased()
    {
        var log = await Of(new MemoryTree().Add("CHANGELOG.md", "# Product\n\n## 1.0.0\n\n- first\n").Add(".changeset/README.md", "# Changesets\n")
            .Add(".changeset/calm-owls.md", "---\n\"product\": minor\n---\n\nDraws circles\nas well.\n\nMore words.\n"));
        (log!.Releases[0].Version, log.Releases[0].Body, log.Releases[0].Evidence.Path, log.Releases[0].Evidence.Line).ShouldBe(("Unreleased", "- Draws circles as well.", ".changeset/calm-owls.md", 5));
        log.Releases[1].Version.ShouldBe("1.0.0");
    }

    [Fact]
    public async Task Of_a_changelog_larger_than_two_megabytes_the_newest_part_is_read()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(number => $"## 2.{300 - number}.0 (2024-01-01)\n\n{string.Concat(Enumerable.Repeat("- a change that is told at length\n", 250))}\n"));
        text.Length.ShouldBeGreaterThan(2 * 1024 * 1024);
        (await Of(new MemoryTree().Add("CHANGELOG.md", text)))!.Releases[0].Version.ShouldBe("2.300.0");
    }
}
