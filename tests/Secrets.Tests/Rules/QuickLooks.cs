using System.Text;
using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;
using Shouldly;

namespace Rialto.Secrets.Tests.Rules;

/// <summary>What is looked at before a pattern is run may only refuse where the pattern cannot match.</summary>
public sealed class QuickLooks
{
    public static TheoryData<string> Ids => [.. RuleBook.Default.Rules.Where(rule => rule.Kind is not RuleKind.Assignment).Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Wherever_the_pattern_matches_one_of_its_keywords_is_allowed(string id)
    {
        var rule = RuleBook.Default.Rules.Single(rule => rule.Id == id);
        foreach (var seed in Enumerable.Range(1, 20))
        {
            var text = $"first line\n{Template.Fill(rule.Example, seed)}\nlast line";
            if (!rule.Expression.IsMatch(text)) continue;
            var bytes = Encoding.Latin1.GetBytes(text);
            var called = new List<(SecretRule Rule, int End)>();
            var isAllowed = false;
            var seen = new SeenText();
            for (var at = RuleBook.Default.Next(bytes, 0); at >= 0; at = RuleBook.Default.Next(bytes, at + 1))
            {
                called.Clear();
                RuleBook.Default.Collect(bytes, at, called);
                isAllowed |= called.Any(call => call.Rule == rule && Surroundings.Allow(rule, bytes, at, call.End, seen));
            }
            isAllowed.ShouldBeTrue($"{id}: {text}");
        }
    }

    [Fact]
    public void A_word_is_found_at_every_place_and_in_any_case()
    {
        var index = new WordIndex(["token", "q~", "tok_", "ÿé1"]);
        var bytes = Encoding.Latin1.GetBytes("TOKEN x tok_ Q~7 tOkEn ÿé1");
        var places = new List<int>();
        for (var at = index.Next(bytes, 0); at >= 0; at = index.Next(bytes, at + 1)) places.Add(at);
        places.ShouldBe([0, 8, 13, 17, 23]);
        index.At(bytes, 8).ShouldBe([0, 2]);
    }
}
