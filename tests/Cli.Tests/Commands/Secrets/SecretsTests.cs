using System.Text.Json;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Cli.Tests.Commands.Secrets;

public sealed class SecretsTests
{
    [Fact]
    public async Task A_hit_is_listed_with_its_place_masked_and_exits_1()
    {
        using var repository = Planting("src/a b.txt", $"first\nkey {Planted.Token}\n");
        var ran = await RialtoProgram.RunAsync("secrets", repository.Path);
        ran.ExitCode.ShouldBe(1, ran.Error);
        ran.Output.ShouldContain("src/a b.txt:2:5  ");
        ran.Output.ShouldContain("1 found.");
        (ran.Output + ran.Error).ShouldNotContain(Planted.Token);
    }

    [Fact]
    public async Task A_clean_repository_exits_0()
    {
        using var repository = Planting("a.txt", "nothing to hide");
        var ran = await RialtoProgram.RunAsync("secrets", repository.Path);
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.ShouldContain("No secret found.");
    }

    [Fact]
    public async Task Json_is_one_document_without_the_secret()
    {
        using var repository = Planting("a.txt", Planted.Token);
        var ran = await RialtoProgram.RunAsync("secrets", repository.Path, "--json");
        ran.ExitCode.ShouldBe(1, ran.Error);
        ran.Output.ShouldNotContain(Planted.Token);
        using var report = JsonDocument.Parse(ran.Output);
        report.RootElement.GetProperty("count").GetInt32().ShouldBe(1);
        var finding = report.RootElement.GetProperty("findings")[0];
        finding.GetProperty("path").GetString().ShouldBe("a.txt");
        finding.GetProperty("line").GetInt32().ShouldBe(1);
        finding.GetProperty("placeholder").GetString()!.ShouldStartWith("[redacted:");
    }

    [Fact]
    public async Task Sarif_holds_what_the_standard_demands()
    {
        using var repository = Planting("docs/50% Zoë #1?.txt", $"key {Planted.Token}\n");
        repository.Write("b.pem", "-----BEGIN RSA " + "PRIVATE KEY-----\n" + string.Join('\n', Enumerable.Repeat(new string([.. Planted.Token.Skip(4)]), 20)) + "\n-----END RSA " + "PRIVATE KEY-----\n").Commit();
        var ran = await RialtoProgram.RunAsync("secrets", repository.Path, "--sarif", "-");
        ran.ExitCode.ShouldBe(1, ran.Error);
        using var log = JsonDocument.Parse(ran.Output);
        log.RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        log.RootElement.GetProperty("$schema").GetString()!.ShouldContain("sarif-2.1.0");
        var run = log.RootElement.GetProperty("runs").EnumerateArray().Single();
        var driver = run.GetProperty("tool").GetProperty("driver");
        driver.GetProperty("name").GetString().ShouldBe("Rialto");
        var rules = driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ToArray();
        rules.ShouldBeUnique();
        var results = run.GetProperty("results").EnumerateArray().ToArray();
        results.Length.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var result in results)
        {
            rules[result.GetProperty("ruleIndex").GetInt32()].ShouldBe(result.GetProperty("ruleId").GetString());
            result.GetProperty("message").GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
            result.GetProperty("level").GetString().ShouldBe("error");
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            var uri = place.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
            Uri.IsWellFormedUriString(uri, UriKind.Relative).ShouldBeTrue(uri);
            place.GetProperty("region").GetProperty("startLine").GetInt32().ShouldBeGreaterThanOrEqualTo(1);
            place.GetProperty("region").GetProperty("startColumn").GetInt32().ShouldBeGreaterThanOrEqualTo(1);
        }
        ran.Output.ShouldContain("docs/50%25%20Zo%C3%AB%20%231%3F.txt");
        ran.Output.ShouldNotContain(Planted.Token);
    }

    [Fact]
    public async Task What_a_file_of_reasons_allows_is_no_hit_and_a_file_without_reasons_is_refused()
    {
        using var repository = Planting("a.txt", Planted.Token);
        using var folder = new TemporaryFolder();
        var (good, bad) = (Path.Combine(folder.Path, "good.json"), Path.Combine(folder.Path, "bad.json"));
        await File.WriteAllTextAsync(good, """{"allow":[{"path":"a.txt","reason":"revoked last year"}]}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(bad, """{"allow":[{"path":"a.txt"}]}""", TestContext.Current.CancellationToken);
        (await RialtoProgram.RunAsync("secrets", repository.Path, "--allow", good)).ExitCode.ShouldBe(0);
        var refused = await RialtoProgram.RunAsync("secrets", repository.Path, "--allow", bad);
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("secrets.bad_allow_file");
    }

    [Theory]
    [InlineData("someone:hunter22-planted@git.example.test:acme/rocket")]
    [InlineData("https://someone:hunter22-planted@git.example.test/acme/rocket")]
    [InlineData("https://someone:hunter22-pl@nted@git.example.test/acme/rocket")]
    [InlineData("ssh://someone:hunter22-planted@git.example.test/acme/rocket")]
    public async Task A_refused_source_does_not_show_its_credential(string source)
    {
        var ran = await RialtoProgram.RunAsync("secrets", source);
        ran.ExitCode.ShouldBe(2);
        (ran.Output + ran.Error).ShouldNotContain("hunter22");
        (ran.Output + ran.Error).ShouldNotContain("nted@");
    }

    [Fact]
    public async Task A_token_pasted_where_a_name_belongs_is_not_repeated()
    {
        using var repository = Planting("a.txt", "clean");
        foreach (var source in (string[])[Planted.Token, $"{repository.Path}@{Planted.Token}", "./" + Planted.Token])
        {
            var ran = await RialtoProgram.RunAsync("secrets", source);
            ran.ExitCode.ShouldBe(2);
            ran.Error.ShouldNotContain(Planted.Token);
            ran.Error.ShouldContain("[redacted:");
        }
    }

    private static TestRepository Planting(string path, string text)
    {
        var repository = new TestRepository().Write(path, text);
        repository.Commit();
        return repository;
    }
}
