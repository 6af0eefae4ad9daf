using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Repositories.Webhooks;

/// <summary>A delivery as its headers describe it, whatever forge sent it.</summary>
/// <param name="Provider"><c>github</c>, <c>gitlab</c> or <c>gitea</c> (Forgejo as well).</param>
/// <param name="Event">What happened, in the forge's word: <c>push</c>, <c>Push Hook</c>.</param>
/// <param name="Delivery">The forge's own name of the delivery; a repetition has the same.</param>
internal sealed record Hook(string Provider, string Event, string Delivery)
{
    private const int LongestWord = 200;

    /// <summary>Reads the headers. Gitea and Forgejo also send GitHub's, so theirs are looked at first.</summary>
    /// <exception cref="Refusal"><c>hooks.unknown_sender</c>, <c>hooks.no_delivery_id</c>.</exception>
    public static Hook Read(IHeaderDictionary headers)
    {
        var hook = One(headers, "X-Forgejo-Event") is { } forgejo ? new Hook("gitea", forgejo, One(headers, "X-Forgejo-Delivery") ?? One(headers, "X-Gitea-Delivery") ?? "")
            : One(headers, "X-Gitea-Event") is { } gitea ? new Hook("gitea", gitea, One(headers, "X-Gitea-Delivery") ?? "")
            : One(headers, "X-Gitlab-Event") is { } gitlab ? new Hook("gitlab", gitlab, One(headers, "webhook-id") ?? One(headers, "Idempotency-Key") ?? One(headers, "X-Gitlab-Event-UUID") ?? "")
            : One(headers, "X-GitHub-Event") is { } github ? new Hook("github", github, One(headers, "X-GitHub-Delivery") ?? "")
            : throw new Refusal("hooks.unknown_sender", "The request names no event of GitHub, GitLab, Gitea or Forgejo; choose one of their webhook types.", 400);
        return hook.Delivery.Length > 0 ? hook : throw new Refusal("hooks.no_delivery_id", "The request carries no id of the delivery, so a repetition could not be told.", 400);
    }

    /// <summary>The header's only value, when it has just one of reasonable length.</summary>
    internal static string? One(IHeaderDictionary headers, string name) =>
        headers.TryGetValue(name, out var values) && values.Count == 1 && values[0] is { Length: > 0 and <= LongestWord } value ? value : null;
}
