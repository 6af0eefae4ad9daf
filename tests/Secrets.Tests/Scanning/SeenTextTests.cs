using System.Text;
using Rialto.Secrets.Scanning;
using Shouldly;

namespace Rialto.Secrets.Tests.Scanning;

public sealed class SeenTextTests
{
    private static int FindWord(ReadOnlySpan<byte> text, int length) => text.IndexOf("needle"u8);

    [Theory]
    [InlineData("needle", 6, 1)]
    [InlineData("xxneedlexxxxxneedlexneedleneedle", 8, 1)]
    [InlineData("needlneedlneedle", 7, 2)]
    [InlineData("nothing of the kind, for a long time", 10, 3)]
    [InlineData("a needle at the very end: needle", 12, 5)]
    public void Each_window_is_answered_as_if_it_were_the_first(string letters, int width, int step)
    {
        var text = Encoding.ASCII.GetBytes(letters);
        var seen = new SeenText();
        for (var from = 0; from < text.Length; from += step)
        {
            var until = Math.Min(text.Length, from + width);
            seen.Holds(0, text, from, until, 6, FindWord).ShouldBe(letters[from..until].Contains("needle"), $"{from}..{until}");
        }
    }

    [Fact]
    public void Random_windows_that_move_to_the_right_agree_with_a_plain_search()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var letters = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(4) == 0 ? "needle" : "need"));
            var text = Encoding.ASCII.GetBytes(letters);
            var seen = new SeenText();
            var (from, until) = (0, 0);
            while (from < text.Length)
            {
                until = Math.Min(text.Length, Math.Max(until, from + random.Next(1, 20)));
                seen.Holds(0, text, from, until, 6, FindWord).ShouldBe(letters[from..until].Contains("needle"), $"{letters} {from}..{until}");
                from += random.Next(0, 5);
            }
        }
    }

    [Fact]
    public void Overlapping_windows_look_at_each_letter_about_once()
    {
        var text = new byte[10_000];
        var seen = new SeenText();
        for (var at = 0; at < text.Length; at++) seen.Holds(0, text, at, Math.Min(text.Length, at + 5000), 6, FindWord);
        seen.Letters.ShouldBeLessThan(10 * text.Length);
    }
}
