using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Rialto.Testing;

/// <summary>Vercel's deployments by digests, as its documentation describes them.</summary>
public sealed class VercelHost : StandIn
{
    private readonly ConcurrentDictionary<string, byte[]> known = new();
    private readonly ConcurrentDictionary<string, int> looks = new();

    protected override async Task AnswerAsync(HttpContext http, byte[] body)
    {
        var (method, path) = (http.Request.Method, http.Request.Path.Value!);
        if (http.Request.Headers.Authorization != "Bearer " + Key) await RefuseAsync(http, 403, "Not authorized");
        else if (http.Request.Query["teamId"] != "team-1") await RefuseAsync(http, 404, "no such team");
        else if (method == "POST" && path == "/v2/files") await TakeAsync(http, body);
        else if (method == "POST" && path == "/v13/deployments") await BeginAsync(http, JsonNode.Parse(body)!);
        else if (method == "GET" && path.StartsWith("/v13/deployments/", StringComparison.Ordinal)) await TellAsync(http, path[(path.LastIndexOf('/') + 1)..]);
        else await RefuseAsync(http, 404, "Not Found");
    }

    private async Task TakeAsync(HttpContext http, byte[] body)
    {
        var digest = http.Request.Headers["x-vercel-digest"].ToString();
        if (digest != Sha1(body) || http.Request.ContentLength != body.Length) await RefuseAsync(http, 400, "digest or length is wrong");
        else
        {
            known[digest] = body;
            await WriteAsync(http, 200, new JsonObject { ["urls"] = new JsonArray() });
        }
    }

    private async Task BeginAsync(HttpContext http, JsonNode wanted)
    {
        var files = wanted["files"]!.AsArray();
        if (wanted["name"]?.GetValue<string>() != "lantern" || wanted["target"]?.GetValue<string>() != "production" || files.Any(file => file!["file"]!.GetValue<string>().StartsWith('/')))
        {
            await RefuseAsync(http, 400, "name, target or files are wrong");
            return;
        }
        var missing = files.Select(file => file!["sha"]!.GetValue<string>()).Where(digest => !known.ContainsKey(digest)).Distinct().ToArray();
        if (missing.Length > 0)
        {
            await WriteAsync(http, 400, new JsonObject { ["error"] = new JsonObject { ["code"] = "missing_files", ["message"] = "Missing files", ["missing"] = new JsonArray([.. missing.Select(digest => JsonValue.Create(digest))]) } });
            return;
        }
        if (files.Any(file => known[file!["sha"]!.GetValue<string>()].Length != file["size"]!.GetValue<long>()))
        {
            await RefuseAsync(http, 400, "a size is wrong");
            return;
        }
        Published.Clear();
        foreach (var file in files) Published["/" + file!["file"]!.GetValue<string>()] = known[file["sha"]!.GetValue<string>()];
        var id = "dpl_" + (looks.Count + 1).ToString(CultureInfo.InvariantCulture);
        looks[id] = 0;
        await WriteAsync(http, 200, new JsonObject { ["id"] = id, ["url"] = "lantern.vercel.example", ["readyState"] = "QUEUED" });
    }

    private async Task TellAsync(HttpContext http, string id)
    {
        if (!looks.ContainsKey(id)) await RefuseAsync(http, 404, "no such deployment");
        else await WriteAsync(http, 200, new JsonObject { ["id"] = id, ["url"] = "lantern.vercel.example", ["readyState"] = looks.AddOrUpdate(id, 1, (_, count) => count + 1) > 1 ? "READY" : "BUILDING" });
    }
}
