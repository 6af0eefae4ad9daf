using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rialto.Repositories.Tests.Webhooks;

/// <summary>Delivers as the forges do, signed over the very bytes.</summary>
public sealed class HookSender(HttpClient client, string url, string secret)
{
    public static HookSender Of(HttpClient client, JsonNode hook) => new(client, new Uri(hook["url"]!.GetValue<string>()).AbsolutePath, hook["secret"]!.GetValue<string>());

    public static string Push(string branch, string? before, string? after, long? repository = null) => new JsonObject
    {
        ["ref"] = "refs/heads/" + branch, ["before"] = before ?? new string('0', 40), ["after"] = after ?? new string('0', 40), ["repository"] = new JsonObject { ["id"] = repository ?? 1, ["pushed_at"] = Random.Shared.NextInt64() },
    }.ToJsonString();

    public async Task<HttpResponseMessage> GitHubAsync(string body, string happened = "push", string? delivery = null, string? signature = null, string type = "application/json")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return await SendAsync(bytes, type, ("X-GitHub-Event", happened), ("X-GitHub-Delivery", delivery ?? Guid.NewGuid().ToString()),
            ("X-Hub-Signature-256", signature ?? "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes))));
    }

    public async Task<HttpResponseMessage> SendAsync(byte[] body, string type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
