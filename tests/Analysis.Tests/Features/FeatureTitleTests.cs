using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class FeatureTitleTests
{
    [Theory]
    [InlineData("Supports profiler/Flame Graph", "Profiler/Flame Graph", null)]
    [InlineData("quill has optional support for switching its engine", "Optional support for switching its engine", null)]
    [InlineData("Check whether a page is drawn, or where the page is being drawn (useful for finding slow ones)", "Check whether a page is drawn", "Check whether a page is drawn, or where the page is being drawn (useful for finding slow ones)")]
    [InlineData("Like other tools made for drawing pages, quill defaults to recursive drawing which nobody else does in this way or in any other.", "Defaults to recursive drawing", "Like other tools made for drawing pages, quill defaults to recursive drawing which nobody else does in this way or in any other.")]
    [InlineData("quill can draw specific kinds of pages. For example, `quill -t a` draws only those.", "Draw specific kinds of pages", "For example, `quill -t a` draws only those.")]
    [InlineData("View statistics of the loader, e.g. the number of loaders, the number of pages loaded per loader", "View statistics of the loader", "View statistics of the loader, e.g. the number of loaders, the number of pages loaded per loader")]
    public void A_sentence_gives_a_title_that_ends_where_a_clause_ends(string text, string title, string? told) => FeatureTitle.Of(text).ShouldBe((title, told));

    [Fact]
    public async Task A_line_of_bold_words_heads_a_list_of_features()
    {
        var facts = await AnalysisModule.NewAnalyzer().AnalyzeAsync(new MemoryTree().Add("README.md", "# Quill\n\nQuill draws pages.\n\n**Quill's key features:**\n\n- **Fast** - Draws quickly\n- **Small** - Needs little\n- **Safe** - Never breaks\n\n## Install\n"), cancel: TestContext.Current.CancellationToken);
        facts.Features.Select(feature => feature.Title).ShouldBe(["Fast", "Small", "Safe"]);
    }
}
