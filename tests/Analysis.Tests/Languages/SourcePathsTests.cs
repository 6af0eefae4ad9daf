using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class SourcePathsTests
{
    [Theory]
    [InlineData("node_modules/a/b.js")]
    [InlineData("web/vendor/a.php")]
    [InlineData("Third-Party/a.c")]
    [InlineData("3rdparty/a.c")]
    [InlineData("dist/a.js")]
    [InlineData("static/jquery-3.7.1.min.js")]
    [InlineData("static/jquery.js")]
    [InlineData("types/a.d.ts")]
    [InlineData("js/d3.v7.js")]
    [InlineData("css/bootstrap-theme.css")]
    [InlineData("codemirror/5.1/mode/x.js")]
    [InlineData("CodeMirror/lib/x.js")]
    [InlineData("testdata/a.go")]
    [InlineData("a/test/fixtures/b.rb")]
    [InlineData(".github/workflows/a.sh")]
    [InlineData("configure")]
    [InlineData("external/a.c")]
    [InlineData("Dependencies/a.c")]
    [InlineData(".DS_Store")]
    public void These_are_vendored(string path) => SourcePaths.IsVendored(path).ShouldBeTrue();

    [Theory]
    [InlineData("src/main.c")]
    [InlineData("src/vendoring.py")]
    [InlineData("src/distance.js")]
    [InlineData("src/configure.py")]
    [InlineData("lib/environment.rb")]
    [InlineData("src/a.ts")]
    public void These_are_not_vendored(string path) => SourcePaths.IsVendored(path).ShouldBeFalse();

    [Theory]
    [InlineData("docs/a.css", true)]
    [InlineData("Documentation/a.c", true)]
    [InlineData("a/CHANGELOG.md", true)]
    [InlineData("README.md", true)]
    [InlineData("examples/a.js", true)]
    [InlineData("src/docs.ts", false)]
    [InlineData("packages/examples/a.js", false)]
    public void Documentation_is_told_by_its_place(string path, bool documentation) => SourcePaths.IsDocumentation(path).ShouldBe(documentation);
}
