using System.Text;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Local;

public sealed class LocalReadingTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly ISourceReader reader = RepositoriesModule.CreateReader();

    [Fact]
    public async Task Files_of_the_commit_are_listed_in_order_and_read_without_a_checkout()
    {
        using var repository = new TestRepository().Write("b/Zoë.txt", "two").Write("a.txt", "one").Write("中文/文件.md", "三");
        var commit = repository.Commit();
        repository.Write("a.txt", "changed in the work tree only");

        await using var tree = await reader.OpenAsync(repository.Path, cancel: Cancel);

        tree.Entries.Select(entry => entry.Path).ShouldBe(["a.txt", "b/Zoë.txt", "中文/文件.md"]);
        tree.Identity.Commit.ShouldBe(commit);
        (await TextAsync(tree, "a.txt")).ShouldBe("one");
        (await TextAsync(tree, "中文/文件.md")).ShouldBe("三");
        tree.Find("a.txt")!.Bytes.ShouldBe(3);
        tree.Find("A.txt").ShouldBeNull();
    }

    [Fact]
    public async Task Kinds_of_entries_are_told_apart_and_a_link_gives_its_target()
    {
        using var repository = new TestRepository().Write("run.sh", "#!/bin/sh");
        File.CreateSymbolicLink(Path.Combine(repository.Path, "link"), "/etc/passwd");
        repository.Commit();
        repository.Git("update-index", "--chmod=+x", "run.sh");
        repository.Git("commit", "--quiet", "-m", "executable", "--author", "Ada Lovelace <ada@example.org>");
        var first = repository.Git("rev-parse", "HEAD").Trim();
        repository.Git("update-index", "--add", "--cacheinfo", $"160000,{first},module");
        repository.Git("commit", "--quiet", "-m", "module", "--author", "Ada Lovelace <ada@example.org>");

        await using var tree = await reader.OpenAsync(repository.Path, cancel: Cancel);

        tree.Find("run.sh")!.Kind.ShouldBe(SourceEntryKind.ExecutableFile);
        tree.Find("link")!.Kind.ShouldBe(SourceEntryKind.Symlink);
        (await TextAsync(tree, "link")).ShouldBe("/etc/passwd");
        tree.Find("module")!.ShouldBe(new SourceEntry("module", SourceEntryKind.Submodule, first, 0));
        (await tree.ReadAsync(tree.Find("module")!, Cancel)).Length.ShouldBe(0);
    }

    [Fact]
    public async Task The_default_branch_is_what_HEAD_says_and_origin_gives_owner_and_web_address_without_a_credential()
    {
        using var repository = new TestRepository().Write("a", "1");
        repository.Commit();
        repository.Git("branch", "-m", "trunk");
        repository.Git("remote", "add", "origin", "https://someone:abcdef123456@GitHub.com/acme/rocket.git");

        await using var tree = await reader.OpenAsync(repository.Path, cancel: Cancel);

        tree.Identity.DefaultBranch.ShouldBe("trunk");
        tree.Identity.Ref.ShouldBe("trunk");
        tree.Identity.Name.ShouldBe("rocket");
        tree.Identity.Owner.ShouldBe("acme");
        tree.Identity.Host.ShouldBe("github.com");
        tree.Identity.WebUrl.ShouldBe(new Uri("https://github.com/acme/rocket"));
        tree.Identity.ToString().ShouldNotContain("abcdef123456");
    }

    [Fact]
    public async Task A_branch_a_tag_a_short_commit_and_names_with_slashes_and_at_signs_open_their_commit()
    {
        using var repository = new TestRepository().Write("a", "1");
        var first = repository.Commit("first");
        repository.Git("tag", "-a", "create-app@3.1.0", "-m", "annotated");
        repository.Git("branch", "feature/new@home");
        repository.Write("a", "2").Commit("second");
        repository.Git("pack-refs", "--all");

        foreach (var name in (string[])["create-app@3.1.0", "feature/new@home", "refs/heads/feature/new@home", first, first[..9]])
        {
            await using var tree = await reader.OpenAsync($"{repository.Path}@{name}", cancel: Cancel);
            tree.Identity.Commit.ShouldBe(first, name);
            tree.Identity.DefaultBranch.ShouldBe("main");
        }
    }

    [Fact]
    public async Task A_folder_whose_name_holds_an_at_sign_is_found_before_it_is_split()
    {
        using var repository = new TestRepository().Write("a", "1");
        repository.Commit();
        var odd = Path.Combine(repository.Path, "copy@v1");
        repository.Git("clone", "--quiet", "--bare", repository.Path, odd);

        await using var tree = await reader.OpenAsync(odd, cancel: Cancel);
        tree.Identity.Name.ShouldNotBeEmpty();
        await using var withRef = await reader.OpenAsync(odd + "@main", cancel: Cancel);
        withRef.Identity.Ref.ShouldBe("main");
    }

    [Fact]
    public async Task A_bare_repository_a_sub_folder_and_a_linked_work_tree_open_alike()
    {
        using var repository = new TestRepository().Write("deep/er/a", "1");
        var commit = repository.Commit();
        repository.Git("clone", "--quiet", "--bare", repository.Path, Path.Combine(repository.Path, "bare.git"));
        repository.Git("worktree", "add", "--quiet", Path.Combine(repository.Path, "linked"), "-b", "other");

        foreach (var path in (string[])["bare.git", "deep/er", "linked", ".git"])
        {
            await using var tree = await reader.OpenAsync(Path.Combine(repository.Path, path), cancel: Cancel);
            tree.Identity.Commit.ShouldBe(commit, path);
        }
    }

    [Fact]
    public async Task History_is_newest_first_with_names_from_the_mailmap()
    {
        using var repository = new TestRepository().Write(".mailmap", "Ada Lovelace <ada@example.org> <old@example.org>\n");
        repository.Commit("first\n\nbody", "A. L. <old@example.org>", "2026-01-01T00:00:00+0200");
        repository.Write("a", "1").Commit("second");

        await using var tree = await reader.OpenAsync(repository.Path, cancel: Cancel);
        var log = await tree.LogAsync(10, Cancel);

        log.Select(commit => commit.Message).ShouldBe(["second", "first\n\nbody"]);
        log[1].AuthorName.ShouldBe("Ada Lovelace");
        log[1].AuthorEmail.ShouldBe("ada@example.org");
        log[1].AuthoredAt.ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)));
        (await tree.LogAsync(1, Cancel)).Count.ShouldBe(1);
        (await tree.LogAsync(0, Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_are_peeled_to_commits_and_tags_of_files_are_left_out()
    {
        using var repository = new TestRepository().Write("a", "1");
        var first = repository.Commit();
        repository.Git("tag", "light");
        repository.Git("tag", "-a", "heavy", "-m", "words");
        repository.Git("tag", "-a", "nested", "heavy", "-m", "tag of a tag");
        repository.Git("tag", "blob", "HEAD:a");

        await using var tree = await reader.OpenAsync(repository.Path, cancel: Cancel);
        var tags = await tree.TagsAsync(Cancel);

        tags.Select(tag => tag.Name).ShouldBe(["heavy", "light", "nested"]);
        tags.ShouldAllBe(tag => tag.Commit == first && tag.At != null);
    }

    [Fact]
    public async Task Many_readers_at_once_get_their_own_bytes()
    {
        using var repository = new TestRepository();
        for (var index = 0; index < 200; index++) repository.Write($"f{index:000}", new string((char)('a' + index % 26), 10 + index * 97));
        repository.Commit();
        await using var tree = await reader.OpenAsync(repository.Path, cancel: Cancel);

        await Parallel.ForEachAsync(tree.Entries, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (entry, cancel) =>
        {
            var index = int.Parse(entry.Path[1..]);
            Encoding.UTF8.GetString((await tree.ReadAsync(entry, cancel)).Span).ShouldBe(new string((char)('a' + index % 26), 10 + index * 97));
        });
    }

    private static async Task<string> TextAsync(ISourceTree tree, string path) =>
        Encoding.UTF8.GetString((await tree.ReadAsync(tree.Find(path)!, Cancel)).Span);
}
