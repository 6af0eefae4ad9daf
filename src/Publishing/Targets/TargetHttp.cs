using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Talks to the interfaces of other hosts: guarded, with their refusals told as ours.</summary>
internal sealed class TargetHttp(OutgoingOptions options) : IDisposable
{
    private const double PatienceSeconds = 120;
    private readonly OutgoingHttp http = new(options with { TimeoutSeconds = PatienceSeconds });

    /// <summary>Sends JSON or nothing and returns the answer, whatever its status.</summary>
    public Task<OutgoingAnswer> SendAsync(HttpMethod method, Uri address, IReadOnlyDictionary<string, string> headers, JsonNode? body, CancellationToken cancel) =>
        SendAsync(method, address, headers, body is null ? default : System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json", cancel);

    /// <summary>Sends bytes and returns the answer, whatever its status.</summary>
    public Task<OutgoingAnswer> SendAsync(HttpMethod method, Uri address, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, string type, CancellationToken cancel) =>
        http.SendAsync(new OutgoingRequest(method, address) { Headers = headers, PersonalHeaders = headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase), Body = body, ContentType = type }, cancel);

    /// <summary>The answer as JSON, when it is a good one.</summary>
    /// <exception cref="Refusal"><c>targets.refused</c>, <c>targets.denied</c>, <c>targets.busy</c>.</exception>
    public static JsonNode Json(OutgoingAnswer answer)
    {
        Require(answer);
        try
        {
            return JsonNode.Parse(answer.Body.Span) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new Refusal("targets.refused", $"{answer.Address.Host} answered with something that is no JSON.", 503);
        }
    }

    /// <summary>Insists on a good answer.</summary>
    /// <exception cref="Refusal"><c>targets.refused</c>, <c>targets.denied</c>, <c>targets.busy</c>.</exception>
    public static void Require(OutgoingAnswer answer)
    {
        if (answer.Status is >= 200 and < 300) return;
        if (answer.Status is 401 or 403) throw new Refusal("targets.denied", $"{answer.Address.Host} does not accept the key of the target; give it a new one.", 422);
        if (answer.Status == 429 || answer.Status >= 500) throw new Refusal("targets.busy", $"{answer.Address.Host} answers with {answer.Status}; it is tried again later.", 503);
        throw new Refusal("targets.refused", $"{answer.Address.Host} answers with {answer.Status}: {Words(answer)}", 422);
    }

    /// <summary>Asks until the place has decided.</summary>
    public static async Task<JsonNode> UntilAsync(Func<Task<JsonNode>> ask, Func<JsonNode, bool> isDone, CancellationToken cancel)
    {
        var pause = TimeSpan.FromMilliseconds(200);
        while (true)
        {
            var answer = await ask();
            if (isDone(answer)) return answer;
            await Task.Delay(pause, cancel);
            if (pause < TimeSpan.FromSeconds(5)) pause *= 1.5;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static string Words(OutgoingAnswer answer)
    {
        var text = System.Text.Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(300, answer.Body.Length)]);
        return Redaction.Clean(new string([.. text.Select(letter => char.IsControl(letter) ? ' ' : letter)]));
    }
}
