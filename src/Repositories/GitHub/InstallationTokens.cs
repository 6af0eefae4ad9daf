using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Repositories.GitHub;

/// <summary>
/// Tokens of installations: each for one purpose with only the rights of that purpose, and for one repository where there is one. Kept
/// in memory until five minutes before their end, never written anywhere.
/// </summary>
internal sealed class InstallationTokens(GitHubApi api, TimeProvider time)
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<(string App, long Installation, string Purpose, string Repository), (string Token, DateTimeOffset Until)> kept = new();

    /// <summary>Reads files of a repository.</summary>
    public const string Reading = "read";

    /// <summary>Writes what became of a commit.</summary>
    public const string Reporting = "report";

    /// <summary>Lists repositories.</summary>
    public const string Listing = "list";

    /// <summary>A token for one purpose.</summary>
    /// <param name="app">The app.</param>
    /// <param name="installation">GitHub's number of the installation.</param>
    /// <param name="purpose">One of the constants above.</param>
    /// <param name="repository">GitHub's number of the one repository; null for all that were selected.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<string> GetAsync(GitHubApp app, long installation, string purpose, string? repository, CancellationToken cancel)
    {
        var key = (app.Id, installation, purpose, repository ?? "");
        if (kept.TryGetValue(key, out var found) && found.Until - Spare > time.GetUtcNow()) return found.Token;
        var asked = new JsonObject
        {
            ["permissions"] = purpose switch
            {
                Reading => new JsonObject { ["contents"] = "read", ["metadata"] = "read" },
                Reporting => new JsonObject { ["statuses"] = "write", ["deployments"] = "write", ["metadata"] = "read" },
                _ => new JsonObject { ["metadata"] = "read" },
            },
        };
        if (repository is not null) asked["repository_ids"] = new JsonArray(long.Parse(repository, CultureInfo.InvariantCulture));
        var answer = await api.SendAsync(Speaker(installation), new Uri(app.Api, $"app/installations/{installation}/access_tokens"), app.Token(time.GetUtcNow()), HttpMethod.Post, asked, cancel);
        var token = (string?)answer["token"] ?? throw new Refusal("github.refused", "GitHub gave no token.", 422);
        if (kept.Count > MostKept) kept.Clear();
        kept[key] = (token, DateTimeOffset.Parse((string?)answer["expires_at"] ?? "", CultureInfo.InvariantCulture));
        return token;
    }

    /// <summary>Forgets an installation's tokens, as when its rights have changed.</summary>
    public void Forget(long installation)
    {
        foreach (var key in kept.Keys.Where(key => key.Installation == installation)) kept.TryRemove(key, out _);
    }

    /// <summary>By whom GitHub counts its limits.</summary>
    public static string Speaker(long installation) => FormattableString.Invariant($"installation:{installation}");
}
