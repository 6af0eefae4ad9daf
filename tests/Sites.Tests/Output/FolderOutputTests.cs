using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class FolderOutputTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("rialto-output-").FullName;

    private string Site => Path.Combine(root, "site");

    private async Task Write(params string[] paths)
    {
        using var output = new FolderOutput(Site);
        foreach (var path in paths) await output.WriteAsync(path, "x"u8.ToArray());
        output.Finish();
    }

    [Fact]
    public async Task A_new_build_replaces_the_old_one_whole()
    {
        await Write("a.html", "old/b.html");
        await Write("a.html");
        Directory.Exists(Path.Combine(Site, "old")).ShouldBeFalse();
        Directory.GetFileSystemEntries(root).ShouldBe([Site]);
    }

    [Fact]
    public async Task An_unfinished_build_changes_nothing()
    {
        await Write("a.html");
        using (var output = new FolderOutput(Site)) await output.WriteAsync("b.html", "x"u8.ToArray());
        File.Exists(Path.Combine(Site, "a.html")).ShouldBeTrue();
        Directory.GetFileSystemEntries(root).ShouldBe([Site]);
    }

    [Fact]
    public void A_folder_with_other_peoples_files_is_refused()
    {
        Directory.CreateDirectory(Site);
        File.WriteAllText(Path.Combine(Site, "thesis.doc"), "x");
        Should.Throw<Refusal>(() => new FolderOutput(Site)).Code.ShouldBe("output.not_ours");
        using var forced = new FolderOutput(Site, force: true);
    }

    [Theory, InlineData("../x"), InlineData("/x"), InlineData("a//b"), InlineData(""), InlineData("a\\b"), InlineData("a/./b")]
    public async Task No_file_leaves_the_folder(string path)
    {
        using var output = new FolderOutput(Site);
        await Should.ThrowAsync<ArgumentException>(async () => await output.WriteAsync(path, default));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
