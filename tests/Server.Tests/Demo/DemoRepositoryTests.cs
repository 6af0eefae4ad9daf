using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Server.Tests;

public sealed class DemoRepositoryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-demo-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void There_are_several() => DemoRepository.Names.ShouldBe(["campanile", "lantern", "tidewater"]);

    [Theory]
    [InlineData("lantern", 3, "docs/watching.md")]
    [InlineData("tidewater", 2, "docs/method.md")]
    [InlineData("campanile", 1, "README.md")]
    public async Task Each_step_is_a_commit_of_real_Git_with_a_tag(string name, int steps, string file)
    {
        var repository = new DemoRepository(folder, name);
        for (var step = 1; step <= steps; step++) (await repository.CommitStepAsync(step, Cancel)).ShouldBeTrue();
        (await repository.CommitStepAsync(steps + 1, Cancel)).ShouldBeFalse();
        (await GitAsync(repository, "rev-list", "--count", "HEAD")).ShouldBe($"{steps}");
        (await GitAsync(repository, "tag", "--list")).Split('\n').Length.ShouldBe(steps);
        (await GitAsync(repository, "ls-tree", "-r", "--name-only", "HEAD")).Split('\n').ShouldContain(file);
        (await GitAsync(repository, "status", "--porcelain")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_studio_has_the_same_commits_everywhere()
    {
        var commits = new List<string>();
        foreach (var place in new[] { "here", "there" })
        {
            var repository = new DemoRepository(Path.Combine(folder, place), "lantern");
            await repository.CommitStepAsync(1, Cancel);
            commits.Add(await GitAsync(repository, "rev-parse", "HEAD"));
        }
        commits[1].ShouldBe(commits[0]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<string> GitAsync(DemoRepository repository, params string[] arguments) =>
        (await ChildProcess.RunAsync(new ChildCommand("git", arguments) { WorkingDirectory = repository.Folder }, cancel: Cancel)).OutputText.Trim();
}
