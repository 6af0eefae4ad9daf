using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class LanguageAttributesTests
{
    [Fact]
    public async Task Later_lines_and_deeper_files_win()
    {
        var tree = new MemoryTree()
            .Add(".gitattributes", "*.x linguist-language=Ruby\n*.x linguist-language=Python\n")
            .Add("deep/.gitattributes", "*.x linguist-language=Perl\n")
            .Add("deep/deeper/.gitattributes", "a.x !linguist-language\n");
        var attributes = await LanguageAttributes.ReadAsync(tree, default);
        attributes.Of("a.x").Language.ShouldBe("Python");
        attributes.Of("deep/a.x").Language.ShouldBe("Perl");
        attributes.Of("deep/deeper/a.x").Language.ShouldBeNull();
        attributes.Of("deep/deeper/b.x").Language.ShouldBe("Perl");
    }

    [Fact]
    public async Task Flags_are_set_unset_or_unspecified()
    {
        var tree = new MemoryTree().Add(".gitattributes", """
            # a comment
            a linguist-vendored
            b -linguist-vendored
            c linguist-vendored=false linguist-generated=true
            "d e" linguist-detectable
            f text eol=lf
            big/* filter=lfs diff=lfs
            """);
        var attributes = await LanguageAttributes.ReadAsync(tree, default);
        attributes.Of("a").Vendored.ShouldBe(true);
        attributes.Of("b").Vendored.ShouldBe(false);
        attributes.Of("c").Vendored.ShouldBe(false);
        attributes.Of("c").Generated.ShouldBe(true);
        attributes.Of("d e").Detectable.ShouldBe(true);
        attributes.Of("f").ShouldBe(default);
        attributes.Of("big/x").IsLfs.ShouldBeTrue();
    }

    [Fact]
    public async Task A_macro_of_the_root_file_expands()
    {
        var tree = new MemoryTree().Add(".gitattributes", "[attr]made linguist-generated linguist-vendored=false\nout/** made\n");
        var of = (await LanguageAttributes.ReadAsync(tree, default)).Of("out/a/b.js");
        of.Generated.ShouldBe(true);
        of.Vendored.ShouldBe(false);
    }

    /// <summary>The answers of the real git on the same files.</summary>
    [Fact]
    public async Task Git_itself_says_the_same()
    {
        const string Root = "*.js linguist-vendored\nsrc/** -linguist-vendored\nsrc/gen/*.js linguist-vendored\n/top.js -linguist-vendored\n**/x/*.js !linguist-vendored\nq[a-c]?.js linguist-vendored=false\n";
        const string Deep = "*.js linguist-vendored\nin/a.js -linguist-vendored\n";
        string[] paths = ["a.js", "src/a.js", "src/gen/a.js", "src/gen/b/a.js", "top.js", "z/top.js", "x/a.js", "y/x/a.js", "qa1.js", "qd1.js", "deep/a.js", "deep/in/a.js", "deep/in/b.js"];
        using var repository = new TestRepository();
        repository.Write(".gitattributes", Root).Write("deep/.gitattributes", Deep);
        var tree = new MemoryTree().Add(".gitattributes", Root).Add("deep/.gitattributes", Deep);
        var attributes = await LanguageAttributes.ReadAsync(tree, default);
        foreach (var path in paths)
        {
            var git = repository.Git("check-attr", "linguist-vendored", "--", path).Trim().Split(": ")[^1];
            var ours = attributes.Of(path).Vendored switch { true => "set", false => "unset", null => "unspecified" };
            ours.ShouldBe(git == "false" ? "unset" : git, path);
        }
    }
}
