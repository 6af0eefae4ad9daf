using Rialto.Repositories;
using Rialto.Sites.Themes.Wording;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class ReadingOrderTests
{
    [Fact]
    public async Task The_sidebar_orders_the_pages_and_what_it_does_not_name_comes_last()
    {
        var tree = Tree("README.md", "docs/team.md", "docs/blog.md", "docs/guide/b.md", "docs/guide/a.md", "docs/guide/index.md")
            .Add("docs/.vitepress/config.ts", "nav: [{ text: 'Team', link: '/team' }],\nsidebar: { '/guide/': [{ link: '/guide/' }, { link: '/guide/b' }, { link: '/guide/a' }] }");
        var groups = await GroupsAsync(tree);
        groups.Select(g => g.Title).ShouldBe([null, "docs/guide/index", "More"]);
        groups[1].Items.Select(i => i.Url).ShouldBe(["docs/guide/", "docs/guide/b/", "docs/guide/a/"]);
        groups[2].Items.Select(i => i.Url).ShouldBe(["docs/blog/", "docs/team/"]);
    }

    [Fact]
    public async Task Without_a_summary_a_start_comes_first_and_news_come_last()
    {
        var groups = await GroupsAsync(Tree("README.md", "docs/api.md", "docs/changelog.md", "docs/installation.md", "docs/getting-started.md"));
        groups.SelectMany(g => g.Items).Select(i => i.Url).Skip(1).ShouldBe(["docs/getting-started/", "docs/installation/", "docs/api/", "docs/changelog/"]);
    }

    [Fact]
    public async Task Modules_of_Antora_are_groups_and_the_first_of_them_is_no_shout()
    {
        var groups = await GroupsAsync(Tree("README.md", "docs/modules/ROOT/pages/index.md", "docs/modules/ROOT/pages/install.md", "docs/modules/cli/pages/options.md", "docs/modules/cli/pages/errors.md"));
        groups.Select(group => group.Title).ShouldBe([null, "Cli", "Overview"], ignoreOrder: true);
        groups.Single(group => group.Title == "Cli").Items.Select(item => item.Children.Count).ShouldBe([0, 0]);
    }

    [Theory]
    [InlineData("README.zh-CN.md", "简体中文")]
    [InlineData("docs/README_en.md", "English")]
    [InlineData("docs/ROOT/index.md", "Overview")]
    [InlineData("docs/02-getting_started.md", "Getting started")]
    [InlineData("docs/guide/README.md", "Guide")]
    [InlineData("docs/API.md", "API")]
    [InlineData("docs/3.1.md", "3.1")]
    public void A_file_without_a_title_is_named_for_people(string path, string title) => Titles.FromPath(path).ShouldBe(title);

    [Theory]
    [InlineData("Getting_Started", -1)]
    [InlineData("options", 0)]
    [InlineData("blog", 1)]
    public void A_name_may_say_when_to_read(string name, int sign) => Math.Sign(ReadingOrder.Rank(name)).ShouldBe(sign);

    private static MemoryTree Tree(params string[] paths)
    {
        var tree = new MemoryTree();
        foreach (var path in paths) tree.Add(path, $"# {path[..^3]}\n\nText.\n");
        return tree;
    }

    private static async Task<List<NavigationGroup>> GroupsAsync(MemoryTree tree)
    {
        var index = await TreeIndex.CreateAsync(tree, default);
        var documents = DocumentFinder.Find(index, TestFacts.Of(tree), new SiteSettings());
        foreach (var document in documents)
        {
            await DocumentReader.ReadAsync(document, index, default);
            document.NavigationTitle = document.SourcePath[..^3];
        }
        var builder = new NavigationBuilder(await NavigationFiles.ReadAsync(index, new DocumentSet(documents), default));
        var overview = documents.Where(one => one.TranslationKey == "readme").ToList();
        return builder.Group([.. overview, .. builder.Sort([.. documents.Except(overview)])], overview.Count, UiWords.English);
    }
}
