using System.Text.RegularExpressions;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Kernel.Tests.Text;

public sealed class LinearPatternTests
{
    [Theory]
    [InlineData(@"(\w+)=(\d{1,3})", "a=1 bb=22 ccc=333 d=x")]
    [InlineData(@"a+?b|a{2}", "aaab aa ab")]
    [InlineData(@"^x$", "x\ny\nx")]
    public void It_finds_what_the_linear_engine_finds(string pattern, string text)
    {
        var linear = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant);
        var mine = new LinearPattern(pattern, RegexOptions.Multiline);
        mine.IsMatch(text).ShouldBe(linear.IsMatch(text));
        mine.Match(text).Value.ShouldBe(linear.Match(text).Value);
        mine.Find(text).ShouldBe(linear.Matches(text).Select(match => (match.Index, match.Length)));
        mine.Matches(text).Select(match => match.Value).ShouldBe(linear.Matches(text).Select(match => match.Value));
        mine.Replace(text, "<$0>").ShouldBe(linear.Replace(text, "<$0>"));
        mine.Replace(text, match => match.Value.ToUpperInvariant()).ShouldBe(linear.Replace(text, match => match.Value.ToUpperInvariant()));
        mine.Split(text).ShouldBe(linear.Split(text));
    }

    [Fact]
    public void A_text_that_would_backtrack_for_ever_is_answered_by_every_question()
    {
        // Two to the power of sixty steps for an engine that backtracks.
        var text = new string('a', 60) + "!";
        new LinearPattern("^(a+)+$").IsMatch(text).ShouldBeFalse();
        new LinearPattern("^(a+)+$").Match(text).Success.ShouldBeFalse();
        new LinearPattern("^(a+)+$").Find(text).ShouldBeEmpty();
        new LinearPattern("^(a+)+$").Matches(text).ShouldBeEmpty();
        new LinearPattern("^(a+)+$").Replace(text, "").ShouldBe(text);
        new LinearPattern("^(a+)+$").Replace(text, _ => "").ShouldBe(text);
        new LinearPattern("^(a+)+$").Split(text).ShouldBe([text]);
    }
}
