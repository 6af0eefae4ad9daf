using System.Text;
using Rialto.Repositories;
using Rialto.Secrets.Tests.Rules;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Secrets.Tests;

public sealed class SecretScannerTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;
    private static readonly string Token = Template.Fill("ghp_{a:36}");
    private readonly ISecretScanner scanner = SecretsModule.CreateScanner();

    [Fact]
    public async Task A_planted_token_is_gone_from_contents_names_messages_and_tags()
    {
        var tree = new MemoryTree
        {
            Commits = [new SourceCommit(MemoryTree.Commit, "Ada", "ada@example.org", DateTimeOffset.UnixEpoch, $"use {Token}")],
            Tags = [new SourceTag($"v1-{Token}", MemoryTree.Commit, null)],
        };
        tree.Add("README.md", $"# Hi\n\n![my {Token} here](a.png)\n").Add($"dir/{Token}.txt", "plain");

        var scan = await scanner.ScanAsync(tree, cancel: Cancel);

        (await EverythingAsync(scan.Tree)).ShouldNotContain(Token[..12]);
        scan.Findings.ShouldContain(finding => finding.Path == "README.md" && finding.Line == 3 && finding.Column == 6 && finding.Rule == "github-ghp");
        scan.Findings.ShouldContain(finding => finding.Path == "commit:" + MemoryTree.Commit);
        string.Join(' ', scan.Findings).ShouldNotContain(Token[..12]);
        scan.Findings.Select(finding => finding.Placeholder).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_secret_found_in_one_place_is_hidden_in_others_also_encoded()
    {
        const string Secret = "kT9/vb+Q2xLw7Zp4";
        var tree = new MemoryTree()
            .Add(".env", $"DB_PASSWORD={Secret}\n")
            .Add("notes.txt", $"we use {Secret} there")
            .Add("url.txt", $"?p={Uri.EscapeDataString(Secret)}&q=1")
            .Add("b64.txt", Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Secret}\nmore")));

        var scan = await scanner.ScanAsync(tree, cancel: Cancel);

        foreach (var path in (string[])[".env", "notes.txt", "url.txt", "b64.txt"])
        {
            var text = await TextAsync(scan.Tree, path);
            text.ShouldContain("[redacted:generic-secret:", customMessage: path);
            scan.Tree.Find(path)!.Bytes.ShouldBe(text.Length);
        }
    }

    [Fact]
    public async Task A_two_megabyte_line_a_UTF16_file_and_base64_are_looked_into()
    {
        var line = new StringBuilder();
        while (line.Length < 1_000_000) line.Append("function a(b){return b.key+1};var token=1;");
        var tree = new MemoryTree()
            .Add("app.min.js", $"{line}var t=\"{Token}\";{line}")
            .Add("utf16.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"key = {Token}\r\n")])
            .Add("base64.txt", "data: " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"some text and then {Token} and more")));

        var scan = await scanner.ScanAsync(tree, cancel: Cancel);

        scan.Findings.Select(finding => finding.Path).ShouldBe(["app.min.js", "base64.txt", "utf16.txt"]);
        (await TextAsync(scan.Tree, "app.min.js")).ShouldNotContain(Token);
        Encoding.Unicode.GetString((await scan.Tree.ReadAsync(scan.Tree.Find("utf16.txt")!, Cancel)).Span).ShouldNotContain(Token);
        (await TextAsync(scan.Tree, "base64.txt")).ShouldStartWith("data: [redacted:");
    }

    [Fact]
    public async Task Hashes_identifiers_placeholders_and_public_keys_are_not_hits()
    {
        var tree = new MemoryTree()
            .Add("package-lock.json", "\"integrity\": \"sha512-q1ZkVbYw9nZl6O2qf5nCx7hJYc1Vb0p2b0m3Y3c9lK0T2J4a1U6s7d8f9g0h1j2k3l4z5x6c7v8b9n0m==\"")
            .Add("a.txt", "sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\ncommit 43fc912ef59a83054ea7f6706df4d53a7dea4d80")
            .Add("b.txt", "password: changeme\nsecret = ${SECRET}\ntoken: <your-token>\napi_key=xxxxxxxxxxxxxxxxxxxx\nAWS=AKIAIOSFODNN7EXAMPLE")
            .Add("c.pub", "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEabcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\n-----END PUBLIC KEY-----")
            .Add("d.sol", "address constant TOKEN = 0xdAC17F958D2ee523a2206206994597C13D831ec7;");

        (await scanner.ScanAsync(tree, cancel: Cancel)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comment_on_the_line_and_an_entry_with_a_reason_allow_and_an_entry_without_one_is_refused()
    {
        var tree = new MemoryTree().Add("a.txt", $"{Token} // rialto:allow-secret\n").Add("docs/b.txt", Token + "1\n" + Template.Fill("ghp_{a:36}", 9))
            .Add(".rialto-secrets.json", """{"allow": [{"path": "docs/*", "reason": "made up for the manual"}]}""");
        (await scanner.ScanAsync(tree, cancel: Cancel)).Findings.ShouldBeEmpty();

        tree.Add(".rialto-secrets.json", """{"allow": [{"path": "*"}]}""");
        (await Should.ThrowAsync<Kernel.Refusal>(scanner.ScanAsync(tree, cancel: Cancel))).Code.ShouldBe("secrets.bad_allow_file");
    }

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY----- ")]
    [InlineData("curl curl -u ")]
    [InlineData("eyJeyJeyJ.")]
    [InlineData("password=;pwd=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Input_made_to_be_slow_finishes(string piece)
    {
        var tree = new MemoryTree().Add("evil.txt", string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)));
        (await scanner.ScanAsync(tree, cancel: Cancel)).Tree.Entries.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Whatever_stands_around_it_nothing_of_the_core_remains()
    {
        var random = new Random(42);
        const string Around = " \n\t\"'=:;,.(){}<>\\/éあ";
        for (var round = 0; round < 60; round++)
        {
            var noise = string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => Around[random.Next(Around.Length)]));
            var token = Template.Fill("ghp_{a:36}", round + 100);
            var at = random.Next(noise.Length + 1);
            var scan = await scanner.ScanAsync(new MemoryTree().Add("f", noise[..at] + " " + token + " " + noise[at..]), cancel: Cancel);
            (await TextAsync(scan.Tree, "f")).ShouldNotContain(token[4..20]);
        }
    }

    [Fact]
    public void Free_text_is_redacted() => scanner.Redact($"fatal: {Token} was refused").ShouldStartWith("fatal: [redacted:github-ghp:");

    private static async Task<string> TextAsync(ISourceTree tree, string path) => Encoding.UTF8.GetString((await tree.ReadAsync(tree.Find(path)!, Cancel)).Span);

    private static async Task<string> EverythingAsync(ISourceTree tree)
    {
        var all = new StringBuilder();
        foreach (var entry in tree.Entries) all.AppendLine(entry.Path).AppendLine(await TextAsync(tree, entry.Path));
        foreach (var commit in await tree.LogAsync(10, Cancel)) all.AppendLine(commit.Message);
        foreach (var tag in await tree.TagsAsync(Cancel)) all.AppendLine(tag.Name);
        return all.ToString();
    }
}
