using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Repositories.GitHub;

/// <summary>
/// Speaks GitHub's REST and GraphQL: one request at a time for each speaker, as GitHub asks, with its limits kept, and a few tries where
/// GitHub itself fails.
/// </summary>
internal sealed class GitHubApi(OutgoingHttp http, GitHubLimits limits, TimeProvider time)
{
    /// <summary>The version of the API this is written for.</summary>
    public const string Version = "2022-11-28";

    private const int Tries = 4;

    // Longer pauses are the job's, which frees its worker meanwhile.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5), FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks and reads the answer as JSON.</summary>
    /// <param name="speaker">Who asks: limits are counted for each.</param>
    /// <param name="address">Absolute address.</param>
    /// <param name="token">The app's, an installation's or a user's; null for none.</param>
    /// <param name="method">Null for GET.</param>
    /// <param name="body">What to send; null for nothing.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal"><c>github.rate_limited</c>, <c>github.not_accepted</c>, <c>github.not_found</c>, <c>github.refused</c>, <c>github.down</c>, and those of <see cref="OutgoingHttp"/>.</exception>
    public async Task<JsonNode> SendAsync(string speaker, Uri address, string? token, HttpMethod? method = null, JsonNode? body = null, CancellationToken cancel = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (limits.Wait(speaker) is { Ticks: > 0 } wait)
            {
                if (wait > LongestWait) throw GitHubLimits.Refused(wait);
                await Task.Delay(wait, time, cancel);
            }
            var answer = await http.SendAsync(Request(address, token, method ?? HttpMethod.Get, body), cancel);
            if (limits.Read(speaker, answer))
            {
                if (attempt == Tries) throw GitHubLimits.Refused(limits.Wait(speaker));
                continue;
            }
            if (answer.Status < 300) return Read(answer);
            if (answer.Status < 500 || attempt == Tries) throw Refused(answer);
            // GitHub's own failure: each pause twice the last one, and never the same for all.
            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble() / 2), time, cancel);
        }
    }

    /// <summary>Asks by GraphQL; an answer with errors is refused whole.</summary>
    public async Task<JsonNode> QueryAsync(string speaker, GitHubApp app, string token, string query, JsonObject variables, CancellationToken cancel)
    {
        // On a GitHub Enterprise Server the two ways stand beside each other: /api/v3 and /api/graphql.
        var address = app.Api.AbsolutePath.EndsWith("/v3/", StringComparison.Ordinal) ? new Uri(app.Api, "../graphql") : new Uri(app.Api, "graphql");
        var answer = await SendAsync(speaker, address, token, HttpMethod.Post, new JsonObject { ["query"] = query, ["variables"] = variables }, cancel);
        if (answer["errors"] is JsonArray { Count: > 0 } errors) throw new Refusal("github.refused", $"GitHub says: {Words(errors[0]?["message"])}", 422);
        return answer["data"] ?? throw new Refusal("github.refused", "GitHub's answer holds no data.", 422);
    }

    private static OutgoingRequest Request(Uri address, string? token, HttpMethod method, JsonNode? body)
    {
        var headers = new Dictionary<string, string> { ["User-Agent"] = "Rialto", ["Accept"] = "application/vnd.github+json", ["X-GitHub-Api-Version"] = Version };
        if (token is not null) headers["Authorization"] = "Bearer " + token;
        return new OutgoingRequest(method, address) { Headers = headers, Body = body is null ? default : System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()) };
    }

    private static JsonNode Read(OutgoingAnswer answer)
    {
        if (answer.Body.IsEmpty) return new JsonObject();
        try
        {
            return JsonNode.Parse(answer.Body.Span) ?? new JsonObject();
        }
        catch (JsonException)
        {
            throw new Refusal("github.down", "GitHub answered with something that is no JSON; try again later.", 503);
        }
    }

    private static Refusal Refused(OutgoingAnswer answer)
    {
        var words = "";
        try
        {
            words = Words((JsonNode.Parse(answer.Body.Span) as JsonObject)?["message"]);
        }
        catch (JsonException)
        {
            // The status says enough.
        }
        return answer.Status switch
        {
            401 => new Refusal("github.not_accepted", $"GitHub does not accept the app's key or token ({words}); look at repositories.github_app_id and its private key.", 409),
            404 => new Refusal("github.not_found", $"GitHub has no such thing, or the app may not see it ({answer.Address.AbsolutePath}).", 404),
            >= 500 => new Refusal("github.down", $"GitHub failed with {answer.Status}; it is tried again later.", 503),
            _ => new Refusal("github.refused", $"GitHub says {answer.Status}: {words}", 422),
        };
    }

    private static string Words(JsonNode? message) => message is JsonValue value && value.TryGetValue<string>(out var text) ? text[..Math.Min(text.Length, 300)] : "no reason";
}
