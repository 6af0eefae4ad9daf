using Rialto.Kernel;
using Shouldly;

namespace Rialto.Kernel.Tests.Processes;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("fatal: https://ada:s3cret@host.example/a.git not found", "fatal: https://***@host.example/a.git not found")]
    [InlineData("https://ghp_abcdef@github.com/a/b and ssh://git@host/x", "https://***@github.com/a/b and ssh://***@host/x")]
    [InlineData("Authorization: Bearer abc.def", "Authorization: ***")]
    [InlineData("authorization: basic dXNlcjpwYXNz tail", "authorization: *** tail")]
    [InlineData("https://example.org/@scope/name", "https://example.org/@scope/name")]
    [InlineData("mail ada@example.org", "mail ada@example.org")]
    public void Credentials_go_and_everything_else_stays(string text, string cleaned) => Redaction.Clean(text).ShouldBe(cleaned);

    [Fact]
    public void Named_secrets_go_the_longest_first_and_short_words_are_left()
    {
        Redaction.Clean("token-long token ab", ["token", "token-long", "ab"]).ShouldBe("*** *** ab");
    }
}
