using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Netlify: the digests of all files are told, those it lacks are sent, and the deploy goes live when the last has come.</summary>
internal sealed class NetlifyTarget(TargetHttp http) : ITargetDriver
{
    private const string Usual = "https://api.netlify.com";

    public string Kind => "netlify";

    public (string[] Required, string[] Optional) Settings => (["siteId"], ["endpoint"]);

    public bool NeedsSecret => true;

    public async Task<Deployed> DeployAsync(TargetAccess access, TargetRelease release, CancellationToken cancel)
    {
        var address = new Uri(new Uri(access["endpoint", Usual]), "/api/v1/");
        var headers = new Dictionary<string, string> { ["Authorization"] = "Bearer " + access.Secret };
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        await release.BySha1Async(digests, cancel);
        var files = new JsonObject();
        foreach (var (path, digest) in digests) files["/" + path] = digest;
        var made = TargetHttp.Json(await http.SendAsync(HttpMethod.Post, new Uri(address, $"sites/{Uri.EscapeDataString(access["siteId"])}/deploys"), headers, new JsonObject { ["files"] = files, ["title"] = release.Commit }, cancel));
        var id = made["id"]!.GetValue<string>();
        var wanted = (made["required"]?.AsArray() ?? []).Select(digest => digest!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var (sent, bytes) = (0, 0L);
        foreach (var file in release.Files)
        {
            // The same content at two places is asked for once.
            if (!wanted.Remove(digests[file.Path])) continue;
            var path = string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString));
            TargetHttp.Require(await http.SendAsync(HttpMethod.Put, new Uri(address, $"deploys/{id}/files/{path}"), headers, await release.ReadAsync(file, cancel), "application/octet-stream", cancel));
            (sent, bytes) = (sent + 1, bytes + file.Bytes);
        }
        var state = await TargetHttp.UntilAsync(async () => TargetHttp.Json(await http.SendAsync(HttpMethod.Get, new Uri(address, "deploys/" + id), headers, null, cancel)),
            deploy => deploy["state"]!.GetValue<string>() is "ready" or "error" or "rejected", cancel);
        if (state["state"]!.GetValue<string>() != "ready") throw new Refusal("targets.refused", $"Netlify did not publish it: {state["error_message"]?.GetValue<string>() ?? "no reason given"}", 422);
        return new Deployed(state["ssl_url"]?.GetValue<string>() ?? state["url"]?.GetValue<string>(), id, sent, bytes);
    }
}
