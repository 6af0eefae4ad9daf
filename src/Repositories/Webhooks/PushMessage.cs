using System.Text.Json;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Webhooks;

/// <summary>What a delivery says of branches, whatever forge sent it.</summary>
/// <param name="ExternalId">The forge's number of the repository.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Before">Its commit before; null for a new branch.</param>
/// <param name="After">Its commit now; null when it was deleted.</param>
/// <param name="DefaultBranch">The repository's default branch, where it is told.</param>
internal sealed record PushMessage(string? ExternalId, string Branch, string? Before, string? After, string? DefaultBranch)
{
    private const string Heads = "refs/heads/";

    /// <summary>Reads a push or the deletion of a branch; null when the delivery is neither, with the reason in <paramref name="words"/>.</summary>
    public static PushMessage? Read(string provider, string happened, JsonElement body, out string words)
    {
        var repository = Child(body, provider == "gitlab" ? "project" : "repository");
        var (number, usual) = (Number(repository, "id"), Sound(Text(repository, "default_branch")));
        switch (provider, happened)
        {
            case ("github", "push") or ("gitlab", "Push Hook") or ("gitea", "push"):
                if (Text(body, "ref") is not { } name || !name.StartsWith(Heads, StringComparison.Ordinal) || Sound(name[Heads.Length..]) is not { } branch)
                {
                    words = "not about a branch";
                    return null;
                }
                if (!TryCommit(body, "before", out var before) || !TryCommit(body, "after", out var after))
                {
                    words = "its commits cannot be read";
                    return null;
                }
                words = after is null ? $"{branch} was deleted" : $"{branch} is at {after[..12]}";
                return new PushMessage(number, branch, before, after, usual);
            case ("github", "delete") or ("gitea", "delete") when Text(body, "ref_type") == "branch" && Sound(Text(body, "ref")) is { } gone:
                words = $"{gone} was deleted";
                return new PushMessage(number, gone, null, null, usual);
            default:
                words = "nothing to do";
                return null;
        }
    }

    /// <summary>A member that is an object; undefined otherwise.</summary>
    internal static JsonElement Child(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.Object ? child : default;

    /// <summary>A member that is a text.</summary>
    internal static string? Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member that is a whole number, as text.</summary>
    internal static string? Number(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;

    private static string? Sound(string? name) => name is not null && RefName.IsSound(Heads + name) && name.Length <= 250 && name[0] != '-' ? name : null;

    // All zeros mean that there was, or is, none.
    private static bool TryCommit(JsonElement body, string name, out string? commit)
    {
        commit = Text(body, name)?.ToLowerInvariant();
        if (commit is null || !RefName.IsFullId(commit)) return false;
        if (commit.All(digit => digit == '0')) commit = null;
        return true;
    }
}
