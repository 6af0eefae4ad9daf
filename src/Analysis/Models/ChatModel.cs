using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Analysis;

/// <summary>A model behind the OpenAI-compatible chat protocol (<c>POST chat/completions</c>), which local runtimes speak as well.</summary>
internal sealed class ChatModel(string name, ModelSettings settings, HttpClient http)
{
    private const int MostBytes = 1024 * 1024;

    public string Name { get; } = name;

    /// <summary>The text of the answer.</summary>
    /// <exception cref="ModelFailure">When there is no answer.</exception>
    public async Task<string> AskAsync(string system, string user, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.Url, "chat/completions"))
        {
            Content = JsonContent.Create(new ChatRequest(Name, [new("system", system), new("user", user)], 0, false, new("json_object")), ChatJson.Default.ChatRequest),
        };
        // Some endpoints read bodies of a stated length only.
        await request.Content.LoadIntoBufferAsync(cancel);
        if (settings.Key is { } key) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var body = await BodyAsync(response.Content, cancel);
            if (!response.IsSuccessStatusCode) throw Failure(response.StatusCode, body);
            var answer = JsonSerializer.Deserialize(body, ChatJson.Default.ChatResponse);
            return answer?.Choices is [{ Message.Content: { Length: > 0 } text }, ..] ? text : throw new ModelFailure(FallbackTrigger.ModelUnavailable, "The answer holds no message.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException) { throw new ModelFailure(FallbackTrigger.ModelUnavailable, error.Message); }
    }

    private static async Task<byte[]> BodyAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var body = new MemoryStream();
        var part = new byte[16 * 1024];
        for (var read = 0; (read = await stream.ReadAsync(part, cancel)) > 0;)
        {
            if (body.Length + read > MostBytes) throw new ModelFailure(FallbackTrigger.ModelUnavailable, "The answer is larger than 1 MB.");
            body.Write(part, 0, read);
        }
        return body.ToArray();
    }

    /// <summary>Runtimes report exhausted memory as 507, or as a server error that says so.</summary>
    private static ModelFailure Failure(HttpStatusCode status, byte[] body)
    {
        var text = System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 4096)));
        var isMemory = status == HttpStatusCode.InsufficientStorage || (int)status >= 500 && text.Contains("memory", StringComparison.OrdinalIgnoreCase);
        var isLate = status is HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout;
        return new(isMemory ? FallbackTrigger.MemoryExhausted : isLate ? FallbackTrigger.ProcessingTimeout : FallbackTrigger.ModelUnavailable, $"The endpoint answered {(int)status}.");
    }
}

internal sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages, double Temperature, bool Stream, [property: JsonPropertyName("response_format")] ChatFormat ResponseFormat);
internal sealed record ChatMessage(string Role, string? Content);
internal sealed record ChatFormat(string Type);
internal sealed record ChatResponse(IReadOnlyList<ChatChoice>? Choices);
internal sealed record ChatChoice(ChatMessage? Message);

/// <summary>Words sent to a model and proposed by it.</summary>
internal sealed record WordSheet(IReadOnlyList<WordEntry>? Items);

/// <param name="Id">Which words.</param>
/// <param name="Words">The words.</param>
/// <param name="Evidence">Where they stand, as <c>path:line@commit</c>; an answer must repeat it unchanged.</param>
/// <param name="Source">What stands there; sent, not answered.</param>
internal sealed record WordEntry(string? Id, string? Words, IReadOnlyList<string>? Evidence, string? Source = null);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 16)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatResponse))]
[JsonSerializable(typeof(WordSheet))]
internal sealed partial class ChatJson : JsonSerializerContext;
