using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Repositories.Tests.Connected;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Uploads;

public sealed class UploadTests(PlatformBench bench) : IClassFixture<PlatformBench>
{
    private const int Link = 0xA000 << 16, Program = 0x81ED << 16, Device = 0x6000 << 16;
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_archive_becomes_a_repository_and_the_next_one_its_next_commit()
    {
        var ada = bench.NewMember();
        var first = await TakenAsync(ada, Zip(("lantern-main/README.md", "# Lantern\n"), ("lantern-main/src/a.txt", "one"), ("lantern-main/.git/config", "[core]\n")));
        (Text(first, "kind"), Text(first, "source"), Text(first, "defaultBranch")).ShouldBe(("upload", "upload:lantern", "main"));
        await using (var tree = await OpenAsync(ada))
        {
            // The folder that forges put around everything is not part of it, and Git's own is left out.
            tree.Entries.Select(entry => entry.Path).ShouldBe(["README.md", "src/a.txt"]);
            tree.Identity.Name.ShouldBe("lantern");
        }
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).ShouldBeEmpty();

        var second = await TakenAsync(ada, Zip(("README.md", "# Lantern\n"), ("src/b.txt", "two")));
        Text(second, "id").ShouldBe(Text(first, "id"));
        (await bench.EventsAsync(ada.Tenant, "repositories.pushed")).ShouldHaveSingleItem().ShouldContain(Text(second, "headCommit"));
        await using var next = await OpenAsync(ada);
        next.Entries.Select(entry => entry.Path).ShouldBe(["README.md", "src/b.txt"]);
        (await next.LogAsync(10, Cancel)).Select(commit => commit.Id).ShouldBe([Text(second, "headCommit"), Text(first, "headCommit")]);
        // The same files again are no news for who looks at them, but a commit of their own.
        await using var old = await OpenAsync(ada, Text(first, "headCommit"));
        old.Find("src/a.txt").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_bundle_brings_its_branches_tags_and_history()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit("first");
        repository.Git("tag", "v1");
        var second = repository.Write("a.txt", "two").Commit("second");
        repository.Git("branch", "bold");
        var ada = bench.NewMember();
        Text(await TakenAsync(ada, Bundle(repository, "--all")), "headCommit").ShouldBe(second);
        await using var tree = await OpenAsync(ada, "bold");
        (await tree.TagsAsync(Cancel)).ShouldHaveSingleItem().Name.ShouldBe("v1");
        (await tree.LogAsync(10, Cancel)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Links_stay_links_and_programs_stay_programs_and_names_in_any_script_are_kept()
    {
        var ada = bench.NewMember();
        await TakenAsync(ada, Zip(files =>
        {
            Add(files, "README.md", "x");
            Add(files, "passwd", "/etc/passwd", Link);
            Add(files, "run.sh", "#!/bin/sh\n", Program);
            Add(files, "文档/\"quoted\" name.txt", "y");
            Add(files, "inner.zip", Zip(("../../evil", "z")));
        }));
        await using var tree = await OpenAsync(ada);
        tree.Find("passwd")!.Kind.ShouldBe(SourceEntryKind.Symlink);
        Encoding.UTF8.GetString((await tree.ReadAsync(tree.Find("passwd")!, Cancel)).Span).ShouldBe("/etc/passwd");
        tree.Find("run.sh")!.Kind.ShouldBe(SourceEntryKind.ExecutableFile);
        tree.Find("文档/\"quoted\" name.txt").ShouldNotBeNull();
        // An archive inside is a file; nobody opens it.
        tree.Find("inner.zip")!.IsFile.ShouldBeTrue();
    }

    [Theory]
    [InlineData("../evil", "upload.bad_path")]
    [InlineData("a/../../evil", "upload.bad_path")]
    [InlineData("/etc/evil", "upload.bad_path")]
    [InlineData("C:/evil", "upload.bad_path")]
    [InlineData("a\\..\\evil", "upload.bad_path")]
    [InlineData("a//b", "upload.bad_path")]
    [InlineData("./a", "upload.bad_path")]
    [InlineData("a\nb", "upload.bad_path")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name, string code)
    {
        var ada = bench.NewMember();
        (await RefusedAsync(ada, Zip(("README.md", "x"), (name, "y")), 422)).ShouldBe(code);
        (await ada.CallAsync(HttpMethod.Get, ""))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_path_of_a_thousand_folders_and_a_clash_of_names_are_refused()
    {
        var ada = bench.NewMember();
        (await RefusedAsync(ada, Zip((string.Join('/', Enumerable.Repeat("a", 65)), "x")), 422)).ShouldBe("upload.bad_path");
        (await RefusedAsync(ada, Zip((new string('a', 2000), "x")), 422)).ShouldBe("upload.bad_path");
        (await RefusedAsync(ada, Zip(("README.md", "x"), ("README.md", "y")), 422)).ShouldBe("upload.bad_entry");
        (await RefusedAsync(ada, Zip(("a", "x"), ("a/b", "y")), 422)).ShouldBe("upload.bad_entry");
        (await RefusedAsync(ada, Zip(files => Add(files, "tty", "x", Device)), 422)).ShouldBe("upload.bad_entry");
        (await RefusedAsync(ada, Zip((".git/hooks/post-checkout", "x")), 422)).ShouldBe("upload.empty");
    }

    [Fact]
    public async Task More_files_than_any_honest_repository_has_are_refused()
    {
        var ada = bench.NewMember();
        var crowd = Zip(files =>
        {
            for (var number = 0; number <= 50_000; number++) files.CreateEntry("f" + number, CompressionLevel.NoCompression);
        });
        (await RefusedAsync(ada, crowd, 413)).ShouldBe("upload.too_many_files");
    }

    [Fact]
    public async Task A_bomb_is_stopped_while_it_opens_whatever_size_it_claims()
    {
        var ada = bench.NewMember();
        var zeros = new byte[40 * 1024 * 1024];
        var bomb = Zip(files => Add(files, "zeros", zeros));
        bomb.Length.ShouldBeLessThan(100_000);
        (await RefusedAsync(ada, bomb, 413)).ShouldBe("upload.bomb");
        (await RefusedAsync(ada, Zip(files => Add(files, "zeros", new byte[65 * 1024 * 1024 + 1])), 413)).ShouldBeOneOf("upload.too_large", "upload.bomb");
        // Twenty megabytes of text are honest.
        await TakenAsync(ada, Zip(("README.md", string.Concat(Enumerable.Repeat("honest words\n", 1_000_000)))));
    }

    [Theory]
    [InlineData("<html></html>", 415, "upload.unknown_kind")]
    [InlineData("", 415, "upload.unknown_kind")]
    [InlineData("PK\u0003\u0004 and then nothing", 422, "upload.damaged")]
    [InlineData("# v2 git bundle\n0000000000000000000000000000000000000000 refs/heads/main\n\nPACK", 422, "upload.damaged")]
    [InlineData("# v2 git bundle\n\n", 422, null)]
    public async Task What_it_is_is_seen_by_its_bytes_and_what_is_broken_is_said(string content, int status, string? code)
    {
        var ada = bench.NewMember();
        var refused = await RefusedAsync(ada, Encoding.Latin1.GetBytes(content), status);
        if (code is not null) refused.ShouldBe(code);
        (await ada.CallAsync(HttpMethod.Get, ""))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bundle_that_needs_commits_it_does_not_have_is_refused()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        var first = repository.Commit("first");
        repository.Write("a.txt", "two").Commit("second");
        (await RefusedAsync(bench.NewMember(), Bundle(repository, "main", "^" + first), 422)).ShouldBe("upload.damaged");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task A_name_must_be_a_word(string name)
    {
        using var content = new ByteArrayContent(Zip(("README.md", "x")));
        using var answer = await bench.NewMember().Client.PostAsync($"/api/v1/repositories/uploads?name={Uri.EscapeDataString(name)}", content, Cancel);
        ((int)answer.StatusCode).ShouldBeOneOf(422, 400);
    }

    [Fact]
    public async Task What_the_collection_of_blobs_must_leave_is_told_and_goes_with_the_repository()
    {
        var ada = bench.NewMember();
        var made = await TakenAsync(ada, Zip(("README.md", "kept")));
        var bundle = await bench.AskAsync<string>("select bundle from repositories.uploads where tenant_id = @tenant", new { tenant = ada.Tenant.Value });
        var holder = bench.Host.Services.GetRequiredService<IBlobHolder>();
        (await holder.HeldAsync(Cancel)).ShouldContain(bundle);
        await ada.CallAsync(HttpMethod.Delete, "/" + Text(made, "id"), status: 204);
        (await holder.HeldAsync(Cancel)).ShouldNotContain(bundle);
    }

    [Fact]
    public async Task An_upload_is_its_organisations_alone()
    {
        var ada = bench.NewMember();
        await TakenAsync(ada, Zip(("README.md", "hers")));
        (await Should.ThrowAsync<Refusal>(OpenAsync(bench.NewMember()))).Code.ShouldStartWith("repository.");
    }

    private static async Task<HttpResponseMessage> SendAsync(PlatformBench.Member member, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        return await member.Client.PostAsync("/api/v1/repositories/uploads?name=lantern", content, Cancel);
    }

    private static async Task<JsonNode> TakenAsync(PlatformBench.Member member, byte[] bytes)
    {
        using var answer = await SendAsync(member, bytes);
        var words = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(200, words);
        return JsonNode.Parse(words)!;
    }

    private static async Task<string> RefusedAsync(PlatformBench.Member member, byte[] bytes, int status)
    {
        using var answer = await SendAsync(member, bytes);
        var words = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(status, words);
        return Text(JsonNode.Parse(words)!, "code");
    }

    private Task<ISourceTree> OpenAsync(PlatformBench.Member member, string? reference = null) =>
        bench.Host.Services.GetRequiredService<IConnectedRepositories>().OpenAsync(member.Tenant, "upload:lantern", reference, cancel: Cancel);

    private static byte[] Bundle(TestRepository repository, params string[] what)
    {
        var file = Path.Combine(repository.Path, ".git", "upload.bundle");
        repository.Git(["bundle", "create", "--quiet", file, .. what]);
        return File.ReadAllBytes(file);
    }

    private static byte[] Zip(params (string Name, string Text)[] files) => Zip(archive =>
    {
        foreach (var (name, text) in files) Add(archive, name, text);
    });

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true)) fill(archive);
        return bytes.ToArray();
    }

    private static void Add(ZipArchive archive, string name, string text, int attributes = 0) => Add(archive, name, Encoding.UTF8.GetBytes(text), attributes);

    private static void Add(ZipArchive archive, string name, byte[] bytes, int attributes = 0)
    {
        var entry = archive.CreateEntry(name);
        entry.ExternalAttributes = attributes;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
