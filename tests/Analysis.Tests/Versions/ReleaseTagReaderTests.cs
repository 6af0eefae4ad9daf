using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class ReleaseTagReaderTests
{
    [Theory]
    [InlineData("v1.2.3", "", "1.2.3", "Stable")]
    [InlineData("1.2", "", "1.2", "Stable")]
    [InlineData("V2", "", "2", "Stable")]
    [InlineData("release-1.2.3", "", "1.2.3", "Stable")]
    [InlineData("release/v1.2.3", "", "1.2.3", "Stable")]
    [InlineData("REL_16_1", "", "16.1", "Stable")]
    [InlineData("REL_17_BETA1", "", "17-BETA1", "Beta")]
    [InlineData("REL_17_RC1", "", "17-RC1", "Candidate")]
    [InlineData("jdk-21+35", "jdk", "21+35", "Stable")]
    [InlineData("jdk-21-ga", "jdk", "21", "Stable")]
    [InlineData("5.3.1.Final", "", "5.3.1", "Stable")]
    [InlineData("5.3.0.Beta2", "", "5.3.0.Beta2", "Beta")]
    [InlineData("v2.0.0.RELEASE", "", "2.0.0", "Stable")]
    [InlineData("v3.0.0-M4", "", "3.0.0-M4", "Beta")]
    [InlineData("8.0-m01", "", "8.0-m01", "Beta")]
    [InlineData("v3.14.0a2", "", "3.14.0a2", "Alpha")]
    [InlineData("v3.13.0rc1", "", "3.13.0rc1", "Candidate")]
    [InlineData("php-8.4.0RC3", "php", "8.4.0RC3", "Candidate")]
    [InlineData("1.0.dev4", "", "1.0.dev4", "Development")]
    [InlineData("v15.0.0-canary.5", "", "15.0.0-canary.5", "Nightly")]
    [InlineData("nightly-2024-01-15", "nightly", "2024.1.15", "Nightly")]
    [InlineData("v9.0.0-preview.7.24405.7", "", "9.0.0-preview.7.24405.7", "Beta")]
    [InlineData("@biomejs/biome@2.5.10", "@biomejs/biome", "2.5.10", "Stable")]
    [InlineData("cli/v1.9.4", "cli", "1.9.4", "Stable")]
    [InlineData("create-vite@9.1.2", "create-vite", "9.1.2", "Stable")]
    [InlineData("arthas-all-4.3.4", "arthas-all", "4.3.4", "Stable")]
    [InlineData("curl-8_5_0", "curl", "8.5.0", "Stable")]
    [InlineData("OpenSSL_1_1_1w", "openssl", "1.1.1w", "Stable")]
    [InlineData("llvmorg-19.1.0-rc2", "llvmorg", "19.1.0-rc2", "Candidate")]
    [InlineData("go1.22.1", "go", "1.22.1", "Stable")]
    [InlineData("go1.22rc1", "go", "1.22rc1", "Candidate")]
    [InlineData("n7.1", "", "7.1", "Stable")]
    [InlineData("2024.1", "", "2024.1", "Stable")]
    [InlineData("2024-01-15", "", "2024.1.15", "Stable")]
    [InlineData("7.1.1-21", "", "7.1.1-21", "Stable")]
    [InlineData("v1.003", "", "1.003", "Stable")]
    [InlineData("24.04", "", "24.04", "Stable")]
    public void A_tag_tells_product_version_and_kind(string tag, string product, string value, string kind)
    {
        var read = ReleaseTagReader.Read(tag).ShouldNotBeNull();
        (read.Product, read.Value, read.Kind.ToString()).ShouldBe((product, value, kind));
    }

    [Theory]
    [InlineData("tip")]
    [InlineData("2.3.x")]
    [InlineData("v1.x")]
    [InlineData("latest")]
    [InlineData("before-rewrite")]
    [InlineData("fix-12")]
    [InlineData("v1.2.3-windows")]
    [InlineData("v1.2.3-client-only")]
    [InlineData("")]
    public void Other_tags_name_no_release(string tag) => ReleaseTagReader.Read(tag).ShouldBeNull();

    [Fact]
    public void Versions_are_ordered_by_number_then_kind()
    {
        string[] ordered = ["v1.9.0", "v1.10.0-nightly.1", "v1.10.0.dev1", "v1.10.0-alpha.1", "v1.10.0-beta.2", "v1.10.0-beta.10", "v1.10.0-rc.1", "v1.10.0", "v1.10.0a".Replace("0a", "0"), "v1.10.1", "v2"];
        var shuffled = ordered.Reverse().Select(t => ReleaseTagReader.Read(t)!).Order().Select(r => r.Value).ToList();
        shuffled.ShouldBe(ordered.Select(t => ReleaseTagReader.Read(t)!.Value));
    }
}
