using System.Text;
using Rialto.Secrets.Redacting;
using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;
using Rialto.Secrets.Tests.Rules;
using Shouldly;

namespace Rialto.Secrets.Tests.Redacting;

/// <summary>What was found once is found wherever it stands again.</summary>
public sealed class SecretSetTests
{
    private static readonly SecretRule Rule = RuleBook.Default.Rules[0];

    [Theory]
    [InlineData("abcdefgh", "x abcdefgh y", "abcdefgh")]
    [InlineData("abcdefgh,abcdefghij", "abcdefghij abcdefghi abcdefgh abcdefg", "abcdefghij,abcdefgh,abcdefgh")]
    [InlineData("abcdefgh,abcdefgz,abcdefga", "abcdefgaabcdefgzabcdefgh", "abcdefga,abcdefgz,abcdefgh")]
    [InlineData("abcdefgh", "ABCDEFGH abcdefg", "")]
    [InlineData("abcdefgh", "abcdefgh", "abcdefgh")]
    [InlineData("pässwort-1", "das pässwort-1 und passwort-1", "pässwort-1")]
    [InlineData("秘密パスワード九", "x秘密パスワード九y秘密パスワード八", "秘密パスワード九")]
    public void The_longest_known_secret_at_a_place_counts(string secrets, string text, string found)
    {
        var set = new SecretSet();
        foreach (var secret in secrets.Split(',')) set.Add(Rule, secret);
        var hits = new List<Hit>();
        set.Find(text, Latin(text), hits);
        string.Join(',', hits.Select(hit => text.Substring(hit.Start, hit.Length))).ShouldBe(found);
    }

    [Fact]
    public void A_thousand_secrets_that_begin_alike_are_told_apart()
    {
        var set = new SecretSet();
        var secrets = Enumerable.Range(0, 1000).Select(seed => Template.Fill("github_pat_{a:40}", seed)).ToList();
        foreach (var secret in secrets) set.Add(Rule, secret);
        var text = string.Join(' ', secrets.AsEnumerable().Reverse());
        var hits = new List<Hit>();
        set.Find([], Encoding.ASCII.GetBytes(text), hits);
        hits.Select(hit => text.Substring(hit.Start, hit.Length)).ShouldBe(secrets.AsEnumerable().Reverse());
    }

    [Fact]
    public void Short_ones_are_no_secrets_to_look_for()
    {
        var set = new SecretSet();
        set.Add(Rule, "seven77");
        set.IsEmpty.ShouldBeTrue();
    }

    private static byte[] Latin(string text) => [.. text.Select(letter => letter > 0xFF ? (byte)0xFF : (byte)letter)];
}
