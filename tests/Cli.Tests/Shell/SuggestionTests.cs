using Rialto.Kernel;
using Shouldly;

namespace Rialto.Cli.Tests.Shell;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["analyze", "build", "doctor", "preview", "secrets", "--json", "--out"];

    [Theory]
    [InlineData("biuld", "build")]
    [InlineData("analyse", "analyze")]
    [InlineData("secret", "secrets")]
    [InlineData("pre", "preview")]
    [InlineData("DOCTOR", "doctor")]
    [InlineData("--josn", "--json")]
    [InlineData("deploy", null)]
    [InlineData("x", null)]
    public void The_near_word_is_found_and_a_far_one_is_not_forced(string word, string? expected) => Suggestion.For(word, Known).ShouldBe(expected);

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("acb", "abc", 1)]
    [InlineData("abcd", "abc", 1)]
    [InlineData("xbc", "abc", 1)]
    public void Distance_counts_edits_and_a_swap_as_one(string left, string right, int edits) => NearestWord.Distance(left, right).ShouldBe(edits);
}
