using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Local;

public sealed class HostileRepositoryTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private readonly ISourceReader reader = RepositoriesModule.CreateReader();

    [Fact]
    public async Task Nothing_that_the_configuration_of_the_source_names_is_run()
    {
        using var repository = new TestRepository().Write("a.txt", "one").Write(".gitattributes", "* filter=evil diff=evil\n");
        repository.Commit();
        repository.Git("tag", "-a", "v1", "-m", "words");
        var witness = Path.Combine(repository.Path, "witness");
        var evil = $"touch '{witness}'; false";
        File.AppendAllText(Path.Combine(repository.Path, ".git", "config"), $"""

            [core]
            	fsmonitor = "{evil}"
            	sshCommand = "{evil}"
            	pager = "{evil}"
            	alternateRefsCommand = "{evil}"
            	hooksPath = {repository.Path}/hooks
            	gitProxy = "{evil}"
            [filter "evil"]
            	smudge = "{evil}"
            	process = "{evil}"
            [diff "evil"]
            	textconv = "{evil}"
            [alias]
            	ls-tree = "!{evil}"
            	log = "!{evil}"
            [uploadpack]
            	packObjectsHook = "{evil}"
            [include]
            	path = /dev/zero
            [gpg]
            	program = "{evil}"
            [log]
            	showSignature = true
            [remote "origin"]
            	url = ext::sh -c 'touch% {witness}'
            	promisor = true
            [extensions]
            	partialClone = origin
            """.Replace("            ", ""));

        await using var tree = await reader.OpenAsync(repository.Path, cancel: Cancel);
        foreach (var entry in tree.Entries) await tree.ReadAsync(entry, Cancel);
        (await tree.LogAsync(10, Cancel)).Count.ShouldBe(1);
        (await tree.TagsAsync(Cancel)).Count.ShouldBe(1);

        File.Exists(witness).ShouldBeFalse();
    }

    [Fact]
    public async Task A_missing_object_is_refused_when_it_is_read_and_others_still_read()
    {
        using var repository = new TestRepository().Write("gone.txt", "gone").Write("here.txt", "here");
        repository.Commit();
        var id = repository.Git("rev-parse", "HEAD:gone.txt").Trim();
        File.Delete(Path.Combine(repository.Path, ".git", "objects", id[..2], id[2..]));

        await using var tree = await reader.OpenAsync(repository.Path, cancel: Cancel);

        (await Should.ThrowAsync<Refusal>(tree.ReadAsync(tree.Find("gone.txt")!, Cancel).AsTask())).Code.ShouldBe("repository.object_missing");
        (await tree.ReadAsync(tree.Find("here.txt")!, Cancel)).Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("HEAD^{tree}")]
    [InlineData("HEAD:folder")]
    public async Task A_missing_commit_or_folder_is_a_refusal_of_the_whole(string missing)
    {
        using var repository = new TestRepository().Write("folder/a.txt", "one");
        repository.Commit();
        var id = repository.Git("rev-parse", missing).Trim();
        File.Delete(Path.Combine(repository.Path, ".git", "objects", id[..2], id[2..]));
        await Refuses(repository.Path, "repository.object_missing");
    }

    [Fact]
    public async Task Empty_unborn_and_absent_are_told_apart()
    {
        using var repository = new TestRepository();
        await Refuses(repository.Path, "repository.empty");
        repository.Write("a", "1").Commit();
        repository.Git("tag", "v1.2.0");
        repository.Git("symbolic-ref", "HEAD", "refs/heads/nowhere");
        await Refuses(repository.Path, "repository.unborn");
        (await Refuses(repository.Path + "@v1.2.9", "repository.ref_not_found")).Message.ShouldContain("did you mean v1.2.0");
        await Refuses(repository.Path + "@deadbeef", "repository.ref_not_found");
        await Refuses(Path.GetTempPath(), "repository.not_a_repository");
    }

    [Fact]
    public async Task Each_limit_is_refused_with_its_name_its_value_and_how_to_raise_it()
    {
        using var repository = new TestRepository().Write("a/b/c/d.txt", "12345").Write("e.txt", "1");
        repository.Commit();
        foreach (var (limits, code, name) in new[]
        {
            (new SourceLimits { MaxFiles = 1 }, "repository.too_many_files", "RIALTO_MAX_FILES"),
            (new SourceLimits { MaxTotalBytes = 5 }, "repository.too_large", "RIALTO_MAX_TOTAL_BYTES"),
            (new SourceLimits { MaxDepth = 3 }, "repository.too_deep", "RIALTO_MAX_DEPTH"),
        })
        {
            var refusal = await Should.ThrowAsync<Refusal>(reader.OpenAsync(repository.Path, limits, cancel: Cancel));
            refusal.Code.ShouldBe(code);
            refusal.Message.ShouldContain(name);
            refusal.Details["value"].ShouldNotBeEmpty();
        }
        await using var tree = await reader.OpenAsync(repository.Path, new SourceLimits { MaxFileBytes = 4 }, cancel: Cancel);
        (await Should.ThrowAsync<Refusal>(tree.ReadAsync(tree.Find("a/b/c/d.txt")!, Cancel).AsTask())).Code.ShouldBe("repository.file_too_large");
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("a/.git/config")]
    [InlineData("a/.GIT/hooks/post-checkout")]
    [InlineData("./a")]
    [InlineData("a//b")]
    [InlineData("/etc/passwd")]
    public void Names_that_lead_out_of_a_folder_are_refused(string path) =>
        Should.Throw<Refusal>(() => TreeListing.Parse(Line(path), new SourceLimits())).Code.ShouldBe("repository.hostile_path");

    [Fact]
    public void Odd_but_lawful_names_are_kept()
    {
        var longest = string.Join('/', Enumerable.Repeat(new string('x', 99), 40));
        foreach (var path in (string[])["a\\b", "C:evil", "end.", "new\nline", "-option", "..a", longest])
            TreeListing.Parse(Line(path), new SourceLimits()).Single().Path.ShouldBe(path);
        byte[] raw = [.. Line("").AsSpan()[..^1], (byte)'a', 0xFF, 0];
        TreeListing.Parse(raw, new SourceLimits()).Single().Path.ShouldBe("a\uFFFD");
    }

    private static byte[] Line(string path) => System.Text.Encoding.UTF8.GetBytes($"100644 blob {new string('1', 40)}      12\t{path}\0");

    private async Task<Refusal> Refuses(string source, string code)
    {
        var refusal = await Should.ThrowAsync<Refusal>(reader.OpenAsync(source, cancel: Cancel));
        refusal.Code.ShouldBe(code);
        return refusal;
    }
}
