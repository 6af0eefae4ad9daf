using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class SluggerTests
{
    [Theory]
    [InlineData("Getting Started", "getting-started")]
    [InlineData("What's new in 2.0?", "whats-new-in-20")]
    [InlineData("C++ & Rust", "c--rust")]
    [InlineData("snake_case-and-kebab", "snake_case-and-kebab")]
    [InlineData("🚀 Launch", "-launch")]
    [InlineData("安装 指南", "安装-指南")]
    [InlineData("نصب و راه‌اندازی", "نصب-و-راهاندازی")]
    [InlineData("Ünïcödé", "ünïcödé")]
    [InlineData("1. First", "1-first")]
    [InlineData("`code` in heading", "code-in-heading")]
    public void Anchors_are_those_of_GitHub(string heading, string anchor) => Slugger.Slug(heading.Replace("`", "", StringComparison.Ordinal)).ShouldBe(anchor);

    [Fact]
    public void Equal_headings_are_numbered_and_never_collide()
    {
        var slugger = new Slugger();
        new[] { "A", "A", "A 1", "A" }.Select(slugger.Next).ShouldBe(["a", "a-1", "a-1-1", "a-2"]);
    }
}
