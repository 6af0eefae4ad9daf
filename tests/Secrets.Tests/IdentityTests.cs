using System.Security.Cryptography;
using System.Text;
using Rialto.Repositories;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Secrets.Tests;

public sealed class IdentityTests
{
    private static readonly string Token = "gh" + "p_" + Letters(36);

    [Fact]
    public async Task Owner_web_address_and_author_addresses_carry_no_secret()
    {
        var commit = new SourceCommit(MemoryTree.Commit, "Ada", $"{Token}@example.org", DateTimeOffset.UnixEpoch, "words");
        var tree = new MemoryTree
        {
            Identity = new SourceIdentity
            {
                Source = $"https://git.example.org/{Token}/rocket", Name = "rocket", Owner = Token, WebUrl = new Uri($"https://git.example.org/{Token}/rocket"),
                Commit = MemoryTree.Commit, CommittedAt = DateTimeOffset.UnixEpoch,
            },
            Commits = [commit],
        };
        var scan = await SecretsModule.CreateScanner().ScanAsync(tree, cancel: TestContext.Current.CancellationToken);
        scan.Tree.Identity.ToString().ShouldNotContain(Token);
        scan.Tree.Identity.WebUrl.ShouldBeNull();
        (await scan.Tree.LogAsync(10, TestContext.Current.CancellationToken)).Single().AuthorEmail.ShouldStartWith("[redacted:");
    }

    [Fact]
    public void A_secret_longer_than_the_surroundings_of_its_keyword_is_hidden_whole()
    {
        var token = "s" + "l." + Letters(1200);
        var shown = SecretsModule.CreateScanner().Redact($"key = \"{token}\" and more");
        shown.ShouldNotContain(token[^30..]);
        shown.ShouldEndWith("\" and more");
    }

    private static string Letters(int count)
    {
        var letters = new StringBuilder();
        for (var part = 0; letters.Length < count; part++) letters.Append([.. Convert.ToBase64String(SHA512.HashData(BitConverter.GetBytes(part))).Where(char.IsAsciiLetterOrDigit)]);
        return letters.ToString()[..count];
    }
}
