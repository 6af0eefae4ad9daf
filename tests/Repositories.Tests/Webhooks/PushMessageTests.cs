using System.Text.Json;
using Rialto.Repositories.Webhooks;
using Shouldly;

namespace Rialto.Repositories.Tests.Webhooks;

public sealed class PushMessageTests
{
    private const string One = "1111111111111111111111111111111111111111", Two = "2222222222222222222222222222222222222222", Zero = "0000000000000000000000000000000000000000";

    [Theory]
    [InlineData("github", "push", "repository")]
    [InlineData("gitea", "push", "repository")]
    [InlineData("gitlab", "Push Hook", "project")]
    public void A_push_says_branch_commits_and_default_branch_in_each_dialect(string provider, string happened, string repository)
    {
        Read(provider, happened, $$"""{"ref":"refs/heads/new/look","before":"{{One}}","after":"{{Two}}","{{repository}}":{"id":7,"default_branch":"trunk"} }""")
            .ShouldBe(new PushMessage("7", "new/look", One, Two, "trunk"));
        Read(provider, happened, $$"""{"ref":"refs/heads/main","before":"{{Zero}}","after":"{{Two}}"}""").ShouldBe(new PushMessage(null, "main", null, Two, null));
        Read(provider, happened, $$"""{"ref":"refs/heads/main","before":"{{One}}","after":"{{Zero}}"}""").ShouldBe(new PushMessage(null, "main", One, null, null));
    }

    [Theory]
    [InlineData("github")]
    [InlineData("gitea")]
    public void The_deletion_of_a_branch_is_told_by_an_event_of_its_own(string provider)
    {
        Read(provider, "delete", """{"ref":"old","ref_type":"branch","repository":{"id":7}}""").ShouldBe(new PushMessage("7", "old", null, null, null));
        Read(provider, "delete", """{"ref":"v1","ref_type":"tag"}""").ShouldBeNull();
    }

    [Theory]
    [InlineData("github", "ping", "{}")]
    [InlineData("github", "Push Hook", "{}")]
    [InlineData("gitlab", "push", "{}")]
    [InlineData("gitlab", "Tag Push Hook", "{}")]
    [InlineData("github", "push", "{}")]
    [InlineData("github", "push", "[]")]
    [InlineData("github", "push", "null")]
    [InlineData("github", "push", """{"ref":5,"before":[],"after":{}}""")]
    [InlineData("github", "push", """{"ref":"refs/tags/v1","before":"B","after":"A"}""")]
    [InlineData("github", "push", """{"ref":"refs/heads/main","before":"B","after":"short"}""")]
    [InlineData("github", "push", """{"ref":"refs/heads/main","before":"B"}""")]
    [InlineData("github", "push", """{"ref":"refs/heads/--upload-pack=id","before":"B","after":"A"}""")]
    [InlineData("github", "push", """{"ref":"refs/heads/a..b","before":"B","after":"A"}""")]
    [InlineData("github", "push", """{"ref":"refs/heads/a b","before":"B","after":"A"}""")]
    [InlineData("github", "push", """{"ref":"refs/heads/","before":"B","after":"A"}""")]
    [InlineData("github", "push", """{"ref":"refs/heads/a\u0000b","before":"B","after":"A"}""")]
    public void What_is_no_sound_push_says_nothing(string provider, string happened, string body) =>
        Read(provider, happened, body.Replace("\"A\"", $"\"{One}\"").Replace("\"B\"", $"\"{Two}\"")).ShouldBeNull();

    [Fact]
    public void A_default_branch_that_cannot_be_one_is_left_out() =>
        Read("github", "push", $$"""{"ref":"refs/heads/main","before":"{{One}}","after":"{{Two}}","repository":{"id":"7","default_branch":"-x"} }""").ShouldBe(new PushMessage(null, "main", One, Two, null));

    private static PushMessage? Read(string provider, string happened, string body)
    {
        using var document = JsonDocument.Parse(body);
        return PushMessage.Read(provider, happened, document.RootElement, out _);
    }
}
