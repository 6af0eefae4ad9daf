using Rialto.Repositories;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class AuthorStatisticsTests
{
    [Fact]
    public void One_address_or_one_name_is_one_person()
    {
        var authors = AuthorStatistics.Compute(
        [
            Commit("Ada Lovelace", "ada@new.example", 10), Commit("ada", "ADA@new.example", 9), Commit("Ada Lovelace", "ada@old.example", 8),
            Commit("Bob", "7+bob@users.noreply.github.com", 7), Commit("bobby", "bob@users.noreply.github.com", 1),
        ]);
        authors.Select(a => (a.Name, a.Commits)).ShouldBe([("Ada Lovelace", 3), ("Bob", 2)]);
        authors[0].FirstAt.ShouldBe(Day(8));
        authors[0].LastAt.ShouldBe(Day(10));
    }

    [Fact]
    public void A_commit_that_shares_a_name_with_one_and_an_address_with_another_makes_them_one()
    {
        var authors = AuthorStatistics.Compute([Commit("ada-dev", "ada@home.example", 5), Commit("ada", "7+ada-dev@users.noreply.github.com", 4), Commit("ada", "ada@home.example", 3), Commit("ada", "ada@work.example", 2)]);
        authors.ShouldHaveSingleItem().Commits.ShouldBe(4);
        authors[0].FirstAt.ShouldBe(Day(2));
    }

    [Fact]
    public void A_name_is_one_however_its_accents_are_typed() =>
        AuthorStatistics.Compute([Commit("Zoë", "a@a.example", 1), Commit("Zoe\u0308", "b@b.example", 2)]).ShouldHaveSingleItem().Commits.ShouldBe(2);

    [Theory]
    [InlineData("Houston (Bot)", "houston@acme.example", true)]
    [InlineData("dependabot[bot]", "1+dependabot[bot]@users.noreply.github.com", true)]
    [InlineData("Renovate Bot", "bot@renovateapp.com", true)]
    [InlineData("github-actions", "actions@github.com", true)]
    [InlineData("acme-ci", "ci@acme.example", true)]
    [InlineData("Abbot", "abbot@example.org", false)]
    [InlineData("Robotham", "r@example.org", false)]
    [InlineData("Luci", "luci@example.org", false)]
    public void Bots_are_told_from_people(string name, string email, bool isBot) => AuthorStatistics.Compute([Commit(name, email, 1)]).Single().IsBot.ShouldBe(isBot);

    [Fact]
    public void Bots_come_last_and_nobody_is_not_somebody()
    {
        var authors = AuthorStatistics.Compute([Commit("x[bot]", "x@a", 1), Commit("x[bot]", "x@a", 2), Commit("root", "root@a", 3), Commit("root", "root@b", 4), Commit("Zoë", "z@a", 5)]);
        authors.Select(a => a.Name).ShouldBe(["root", "root", "Zoë", "x[bot]"]);
    }

    [Fact]
    public void An_address_is_never_shown() => AuthorStatistics.Compute([Commit("ada@example.org", "ada@example.org", 1)]).Single().Name.ShouldBe("ada");

    [Fact]
    public void Activity_counts_the_52_weeks_before_the_commit()
    {
        var identity = new SourceIdentity { Source = "a", Name = "a", Commit = "c", CommittedAt = Day(400) };
        var activity = ActivityStatistics.Compute([Commit("a", "a", 401), Commit("a", "a", 399), Commit("a", "a", 392), Commit("a", "a", 37), Commit("a", "a", 35), Commit("a", "a", 1)], identity, 100);
        activity.Weekly.Count.ShouldBe(52);
        (activity.Weekly[51], activity.Weekly[50], activity.Weekly[0], activity.Weekly.Sum()).ShouldBe((2, 1, 1, 4));
        (activity.Commits, activity.IsPartial, activity.FirstAt, activity.LastAt).ShouldBe((6, false, Day(1), Day(401)));
        ActivityStatistics.Compute([], identity with { IsShallow = true }, 100).IsPartial.ShouldBeTrue();
        ActivityStatistics.Compute([Commit("a", "a", 1)], identity, 1).IsPartial.ShouldBeTrue();
    }

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);

    private static SourceCommit Commit(string name, string email, int day) => new($"c{day}", name, email, Day(day), "Change");
}
