using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Rialto.Testing;

/// <summary>
/// A browser as far as a server sees it: keeps cookies, does not follow redirects, and can say what a browser says of where a request comes
/// from. JSON in, status and JSON out.
/// </summary>
public sealed class BrowserClient : IDisposable
{
    private readonly HttpClient http;

    /// <summary>One with no cookies.</summary>
    public BrowserClient(Uri server)
    {
        Server = server;
        http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = server };
    }

    /// <summary>Where it is.</summary>
    public Uri Server { get; }

    /// <summary>What it keeps.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Sent as <c>X-Rialto-Csrf</c>; null to leave it out.</summary>
    public string? CsrfToken { get; set; }

    /// <summary>Sent with every request besides.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>The last answer's headers.</summary>
    public ILookup<string, string> AnswerHeaders { get; private set; } = Array.Empty<string>().ToLookup(one => one);

    /// <summary>Calls and reads the answer.</summary>
    public async Task<(int Status, JsonNode? Body)> CallAsync(HttpMethod method, string path, object? body = null, CancellationToken cancel = default)
    {
        var (status, text) = await SendAsync(method, path, body is null ? null : new StringContent(System.Text.Json.JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"), cancel);
        return (status, text.Length == 0 || text[0] is not ('{' or '[') ? null : JsonNode.Parse(text));
    }

    /// <summary>Posts JSON.</summary>
    public Task<(int Status, JsonNode? Body)> PostAsync(string path, object? body = null, CancellationToken cancel = default) => CallAsync(HttpMethod.Post, path, body, cancel);

    /// <summary>Gets JSON.</summary>
    public Task<(int Status, JsonNode? Body)> GetAsync(string path, CancellationToken cancel = default) => CallAsync(HttpMethod.Get, path, null, cancel);

    /// <summary>Sends anything and reads the answer as text.</summary>
    public async Task<(int Status, string Text)> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel = default)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (CsrfToken is not null) request.Headers.Add("X-Rialto-Csrf", CsrfToken);
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, cancel);
        AnswerHeaders = answer.Headers.SelectMany(header => header.Value.Select(value => (header.Key, value))).ToLookup(one => one.Key, one => one.value, StringComparer.OrdinalIgnoreCase);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
