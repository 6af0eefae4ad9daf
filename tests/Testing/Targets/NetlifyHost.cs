using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Rialto.Testing;

/// <summary>Netlify's deploys by digests, as its documentation describes them.</summary>
public sealed class NetlifyHost : StandIn
{
    private readonly ConcurrentDictionary<string, byte[]> known = new();
    private readonly ConcurrentDictionary<string, Deploy> deploys = new();

    /// <summary>Ends every deploy with an error.</summary>
    public bool Rejects { get; set; }

    protected override async Task AnswerAsync(HttpContext http, byte[] body)
    {
        var (method, parts) = (http.Request.Method, http.Request.Path.Value!.Split('/', 6));
        if (http.Request.Headers.Authorization != "Bearer " + Key) await RefuseAsync(http, 401, "Access Denied");
        else if (method == "POST" && parts is ["", "api", "v1", "sites", "site-1", "deploys"]) await BeginAsync(http, body);
        else if (method == "GET" && parts is ["", "api", "v1", "deploys", var asked] && deploys.TryGetValue(asked, out var found)) await WriteAsync(http, 200, found.Next());
        else if (method == "PUT" && parts is ["", "api", "v1", "deploys", var id, var rest] && rest.StartsWith("files/", StringComparison.Ordinal) && deploys.TryGetValue(id, out var deploy)) await TakeAsync(http, deploy, rest["files".Length..], body);
        else await RefuseAsync(http, 404, "Not Found");
    }

    private async Task BeginAsync(HttpContext http, byte[] body)
    {
        if (http.Request.ContentType != "application/json" || JsonNode.Parse(body)?["files"] is not JsonObject files || files.Any(file => !file.Key.StartsWith('/') || file.Value!.GetValue<string>().Length != 40))
        {
            await RefuseAsync(http, 422, "files must be paths with a slash and SHA-1 digests");
            return;
        }
        var deploy = new Deploy(this, "deploy-" + (deploys.Count + 1), files.ToDictionary(file => file.Key, file => file.Value!.GetValue<string>()));
        deploys[deploy.Id] = deploy;
        deploy.Required.UnionWith(deploy.Files.Values.Where(digest => !known.ContainsKey(digest)));
        await WriteAsync(http, 200, new JsonObject { ["id"] = deploy.Id, ["state"] = deploy.Required.Count > 0 ? "uploading" : "uploaded", ["required"] = new JsonArray([.. deploy.Required.Select(digest => JsonValue.Create(digest))]) });
    }

    private async Task TakeAsync(HttpContext http, Deploy deploy, string path, byte[] body)
    {
        if (http.Request.ContentType != "application/octet-stream") await RefuseAsync(http, 415, "send bytes");
        else if (!deploy.Files.TryGetValue(path, out var digest) || digest != Sha1(body)) await RefuseAsync(http, 422, "this is not the file that was told of");
        else if (!deploy.Required.Remove(digest)) await RefuseAsync(http, 422, "nobody asked for it");
        else
        {
            known[digest] = body;
            await WriteAsync(http, 200, new JsonObject { ["path"] = path, ["sha"] = digest });
        }
    }

    private sealed class Deploy(NetlifyHost host, string id, Dictionary<string, string> files)
    {
        private int looks;

        public string Id => id;

        public Dictionary<string, string> Files => files;

        public HashSet<string> Required { get; } = [];

        public JsonObject Next()
        {
            // It takes a moment, as there.
            var state = Required.Count > 0 ? "uploading" : looks++ == 0 ? "processing" : host.Rejects ? "error" : "ready";
            if (state == "ready")
            {
                host.Published.Clear();
                foreach (var (path, digest) in files) host.Published[path] = host.known[digest];
            }
            return new JsonObject { ["id"] = id, ["state"] = state, ["ssl_url"] = "https://lantern.netlify.example", ["error_message"] = state == "error" ? "too many rules" : null };
        }
    }
}
