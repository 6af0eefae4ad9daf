using Rialto.Repositories;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

/// <summary>Tags as the named projects have them, newest first.</summary>
public sealed class VersionFinderTests
{
    private static readonly DateTimeOffset Newest = new(2026, 1, 15, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("vite", "v8.2.2 plugin-legacy@8.2.3 v8.2.1 create-vite@9.1.2 v8.2.0 plugin-legacy@8.2.2 v8.0.0-beta.1 create-app@3.1.0", "8.2.2", null)]
    [InlineData("mdBook", "v0.5.4 v0.5.3 v0.5.2 v0.5.1 v0.5.0 v0.5.0-beta.2", "0.5.4", null)]
    [InlineData("flask", "3.1.3 3.1.2 3.1.1 3.1.0 2.3.x 2.2.x", "3.1.3", null)]
    [InlineData("redis", "6.2.16 7.2.6 7.4.1 8.0-m01 7.4.0 7.4-rc2", "7.4.1", "8.0-m01")]
    [InlineData("biome", "@biomejs/biome@2.5.10 @biomejs/biome@2.5.9 @biomejs/js-api@4.0.0 cli/v1.9.4 cli/v1.9.3 lsp/v2.1.1 js-api/v0.7.0", "2.5.10", null)]
    [InlineData("starlight", "@astrojs/starlight@0.41.7 @astrojs/starlight-docsearch@0.7.0 @astrojs/starlight@0.41.6 @astrojs/starlight-tailwind@5.0.0", "0.41.7", null)]
    [InlineData("ghostty", "tip v1.3.1 v1.3.0 v1.2.3", "1.3.1", null)]
    [InlineData("arthas", "arthas-all-4.3.4 arthas-all-4.3.3 arthas-all-4.0.0 arthas-all-4.0.0-rc1", "4.3.4", null)]
    [InlineData("htmx", "v4.0.0-beta5 v4.0.0-beta4 v2.0.10 v2.0.9 v4.0.0-beta2", "2.0.10", "4.0.0-beta5")]
    [InlineData("postgres", "REL_18_BETA1 REL_17_5 REL_16_9 REL_17_4 REL9_6_24", "17.5", "18-BETA1")]
    [InlineData("jdk", "jdk-25+10 jdk-24-ga jdk-21+35", "25+10", null)]
    [InlineData("curl", "curl-8_14_1 curl-8_14_0 curl-8_14_0-rc1 tiny-curl-8_4_0", "8.14.1", null)]
    [InlineData("llvm-project", "llvmorg-20.1.6 llvmorg-21-init llvmorg-20.1.0-rc3", "20.1.6", null)]
    [InlineData("next.js", "v15.4.0-canary.65 v15.3.3 v15.3.2", "15.3.3", "15.4.0-canary.65")]
    [InlineData("black", "25.1.0 24.10.0 19.10b0 18.3a0", "25.1.0", null)]
    [InlineData("tool", "v3.1.0 2019.12.1 2018.3.0", "3.1.0", null)]
    [InlineData("fresh", "v0.1.0-alpha.2 v0.1.0-alpha.1", "0.1.0-alpha.2", null)]
    public void The_latest_real_release_of_the_product(string repository, string tags, string version, string? prerelease)
    {
        var found = Find(repository, tags);
        (found.ShouldNotBeNull().Value, found.LatestPrerelease).ShouldBe((version, prerelease));
        found.Tag.ShouldNotBeNull();
        found.ReleasedAt.ShouldNotBeNull();
        found.Evidence.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("petclinic", "1.5.x")]
    [InlineData("product", "example-app-1.0.0 example-app-1.1.0")]
    [InlineData("product", "docs@1.0 plugin-a@2.0 plugin-b@3.0")]
    [InlineData("product", "")]
    public void Tags_of_other_things_are_no_version(string repository, string tags) => Find(repository, tags).ShouldBeNull();

    [Fact]
    public void Without_a_tag_the_manifest_says()
    {
        var found = Find("product", "example-1.0", Package("product", "2.0.0-rc.1"));
        found.ShouldNotBeNull().Value.ShouldBe("2.0.0-rc.1");
        found.Tag.ShouldBeNull();
        found.IsPrerelease.ShouldBeTrue();
        found.Evidence.ShouldBe([new Evidence("package.json", 3, "c")]);
        Find("product", "", Package("product", "0.0.0")).ShouldBeNull();
        Find("product", "", Package("product", "workspace:*")).ShouldBeNull();
    }

    [Fact]
    public void The_main_package_gives_its_name_to_the_tags() =>
        Find("repository", "@acme/core@2.0.0 @acme/extra@9.0.0 @acme/core@1.0.0", Package("@acme/core", "2.0.0")).ShouldNotBeNull().Value.ShouldBe("2.0.0");

    [Fact]
    public void Who_asks_for_a_tag_gets_its_version()
    {
        var found = VersionFinder.Find(Tags("v2.0.0 v1.0.0"), Identity("a") with { Ref = "v1.0.0", Commit = "v1.0.0" }, null);
        found.ShouldNotBeNull().Value.ShouldBe("1.0.0");
    }

    private static VersionFacts? Find(string repository, string tags, PackageFacts? main = null) => VersionFinder.Find(Tags(tags), Identity(repository), main);

    private static List<SourceTag> Tags(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((name, i) => new SourceTag(name, name, Newest.AddDays(-i)))];

    private static SourceIdentity Identity(string name) => new() { Source = name, Name = name, Commit = "c", CommittedAt = Newest };

    private static PackageFacts Package(string name, string version) => new()
    {
        Ecosystem = "npm", Name = name, Version = version, Manifest = "package.json", Dependencies = [], Evidence = new Evidence("package.json", 3, "c"),
    };

    [Fact]
    public void A_project_that_stopped_tagging_is_as_new_as_its_manifest_and_its_changelog_agree()
    {
        var tagged = Find("faces", "v1.2.2 v1.2.1");
        var manifest = Package("faces", "1.4.0");
        var log = new ChangelogFacts("HISTORY.rst", [new ReleaseNote("1.4.0", new DateOnly(2026, 9, 26), "", new Evidence("HISTORY.rst", 4, "c"))]);
        VersionFinder.OrAsTold(tagged, manifest, log).ShouldNotBeNull().Value.ShouldBe("1.4.0");
        VersionFinder.OrAsTold(tagged, manifest, null).ShouldBe(tagged);
        VersionFinder.OrAsTold(tagged, Package("faces", "1.5.0.dev1"), log).ShouldBe(tagged);
        VersionFinder.OrAsTold(tagged, manifest, new("HISTORY.rst", [log.Releases[0] with { Date = null }])).ShouldBe(tagged);
    }
}
