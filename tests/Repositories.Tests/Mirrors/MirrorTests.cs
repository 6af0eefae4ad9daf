using Rialto.Repositories.Mirrors;
using Rialto.Repositories.Remote;
using Rialto.Repositories.Sources;
using Rialto.Repositories.Tests.Remote;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Mirrors;

public sealed class MirrorTests : IDisposable
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-mirror-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_second_fetch_brings_only_what_is_new_and_a_known_commit_nothing()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("large.bin", Noise(400_000)).Write("a.txt", "one");
        var first = repository.Commit("first");
        bench.Host.Publish(repository, "acme/rocket.git");
        await using (var tree = await OpenAsync(bench)) tree.Identity.Commit.ShouldBe(first);
        var before = Bytes();
        before.ShouldBeGreaterThan(400_000);

        var second = repository.Write("a.txt", "two").Commit("second");
        bench.Host.Push(repository, "acme/rocket.git");
        await using (var tree = await OpenAsync(bench))
        {
            tree.Identity.Commit.ShouldBe(second);
            (await tree.ReadAsync(tree.Find("a.txt")!, Cancel)).Span.SequenceEqual("two"u8).ShouldBeTrue();
            (await tree.ReadAsync(tree.Find("large.bin")!, Cancel)).Length.ShouldBe(400_000);
            (await tree.LogAsync(10, Cancel)).Select(commit => commit.Id).ShouldBe([second, first]);
        }
        (Bytes() - before).ShouldBeLessThan(50_000);

        var asked = bench.Host.Asked.Count;
        await using (var tree = await OpenAsync(bench)) tree.Identity.Commit.ShouldBe(second);
        // Its references are asked for, its objects are not.
        bench.Host.Asked.Skip(asked).Count(one => one.Method == "POST").ShouldBe(1);
        await using (var tree = await OpenAsync(bench, "@" + first)) (await tree.ReadAsync(tree.Find("a.txt")!, Cancel)).Span.SequenceEqual("one"u8).ShouldBeTrue();
        bench.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_branch_that_was_rewritten_is_read_as_it_is_now()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("a.txt", "one");
        var root = repository.Commit("root");
        repository.Write("a.txt", "two").Commit("second");
        bench.Host.Publish(repository, "acme/rewritten.git");
        await (await OpenAsync(bench, path: "acme/rewritten")).DisposeAsync();
        repository.Git("reset", "--quiet", "--hard", root);
        var other = repository.Write("a.txt", "three").Commit("other");
        bench.Host.Push(repository, "acme/rewritten.git");
        await using var tree = await OpenAsync(bench, path: "acme/rewritten");
        (await tree.LogAsync(10, Cancel)).Select(commit => commit.Id).ShouldBe([other, root]);
    }

    [Fact]
    public async Task Readings_go_on_while_the_next_fetch_adds_and_many_at_once_are_one_after_the_other()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("a.txt", "one");
        var first = repository.Commit("first");
        bench.Host.Publish(repository, "acme/rocket.git");
        await using var early = await OpenAsync(bench);
        var second = repository.Write("a.txt", "two").Commit("second");
        bench.Host.Push(repository, "acme/rocket.git");
        var trees = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => OpenAsync(bench, number % 2 == 0 ? "" : "@" + first)));
        foreach (var tree in trees)
        {
            tree.Identity.Commit.ShouldBeOneOf(first, second);
            (await tree.ReadAsync(tree.Find("a.txt")!, Cancel)).Length.ShouldBe(3);
            await tree.DisposeAsync();
        }
        (await early.ReadAsync(early.Find("a.txt")!, Cancel)).Span.SequenceEqual("one"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_damaged_is_fetched_without_it_and_then_begun_anew()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit("first");
        bench.Host.Publish(repository, "acme/rocket.git");
        await (await OpenAsync(bench)).DisposeAsync();
        var generation = Mirror.Generations(folder).ShouldHaveSingleItem();
        foreach (var pack in Directory.EnumerateFiles(Path.Combine(generation, "files", "objects", "pack")))
        {
            File.SetAttributes(pack, FileAttributes.Normal);
            File.WriteAllText(pack, "broken");
        }
        repository.Write("a.txt", "two").Commit("second");
        bench.Host.Push(repository, "acme/rocket.git");
        await using (var tree = await OpenAsync(bench)) (await tree.ReadAsync(tree.Find("a.txt")!, Cancel)).Span.SequenceEqual("two"u8).ShouldBeTrue();
        await using (var tree = await OpenAsync(bench)) (await tree.ReadAsync(tree.Find("a.txt")!, Cancel)).Span.SequenceEqual("two"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Who_finds_it_held_for_long_fetches_without_it()
    {
        await using var bench = await RemoteBench.StartAsync();
        using var repository = new TestRepository().Write("a.txt", "one");
        var first = repository.Commit("first");
        bench.Host.Publish(repository, "acme/rocket.git");
        using var held = await Mirror.TryTakeAsync(folder, first, Cancel);
        await using (var tree = await OpenAsync(bench)) tree.Identity.Commit.ShouldBe(first);
        bench.Leftovers.ShouldBeEmpty();
        held!.Has(first).ShouldBeFalse();
    }

    [Fact]
    public void Mirrors_stay_within_their_size_and_what_is_in_use_or_newest_goes_last()
    {
        var mirrors = new MirrorFolder(folder, mostBytes: 2500);
        var (old, used, replaced) = (Generation(1, 1, hours: 9), Generation(2, 1, hours: 2), Generation(3, 1, hours: 1));
        var newest = Generation(3, 2, hours: 0);
        mirrors.Trim().ShouldBe(2);
        Directory.Exists(old).ShouldBeFalse();
        Directory.Exists(replaced).ShouldBeFalse();
        Directory.Exists(used).ShouldBeTrue();
        Directory.Exists(newest).ShouldBeTrue();
        new MirrorFolder(folder, mostBytes: 0).Trim().ShouldBe(1);
        Directory.Exists(newest).ShouldBeTrue();
    }

    private string Generation(int repository, int number, double hours)
    {
        var path = Path.Combine(folder, $"repository{repository}", $"{number:0000}");
        Directory.CreateDirectory(path);
        File.WriteAllBytes(Path.Combine(path, "objects"), new byte[1000]);
        File.WriteAllText(Path.Combine(path, "used"), "");
        File.SetLastWriteTimeUtc(Path.Combine(path, "used"), DateTime.UtcNow.AddHours(-hours));
        return path;
    }

    private long Bytes() => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private Task<ISourceTree> OpenAsync(RemoteBench bench, string reference = "", string path = "acme/rocket") =>
        RemoteReading.OpenAsync((RemoteSource)SourceParser.Parse(bench.Host.Url(path) + reference), bench.Limits, bench.Access, null, Cancel, folder);

    private static byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        new Random(7).NextBytes(noise);
        return noise;
    }
}
