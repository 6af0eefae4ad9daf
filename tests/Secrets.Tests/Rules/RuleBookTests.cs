using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;
using Shouldly;

namespace Rialto.Secrets.Tests.Rules;

public sealed class RuleBookTests
{
    public static TheoryData<string> Ids => [.. RuleBook.Default.Rules.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void The_example_of_every_rule_is_found_and_its_counter_example_is_not_by_that_rule(string id)
    {
        var rule = RuleBook.Default.Rules.Single(rule => rule.Id == id);
        foreach (var seed in (int[])[1, 2, 3])
        {
            var example = Template.Fill(rule.Example, seed);
            TextScan.Find($"first line\n{example}\nlast line", RuleBook.Default).ShouldNotBeEmpty($"{id}: {example}");
            var counter = Template.Fill(rule.Counter, seed);
            TextScan.Find($"first line\n{counter}\nlast line", RuleBook.Default).Where(hit => hit.Rule == rule).ShouldBeEmpty($"{id}: {counter}");
        }
    }

    [Fact]
    public void There_are_many_rules_with_their_own_ids_and_words()
    {
        RuleBook.Default.Rules.Count.ShouldBeGreaterThan(150);
        RuleBook.Default.Rules.Select(rule => rule.Id).ShouldBeUnique();
        RuleBook.Default.Rules.ShouldAllBe(rule => rule.Description.Length > 8 && rule.Keywords.Count > 0 && rule.Keywords.All(word => word.Length >= 2));
    }
}
