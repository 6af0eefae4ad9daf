using System.Text;
using Rialto.Repositories;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Cli.Tests;

public sealed class WorkTreeTests
{
    [Fact]
    public async Task A_preview_sees_what_is_on_disk_and_not_what_is_ignored_or_deleted()
    {
        using var repository = new TestRepository();
        repository.Write("README.md", "# Old").Write("gone.md", "x").Write(".gitignore", "*.log\n").Commit();
        repository.Write("README.md", "# New").Write("draft.md", "# Draft").Write("noise.log", "x");
        File.Delete(Path.Combine(repository.Path, "gone.md"));
        File.CreateSymbolicLink(Path.Combine(repository.Path, "link.md"), "/etc/hostname");

        await using var commit = await RepositoriesModule.CreateReader().OpenAsync(repository.Path);
        await using var tree = await WorkTree.ReadAsync(repository.Path, commit, default);

        tree.Entries.Select(entry => entry.Path).ShouldBe([".gitignore", "README.md", "draft.md", "link.md"]);
        Encoding.UTF8.GetString((await tree.ReadAsync(tree.Find("README.md")!)).Span).ShouldBe("# New");
        tree.Find("link.md")!.Kind.ShouldBe(SourceEntryKind.Symlink);
        Encoding.UTF8.GetString((await tree.ReadAsync(tree.Find("link.md")!)).Span).ShouldBe("/etc/hostname");
    }

    [Fact]
    public async Task A_changed_file_has_a_new_id()
    {
        using var repository = new TestRepository();
        repository.Write("a.md", "one").Commit();
        await using var commit = await RepositoriesModule.CreateReader().OpenAsync(repository.Path);
        await using var before = await WorkTree.ReadAsync(repository.Path, commit, default);
        repository.Write("a.md", "longer");
        await using var after = await WorkTree.ReadAsync(repository.Path, commit, default);
        after.Find("a.md")!.ObjectId.ShouldNotBe(before.Find("a.md")!.ObjectId);
    }
}
