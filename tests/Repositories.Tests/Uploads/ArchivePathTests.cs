using Rialto.Kernel;
using Rialto.Repositories.Uploads;
using Shouldly;

namespace Rialto.Repositories.Tests.Uploads;

public sealed class ArchivePathTests
{
    [Theory]
    [InlineData("a.txt", "a.txt")]
    [InlineData("a/b/c.txt", "a/b/c.txt")]
    [InlineData("...", "...")]
    [InlineData("a..b", "a..b")]
    [InlineData(".gitignore", ".gitignore")]
    [InlineData(".github/workflows/ci.yml", ".github/workflows/ci.yml")]
    [InlineData("Ünïcode/文.md", "Ünïcode/文.md")]
    [InlineData(".git/config", null)]
    [InlineData("a/.GIT/config", null)]
    [InlineData("a/.git", null)]
    [InlineData(".git./config", null)]
    [InlineData(".git /config", null)]
    [InlineData("GIT~1/config", null)]
    public void A_sound_name_is_kept_and_what_is_Gits_own_is_left_out(string name, string? path) => ArchivePath.Checked(name).ShouldBe(path);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/..")]
    [InlineData("a/./b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("c:a")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a\u001bb")]
    [InlineData("a\uFFFDb")]
    public void A_name_that_is_none_is_refused(string name) => Should.Throw<Refusal>(() => ArchivePath.Checked(name)).Code.ShouldBe("upload.bad_path");

    [Theory]
    [InlineData("x/a,x/b", "x/")]
    [InlineData("x/a", "x/")]
    [InlineData("x/a,y/b", "")]
    [InlineData("x/a,b", "")]
    [InlineData("a,b", "")]
    [InlineData("x/y/a,x/z/b", "x/")]
    [InlineData("x/a,xy/b", "")]
    public void The_folder_around_everything_is_found(string names, string root) => ArchivePath.CommonRoot(names.Split(',')).ShouldBe(root);
}
