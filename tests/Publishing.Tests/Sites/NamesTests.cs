using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("lantern")]
    [InlineData("my-project-2")]
    [InlineData("7")]
    public void A_label_of_a_host_name_is_a_name(string name) => SiteName.Require(name).ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a--b")]
    [InlineData("A")]
    [InlineData("a.b")]
    [InlineData("ä")]
    [InlineData("a_b")]
    [InlineData("a123456789012345678901234567890123456789x")]
    public void Anything_else_is_not(string name) => Should.Throw<Refusal>(() => SiteName.Require(name)).Code.ShouldBe("publishing.name_invalid");

    [Fact]
    public void Names_of_the_platform_are_kept() => Should.Throw<Refusal>(() => SiteName.Require("admin")).Code.ShouldBe("publishing.name_reserved");

    [Theory]
    [InlineData("Spring PetClinic!", "spring-petclinic")]
    [InlineData("...", "site")]
    [InlineData("docs", "docs-site")]
    public void A_name_is_made_from_any_words(string words, string name)
    {
        SiteName.From(words).ShouldBe(name);
        SiteName.Require(SiteName.From(words)).ShouldBe(name);
    }

    [Fact]
    public void Two_branches_never_share_a_label()
    {
        string[] branches = ["fix/one", "fix-one", "Fix-one", "fix_one", "日本", "中文", new string('a', 60), new string('a', 61), "a--b", "0123456789ab"];
        var labels = branches.Select(PreviewLabel.OfBranch).ToArray();
        labels.Distinct().Count().ShouldBe(branches.Length);
        labels.ShouldAllBe(label => label.Length + 2 + 40 <= 63 && label.Length > 0 && !label.Contains("--"));
        PreviewLabel.OfBranch("new-design").ShouldBe("new-design");
        labels[^1].ShouldNotBe(PreviewLabel.OfCommit("0123456789abcdef"));
    }

    [Theory]
    [InlineData("lantern.sites.test", "lantern", null)]
    [InlineData("fix-1--lantern.sites.test", "lantern", "fix-1")]
    [InlineData("sites.test", null, null)]
    [InlineData("a.b.sites.test", null, null)]
    [InlineData("evilsites.test", null, null)]
    public void A_host_says_which_site_and_which_preview(string host, string? site, string? label)
    {
        var key = SiteKey.FromHost(host, "sites.test");
        (key?.Site, key?.Label).ShouldBe((site, label));
    }
}
