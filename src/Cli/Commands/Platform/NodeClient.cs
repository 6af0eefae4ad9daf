using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>Calls operations of a node by their names; the node's own catalogue says where they are.</summary>
internal sealed class NodeClient(Uri node, string token)
{
    /// <summary>Calls one and returns its answer; null when it has no body.</summary>
    /// <exception cref="Refusal">The node's own, code and words; <c>operations.*</c> when the input does not fit; <c>call.unreachable</c>.</exception>
    public async Task<JsonNode?> CallAsync(string name, JsonObject input, string? idempotencyKey, CancellationToken cancel)
    {
        using var http = LocalHttp.Create(node);
        var operation = await FindAsync(http, name, cancel);
        using var request = Compose(operation, input);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var answer = await SendAsync(http, request, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        var body = Parse(text);
        if (answer.IsSuccessStatusCode) return body;
        throw new Refusal(body?["code"]?.ToString() ?? "call.failed", body?["detail"]?.ToString() ?? $"The platform answered with status {(int)answer.StatusCode}.", (int)answer.StatusCode)
        {
            Details = (body?["details"] as JsonObject)?.ToDictionary(one => one.Key, one => one.Value?.ToString() ?? "") ?? [],
        };
    }

    private async Task<JsonObject> FindAsync(HttpClient http, string name, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/operations");
        using var answer = await SendAsync(http, request, cancel);
        var all = Parse(await answer.Content.ReadAsStringAsync(cancel)) as JsonArray ?? throw new Refusal("call.unreachable", $"{node} is not a Rialto.", 502);
        return all.OfType<JsonObject>().FirstOrDefault(one => one["name"]?.ToString() == name)
            ?? throw new Refusal("operations.unknown", $"There is no operation {name}. There are: {string.Join(", ", all.Select(one => one?["name"]))}.", 404);
    }

    /// <summary>The request that carries the input: parts of the path, of the query, and fields of the body.</summary>
    internal static HttpRequestMessage Compose(JsonObject operation, JsonObject input)
    {
        var rest = input.ToDictionary(field => field.Key, field => field.Value);
        var path = new StringBuilder();
        var inPath = new HashSet<string>();
        var known = operation["input"]!["properties"]!.AsObject();
        var elsewhere = operation["query"]?.AsArray().Select(part => part!.ToString()).ToHashSet() ?? [];
        foreach (var segment in operation["path"]!.ToString().Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var part = segment is ['{', .., '}'] ? segment[1..^1].Split(':')[0].TrimEnd('?') : null;
            if (part is not null) inPath.Add(part);
            path.Append('/').Append(part is null ? segment : Uri.EscapeDataString(Take(rest, part, operation["name"]!.ToString())));
        }
        var method = new HttpMethod(operation["method"]!.ToString());
        var hasBody = method != HttpMethod.Get && method != HttpMethod.Delete;
        if (rest.Keys.FirstOrDefault(field => !known.ContainsKey(field)) is { } unknown)
            throw new Refusal("operations.input_unknown", $"{operation["name"]} knows no {unknown}; it knows {string.Join(", ", known.Select(one => one.Key))}.", 400);
        // What the catalogue names as parts of the query goes there, whatever the method; without a body everything does.
        var query = rest.Where(field => (!hasBody || elsewhere.Contains(field.Key)) && field.Value is not null).Select(field => (field.Key, Value: Text(field.Value!))).ToArray();
        foreach (var name in elsewhere) rest.Remove(name);
        if (query.Length > 0) path.Append('?').AppendJoin('&', query.Select(part => $"{Uri.EscapeDataString(part.Key)}={Uri.EscapeDataString(part.Value)}"));
        var request = new HttpRequestMessage(method, path.ToString());
        if (hasBody && known.Any(field => !elsewhere.Contains(field.Key) && !inPath.Contains(field.Key)))
            request.Content = new StringContent(new JsonObject(rest.Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private static string Take(Dictionary<string, JsonNode?> rest, string name, string operation) =>
        rest.Remove(name, out var value) && value is not null ? Text(value) : throw new Refusal("operations.input_missing", $"{operation} needs {name}.", 400);

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancel)
    {
        try
        {
            return await http.SendAsync(request, cancel);
        }
        catch (HttpRequestException failure)
        {
            throw new Refusal("call.unreachable", $"The platform at {node} does not answer: {failure.Message}", 503);
        }
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
