using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Vercel: a deployment is asked for by digests; the files it says are missing are sent, and it is asked for again.</summary>
internal sealed class VercelTarget(TargetHttp http) : ITargetDriver
{
    private const string Usual = "https://api.vercel.com";
    private const int MostTries = 3;

    public string Kind => "vercel";

    public (string[] Required, string[] Optional) Settings => (["project"], ["teamId", "endpoint"]);

    public bool NeedsSecret => true;

    public async Task<Deployed> DeployAsync(TargetAccess access, TargetRelease release, CancellationToken cancel)
    {
        var endpoint = new Uri(access["endpoint", Usual]);
        var team = access["teamId"].Length > 0 ? "?teamId=" + Uri.EscapeDataString(access["teamId"]) : "";
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer " + access.Secret };
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        var contents = await release.BySha1Async(digests, cancel);
        var wanted = new JsonObject
        {
            ["name"] = access["project"], ["project"] = access["project"], ["target"] = "production", ["projectSettings"] = new JsonObject { ["framework"] = null, ["buildCommand"] = null, ["outputDirectory"] = null },
            ["files"] = new JsonArray([.. release.Files.Select(file => new JsonObject { ["file"] = file.Path, ["sha"] = digests[file.Path], ["size"] = file.Bytes })]), ["meta"] = new JsonObject { ["commit"] = release.Commit },
        };
        var (sent, bytes) = (0, 0L);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await http.SendAsync(HttpMethod.Post, new Uri(endpoint, "/v13/deployments" + team), headers, wanted, cancel);
            if (answer.Status == 400 && attempt < MostTries && Missing(answer) is { Count: > 0 } missing)
            {
                foreach (var digest in missing)
                {
                    var file = contents.GetValueOrDefault(digest) ?? throw new Refusal("targets.refused", "Vercel asks for a file that the release does not have.", 422);
                    TargetHttp.Require(await http.SendAsync(HttpMethod.Post, new Uri(endpoint, "/v2/files" + team), new Dictionary<string, string>(headers) { ["x-vercel-digest"] = digest }, await release.ReadAsync(file, cancel), "application/octet-stream", cancel));
                    (sent, bytes) = (sent + 1, bytes + file.Bytes);
                }
                continue;
            }
            return await LiveAsync(TargetHttp.Json(answer)["id"]!.GetValue<string>(), new Deployed(null, null, sent, bytes));
        }

        async Task<Deployed> LiveAsync(string id, Deployed so)
        {
            var state = await TargetHttp.UntilAsync(async () => TargetHttp.Json(await http.SendAsync(HttpMethod.Get, new Uri(endpoint, $"/v13/deployments/{Uri.EscapeDataString(id)}{team}"), headers, null, cancel)),
                deployment => deployment["readyState"]!.GetValue<string>() is "READY" or "ERROR" or "CANCELED", cancel);
            if (state["readyState"]!.GetValue<string>() != "READY") throw new Refusal("targets.refused", $"Vercel did not publish it: {state["errorMessage"]?.GetValue<string>() ?? "no reason given"}", 422);
            return so with { RemoteId = id, Url = state["url"]?.GetValue<string>() is { } host ? "https://" + host : null };
        }
    }

    private static List<string> Missing(OutgoingAnswer answer)
    {
        try
        {
            var error = JsonNode.Parse(answer.Body.Span)?["error"];
            return error?["code"]?.GetValue<string>() == "missing_files" ? [.. error["missing"]!.AsArray().Select(digest => digest!.GetValue<string>())] : [];
        }
        catch (Exception odd) when (odd is System.Text.Json.JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
