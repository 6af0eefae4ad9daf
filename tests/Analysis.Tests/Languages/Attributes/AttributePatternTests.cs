using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class AttributePatternTests
{
    [Theory]
    [InlineData("*.c", "", "a/b/x.c", true)]
    [InlineData("*.c", "", "x.cc", false)]
    [InlineData("x.c", "", "deep/x.c", true)]
    [InlineData("/x.c", "", "deep/x.c", false)]
    [InlineData("/x.c", "", "x.c", true)]
    [InlineData("lib/*", "", "lib/x.c", true)]
    [InlineData("lib/*", "", "lib/a/x.c", false)]
    [InlineData("lib/**", "", "lib/a/x.c", true)]
    [InlineData("lib/**", "", "lib", false)]
    [InlineData("lib", "", "lib/x.c", false)]
    [InlineData("lib/", "", "lib/x.c", false)]
    [InlineData("**/gen/**", "", "a/gen/x", true)]
    [InlineData("**/gen/**", "", "gen/x", true)]
    [InlineData("**/gen/**", "", "a/regen/x", false)]
    [InlineData("a/**/b", "", "a/b", true)]
    [InlineData("a/**/b", "", "a/x/y/b", true)]
    [InlineData("a**b", "", "axxb", true)]
    [InlineData("a?c", "", "abc", true)]
    [InlineData("a?c", "", "ac", false)]
    [InlineData("x[0-9].h", "", "x7.h", true)]
    [InlineData("x[!0-9].h", "", "x7.h", false)]
    [InlineData("x[^0-9].h", "", "xa.h", true)]
    [InlineData("x[[:digit:]a].h", "", "xa.h", true)]
    [InlineData("x[]]", "", "x]", true)]
    [InlineData("x[9-0]", "", "x5", false)]
    [InlineData("x[", "", "x[", true)]
    [InlineData("a\\*b", "", "a*b", true)]
    [InlineData("a\\*b", "", "axb", false)]
    [InlineData("*.js", "sub/", "sub/deep/x.js", true)]
    [InlineData("*.js", "sub/", "x.js", false)]
    [InlineData("dist/*.js", "sub/", "sub/dist/x.js", true)]
    [InlineData("dist/*.js", "sub/", "dist/x.js", false)]
    public void Patterns_match_as_git_matches(string pattern, string folder, string path, bool matches) =>
        new AttributePattern(pattern, folder).Matches(path).ShouldBe(matches);
}
