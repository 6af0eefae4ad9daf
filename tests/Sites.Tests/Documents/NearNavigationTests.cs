using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests.Documents;

public sealed class NearNavigationTests
{
    private static NavigationItem Leaf(int at, string folder = "") => new($"Page {at}", $"docs/{folder}{at}/", []);

    private static List<NavigationItem> Leaves(int count, string folder = "") => [.. Enumerable.Range(0, count).Select(at => Leaf(at, folder))];

    [Fact]
    public void A_small_navigation_is_shown_whole_and_is_not_copied()
    {
        List<NavigationGroup> groups = [new("Guide", Leaves(20))];
        var (near, trail) = new NearNavigation(groups).For("docs/7/");
        near.ShouldBeSameAs(groups);
        trail.Select(item => item.Title).ShouldBe(["Guide"]);
    }

    [Theory]
    [InlineData(0, 0, 47)]
    [InlineData(10, 0, 47)]
    [InlineData(300, 276, 323)]
    [InlineData(599, 552, 599)]
    public void Of_a_long_list_what_is_around_the_page_is_shown(int page, int first, int last)
    {
        var (near, _) = new NearNavigation([new(null, Leaves(600))]).For($"docs/{page}/");
        var items = near.Single().Items;
        items[0].Url.ShouldBe($"docs/{first}/");
        items[^1].Url.ShouldBe($"docs/{last}/");
        items.ShouldContain(item => item.Url == $"docs/{page}/");
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 150)]
    [InlineData(9, 199)]
    public void The_branch_of_the_page_is_open_on_every_level_and_the_others_are_closed(int branch, int page)
    {
        List<NavigationItem> Branches() => [.. Enumerable.Range(0, 10).Select(at => new NavigationItem($"Branch {at}", $"docs/b{at}/0/", Leaves(200, $"b{at}/")))];
        var navigation = new NearNavigation([new("First", [Leaf(1, "first/")]), new("Deep", [new("Inner", "docs/b0/0/", Branches())])]);
        var (near, trail) = navigation.For($"docs/b{branch}/{page}/");

        trail.Select(item => item.Title).ShouldContain($"Branch {branch}");
        near[0].Items.ShouldAllBe(item => item.Children.Count == 0);
        var open = near[1].Items.Single().Children;
        for (var at = 0; at < open.Count; at++)
        {
            if (at != branch) open[at].Children.ShouldBeEmpty();
            else open[at].Children.ShouldContain(item => item.Url == $"docs/b{branch}/{page}/");
        }
        open[branch].Children.Count.ShouldBe(48);
    }

    [Fact]
    public void A_page_that_is_not_in_it_gets_nothing_of_a_large_one()
    {
        var (near, trail) = new NearNavigation([new(null, Leaves(600))]).For("changelog/");
        near.ShouldBeEmpty();
        trail.ShouldBeEmpty();
    }
}
