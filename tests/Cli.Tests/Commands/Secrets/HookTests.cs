using Rialto.Testing;
using Shouldly;

namespace Rialto.Cli.Tests.Commands.Secrets;

/// <summary>The hook as Git runs it, with the real program behind it.</summary>
public sealed class HookTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "rialto");

    [Fact]
    public async Task A_commit_with_a_secret_is_stopped_until_the_hook_is_taken_away()
    {
        using var repository = new TestRepository();
        (await HookAsync(repository.Path, "status")).ShouldContain("Not installed");
        (await HookAsync(repository.Path, "install")).ShouldContain("Installed");
        (await HookAsync(repository.Path, "status")).ShouldContain("Installed in");

        repository.Write("a.txt", "harmless").Commit();
        repository.Write("with space\nand line.txt", $"x\n{Planted.Token}\n");
        var stopped = Should.Throw<InvalidOperationException>(() => repository.Commit()).Message;
        stopped.ShouldContain("The commit is stopped");
        stopped.ShouldNotContain(Planted.Token);

        (await HookAsync(repository.Path, "uninstall")).ShouldContain("Removed");
        repository.Commit();
    }

    [Fact]
    public async Task What_is_staged_counts_and_not_what_lies_in_the_work_tree()
    {
        using var repository = new TestRepository().Write("gone.txt", Planted.Token).Write("bin", [0, 1, 2, .. System.Text.Encoding.ASCII.GetBytes(Planted.Token)]);
        repository.Commit();
        await HookAsync(repository.Path, "install");
        // A deleted secret and an unstaged one stop nobody.
        File.Delete(Path.Combine(repository.Path, "gone.txt"));
        repository.Commit("take it out");
        repository.Write("staged.txt", Planted.Token).Git("add", "staged.txt");
        repository.Write("staged.txt", "clean again");
        Should.Throw<InvalidOperationException>(() => repository.Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-m", "staged"));
    }

    [Fact]
    public async Task More_than_fits_in_memory_is_looked_through_and_a_giant_file_is_named_instead_of_refused()
    {
        using var repository = new TestRepository();
        // Holes cost no room on the disk; Git packs them to almost nothing.
        foreach (var (name, mebibytes) in ((string, int)[])[("giant.bin", 65), ("large.bin", 40), ("other.bin", 41)])
            using (var file = File.Create(Path.Combine(repository.Path, name))) file.SetLength(mebibytes * 1024L * 1024);
        repository.Write("z.txt", Planted.Token).Git("add", "-A");
        var ran = await RialtoProgram.StartAsync(Program, new Dictionary<string, string?>(), repository.Path, "hook", "run");
        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldContain("z.txt:1:1");
        ran.Error.ShouldContain("giant.bin is larger than 64 MiB");
        ran.Error.ShouldNotContain("other.bin");
    }

    [Fact]
    public async Task A_hook_that_was_there_keeps_running_first_and_comes_back()
    {
        using var repository = new TestRepository();
        var hook = Path.Combine(repository.Path, ".git", "hooks", "pre-commit");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        var own = $"#!/bin/sh\necho ran >> '{repository.Path}/.git/witness'\n[ ! -f forbidden ]\n";
        await File.WriteAllTextAsync(hook, own, TestContext.Current.CancellationToken);
        Executable(hook);
        (await HookAsync(repository.Path, "install")).ShouldContain("after the hook that was there");
        await HookAsync(repository.Path, "install");
        repository.Write("a", "1").Commit();
        File.ReadAllLines(Path.Combine(repository.Path, ".git", "witness")).Length.ShouldBe(1);
        repository.Write("forbidden", "1");
        Should.Throw<InvalidOperationException>(() => repository.Commit());
        await HookAsync(repository.Path, "uninstall");
        File.ReadAllText(hook).ShouldBe(own);
    }

    [Fact]
    public async Task A_folder_of_hooks_set_by_hand_and_a_linked_work_tree_are_honoured()
    {
        using var repository = new TestRepository().Write("a", "1");
        repository.Commit();
        repository.Git("config", "core.hooksPath", "my hooks");
        await HookAsync(repository.Path, "install");
        File.Exists(Path.Combine(repository.Path, "my hooks", "pre-commit")).ShouldBeTrue();
        repository.Write("b", Planted.Token);
        Should.Throw<InvalidOperationException>(() => repository.Commit());

        repository.Git("config", "--unset", "core.hooksPath");
        var linked = Path.Combine(repository.Path, "linked");
        repository.Git("worktree", "add", "--quiet", linked, "-b", "other");
        await HookAsync(linked, "install");
        await File.WriteAllTextAsync(Path.Combine(linked, "c"), Planted.Token, TestContext.Current.CancellationToken);
        repository.Git("-C", linked, "add", "c");
        Should.Throw<InvalidOperationException>(() => repository.Git("-C", linked, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-m", "c")).Message.ShouldContain("stopped");
    }

    [Fact]
    public async Task Merges_and_two_thousand_files_pass()
    {
        using var repository = new TestRepository().Write("a", "1");
        repository.Commit();
        repository.Git("branch", "side");
        await HookAsync(repository.Path, "install");
        for (var index = 0; index < 2000; index++) repository.Write($"d{index % 20}/f{index}", $"file {index}\n");
        repository.Commit("many");
        repository.Git("checkout", "--quiet", "side");
        repository.Write("b", "2").Commit("side");
        repository.Git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "merge", "--quiet", "--no-edit", "main");
        repository.Git("rev-list", "--count", "HEAD").Trim().ShouldBe("4");
    }

    private static async Task<string> HookAsync(string folder, string verb)
    {
        var ran = await RialtoProgram.StartAsync(Program, new Dictionary<string, string?>(), folder, "hook", verb);
        ran.ExitCode.ShouldBe(0, ran.Error);
        return ran.Output;
    }

    private static void Executable(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
