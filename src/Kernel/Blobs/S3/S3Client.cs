using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;

namespace Rialto.Kernel;

/// <summary>Speaks to one bucket. What may pass by itself (no connection, 429, 5xx) is tried again a few times.</summary>
internal sealed class S3Client : IDisposable
{
    private const int MostAttempts = 4;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private readonly HttpClient http;
    private readonly TimeProvider clock;

    public S3Client(S3Account account, TimeProvider? clock = null)
    {
        (Account, this.clock) = (account, clock ?? TimeProvider.System);
        http = LocalHttp.Create(account.Endpoint);
        http.Timeout = Timeout.InfiniteTimeSpan;
    }

    public S3Account Account { get; }

    /// <summary>Sends a request until it is answered. The caller disposes the answer; any status below 500 but 429 is one.</summary>
    /// <param name="request">What.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="Refusal"><c>blobs.unreachable</c>; <c>blobs.not_allowed</c> when the key is not good for it.</exception>
    public async Task<HttpResponseMessage> SendAsync(S3Request request, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var words = "";
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                limit.CancelAfter(Longest);
                var answer = await http.SendAsync(Compose(request), HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) await RefuseAsync(answer, cancel);
                if (answer.StatusCode != HttpStatusCode.TooManyRequests && (int)answer.StatusCode < 500) return answer;
                words = $"it answers with status {(int)answer.StatusCode}";
                answer.Dispose();
            }
            catch (HttpRequestException failure)
            {
                words = failure.Message;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                words = "it takes too long";
            }
            if (attempt == MostAttempts) throw new Refusal("blobs.unreachable", $"The blob store at {Account.Endpoint.Host} cannot be used just now: {words}.", 503);
            await Task.Delay(Backoff.Delay(attempt) / 4, cancel);
        }
    }

    /// <summary>Sends a request whose answer must be good, and reads it as XML; null when it has no body.</summary>
    /// <exception cref="Refusal">As above; <c>blobs.failed</c> with the service's own code.</exception>
    public async Task<XElement?> AskAsync(S3Request request, CancellationToken cancel)
    {
        using var answer = await SendAsync(request, cancel);
        var xml = await ReadAsync(answer, cancel);
        // Completing an upload can fail after the status was sent.
        if (answer.IsSuccessStatusCode && xml?.Name.LocalName != "Error") return xml;
        throw new Refusal("blobs.failed", $"The blob store refused {request.Method} with {(int)answer.StatusCode} {Value(xml, "Code")}.", 503);
    }

    /// <summary>The text of an element's child, whatever the namespace.</summary>
    public static string Value(XElement? element, string name) => element?.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "";

    private HttpRequestMessage Compose(S3Request request)
    {
        var at = clock.GetUtcNow().UtcDateTime;
        var path = "/" + S3Signature.Encode(request.Key is null ? Account.Bucket : $"{Account.Bucket}/{Account.Prefix}{request.Key}", isPath: true);
        var headers = new Dictionary<string, string>(request.Headers)
        {
            ["host"] = Account.Endpoint.IsDefaultPort ? Account.Endpoint.Host : Account.Endpoint.Authority, ["x-amz-date"] = S3Signature.Date(at), ["x-amz-content-sha256"] = request.Hash,
        };
        var query = S3Signature.Query(request.Query);
        var message = new HttpRequestMessage(request.Method, new Uri(Account.Endpoint, path + (query.Length > 0 ? "?" + query : "")));
        message.Headers.TryAddWithoutValidation("Authorization", S3Signature.Authorization(Account, request.Method.Method, path, request.Query, headers, at));
        foreach (var (name, value) in headers)
            if (name != "host") message.Headers.TryAddWithoutValidation(name, value);
        if (request.Body is { } open)
        {
            message.Content = new StreamContent(open());
            message.Content.Headers.ContentLength = request.BodyBytes;
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        }
        return message;
    }

    private async Task RefuseAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var xml = await ReadAsync(answer, cancel);
        answer.Dispose();
        throw new Refusal("blobs.not_allowed", $"The blob store at {Account.Endpoint.Host} does not accept the key ({Value(xml, "Code")}); look at the settings blobs.s3_….", 503);
    }

    private static async Task<XElement?> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        try
        {
            // No DTD is read: XLinq's reader refuses them.
            return text.Length == 0 ? null : XElement.Parse(text);
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();
}

/// <summary>One request, which can be sent again.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Key">Name of the object without the prefix; null for the bucket.</param>
internal sealed record S3Request(HttpMethod Method, string? Key)
{
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>Headers to send and sign, names in small letters.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 of the body.</summary>
    public string Hash { get; init; } = S3Signature.EmptyHash;

    /// <summary>Opens the body, each time anew.</summary>
    public Func<Stream>? Body { get; init; }

    public long BodyBytes { get; init; }
}
