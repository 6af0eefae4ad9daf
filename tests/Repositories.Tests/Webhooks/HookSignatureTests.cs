using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;
using Rialto.Repositories.Webhooks;
using Shouldly;

namespace Rialto.Repositories.Tests.Webhooks;

public sealed class HookSignatureTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    /// <summary>The example in GitHub's own documentation.</summary>
    private const string Documented = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Secret = "It's a Secret to Everybody", Body = "Hello, World!";

    [Theory]
    [InlineData("github", "X-Hub-Signature-256", "sha256=" + Documented, true)]
    [InlineData("github", "X-Hub-Signature-256", "SHA256=" + Documented, false)]
    [InlineData("github", "X-Hub-Signature-256", Documented, false)]
    [InlineData("github", "X-Hub-Signature-256", "sha256=", false)]
    [InlineData("github", "X-Hub-Signature-256", "sha256=757107ea", false)]
    [InlineData("github", "X-Hub-Signature-256", "sha256=" + Documented + "00", false)]
    [InlineData("github", "X-Hub-Signature-256", "sha256=857107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", false)]
    [InlineData("github", "X-Hub-Signature-256", "sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", false)]
    [InlineData("github", "X-Hub-Signature", "sha256=" + Documented, false)]
    [InlineData("github", "X-Gitlab-Token", Secret, false)]
    [InlineData("gitea", "X-Gitea-Signature", Documented, true)]
    [InlineData("gitea", "X-Forgejo-Signature", Documented, true)]
    [InlineData("gitea", "X-Gitea-Signature", "sha256=" + Documented, false)]
    [InlineData("gitea", "X-Gitlab-Token", Secret, false)]
    [InlineData("gitlab", "X-Gitlab-Token", Secret, true)]
    [InlineData("gitlab", "X-Gitlab-Token", Secret + " ", false)]
    [InlineData("gitlab", "X-Gitlab-Token", "it's a secret to everybody", false)]
    [InlineData("gitlab", "X-Hub-Signature-256", "sha256=" + Documented, false)]
    [InlineData("other", "X-Hub-Signature-256", "sha256=" + Documented, false)]
    public void A_signature_is_right_only_in_the_form_its_forge_gives_it(string provider, string header, string value, bool isRight)
    {
        var headers = new HeaderDictionary { [header] = value };
        HookSignature.IsRight(new Hook(provider, "push", "1"), headers, Encoding.UTF8.GetBytes(Body), Encoding.UTF8.GetBytes(Secret), Now).ShouldBe(isRight);
        if (isRight && provider != "gitlab") HookSignature.IsRight(new Hook(provider, "push", "1"), headers, Encoding.UTF8.GetBytes(Body + " "), Encoding.UTF8.GetBytes(Secret), Now).ShouldBeFalse();
        HookSignature.IsRight(new Hook(provider, "push", "1"), headers, Encoding.UTF8.GetBytes(Body), "another"u8, Now).ShouldBeFalse();
    }

    [Fact]
    public void A_header_that_comes_twice_is_no_signature()
    {
        var headers = new HeaderDictionary { ["X-Hub-Signature-256"] = new(["sha256=" + Documented, "sha256=" + Documented]) };
        HookSignature.IsRight(new Hook("github", "push", "1"), headers, Encoding.UTF8.GetBytes(Body), Encoding.UTF8.GetBytes(Secret), Now).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-299, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(3600, false)]
    public void A_signed_time_must_be_near_ours(int offsetSeconds, bool isRight)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var headers = Standard(secret, "id-1", Now.ToUnixTimeSeconds() + offsetSeconds, Body);
        HookSignature.IsRight(new Hook("gitlab", "Push Hook", "id-1"), headers, Encoding.UTF8.GetBytes(Body), Encoding.UTF8.GetBytes(secret), Now).ShouldBe(isRight);
    }

    [Theory]
    [InlineData("webhook-id", "id-2")]
    [InlineData("webhook-timestamp", "1700000001")]
    [InlineData("webhook-timestamp", "99999999999999999999")]
    [InlineData("webhook-timestamp", "-1")]
    [InlineData("webhook-signature", "v1,AAAA")]
    [InlineData("webhook-signature", "")]
    public void What_was_signed_with_a_time_bears_no_change(string header, string value)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var headers = Standard(secret, "id-1", Now.ToUnixTimeSeconds(), Body);
        headers[header] = value;
        // With a signature there, the word alone does not do any more.
        headers["X-Gitlab-Token"] = secret;
        HookSignature.IsRight(new Hook("gitlab", "Push Hook", "id-1"), headers, Encoding.UTF8.GetBytes(Body), Encoding.UTF8.GetBytes(secret), Now).ShouldBeFalse();
    }

    [Fact]
    public void One_right_signature_among_several_is_enough_as_while_keys_are_changed()
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var headers = Standard(secret, "id-1", Now.ToUnixTimeSeconds(), Body);
        headers["webhook-signature"] = "v1,AAAA v2,xxxx " + headers["webhook-signature"];
        HookSignature.IsRight(new Hook("gitlab", "Push Hook", "id-1"), headers, Encoding.UTF8.GetBytes(Body), Encoding.UTF8.GetBytes(secret), Now).ShouldBeTrue();
    }

    [Theory]
    [InlineData("X-GitHub-Event=push;X-GitHub-Delivery=a", "github", "push", "a")]
    [InlineData("X-Gitea-Event=push;X-Gitea-Delivery=b;X-GitHub-Event=push;X-GitHub-Delivery=b", "gitea", "push", "b")]
    [InlineData("X-Forgejo-Event=delete;X-Forgejo-Delivery=c;X-Gitea-Event=delete;X-Gitea-Delivery=x", "gitea", "delete", "c")]
    [InlineData("X-Gitlab-Event=Push Hook;Idempotency-Key=d;X-Gitlab-Event-UUID=x", "gitlab", "Push Hook", "d")]
    [InlineData("X-Gitlab-Event=Push Hook;X-Gitlab-Event-UUID=e", "gitlab", "Push Hook", "e")]
    [InlineData("X-Gitlab-Event=Push Hook;webhook-id=f;Idempotency-Key=x", "gitlab", "Push Hook", "f")]
    public void The_sender_is_known_by_its_own_headers(string headers, string provider, string happened, string delivery) =>
        Hook.Read(Headers(headers)).ShouldBe(new Hook(provider, happened, delivery));

    [Theory]
    [InlineData("X-Other-Event=push", "hooks.unknown_sender")]
    [InlineData("X-GitHub-Delivery=a", "hooks.unknown_sender")]
    [InlineData("X-GitHub-Event=push", "hooks.no_delivery_id")]
    [InlineData("X-Gitea-Event=push", "hooks.no_delivery_id")]
    [InlineData("X-Gitlab-Event=Push Hook", "hooks.no_delivery_id")]
    public void Who_does_not_say_what_and_which_is_refused(string headers, string code) => Should.Throw<Refusal>(() => Hook.Read(Headers(headers))).Code.ShouldBe(code);

    private static HeaderDictionary Headers(string text)
    {
        var headers = new HeaderDictionary();
        foreach (var pair in text.Split(';')) headers[pair[..pair.IndexOf('=')]] = pair[(pair.IndexOf('=') + 1)..];
        return headers;
    }

    private static HeaderDictionary Standard(string secret, string id, long time, string body) => new()
    {
        ["webhook-id"] = id, ["webhook-timestamp"] = $"{time}",
        ["webhook-signature"] = "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromHexString(secret), Encoding.UTF8.GetBytes($"{id}.{time}.{body}"))),
    };
}
