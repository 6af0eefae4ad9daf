using System.Text.Json.Nodes;
using Rialto.Kernel;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.GitHub;

/// <summary>Where the branches of a repository stand, by one GraphQL request for each hundred of them.</summary>
internal static class GitHubBranches
{
    private const int MostPages = 20;

    private const string Query = """
        query($owner: String!, $name: String!, $after: String) {
          repository(owner: $owner, name: $name) {
            defaultBranchRef { name target { oid } }
            refs(refPrefix: "refs/heads/", first: 100, after: $after) { nodes { name target { oid } } pageInfo { hasNextPage endCursor } }
          }
        }
        """;

    /// <summary>Reads them all.</summary>
    public static async Task<RefTable> ReadAsync(GitHubApi api, GitHubApp app, Installation installation, string token, string owner, string name, CancellationToken cancel)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        string? after = null, branch = null, head = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await api.QueryAsync(InstallationTokens.Speaker(installation.Number), app, token, Query, new JsonObject { ["owner"] = owner, ["name"] = name, ["after"] = after }, cancel);
            var repository = answer["repository"] ?? throw new Refusal("github.not_found", $"GitHub shows no {owner}/{name} to the app.", 404);
            (branch, head) = ((string?)repository["defaultBranchRef"]?["name"], (string?)repository["defaultBranchRef"]?["target"]?["oid"]);
            foreach (var node in repository["refs"]?["nodes"] as JsonArray ?? [])
                if ((string?)node?["name"] is { } one && (string?)node["target"]?["oid"] is { } commit && RefName.IsSound(RefTable.Branches + one) && RefName.IsFullId(commit)) names[RefTable.Branches + one] = commit;
            if (repository["refs"]?["pageInfo"]?["hasNextPage"]?.GetValue<bool>() != true) break;
            after = (string?)repository["refs"]!["pageInfo"]!["endCursor"];
        }
        return new RefTable(head, branch, names);
    }
}
