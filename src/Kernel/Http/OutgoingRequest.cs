namespace Rialto.Kernel;

/// <summary>A request to somewhere else.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Address">Absolute address. Credentials in it are not sent.</param>
public sealed record OutgoingRequest(HttpMethod Method, Uri Address)
{
    // What speaks for us must not follow to another host.
    private static readonly HashSet<string> Personal = new(StringComparer.OrdinalIgnoreCase) { "Authorization", "Cookie", "Proxy-Authorization" };

    /// <summary>Headers to send. Those that carry credentials are dropped when a redirect leaves the host.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Headers besides the usual ones that carry credentials, such as <c>X-Api-Key</c>.</summary>
    public IReadOnlySet<string> PersonalHeaders { get; init; } = new HashSet<string>();

    /// <summary>Bytes to send; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Type of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    internal HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(Method, new UriBuilder(Address) { UserName = "", Password = "", Fragment = "" }.Uri);
        foreach (var (name, value) in Headers) message.Headers.TryAddWithoutValidation(name, value);
        if (Body.IsEmpty) return message;
        message.Content = new ReadOnlyMemoryContent(Body);
        message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        return message;
    }

    /// <summary>The request that follows a redirect: 303, and 301 and 302 to a POST, become GET without a body, as RFC 9110 and browsers have it.</summary>
    internal OutgoingRequest RedirectedTo(Uri next, int status)
    {
        var becomesGet = status == 303 || (status is 301 or 302 && Method == HttpMethod.Post);
        var leaves = next.Host != Address.Host || next.Port != Address.Port || next.Scheme != Address.Scheme;
        return this with
        {
            Address = next, Method = becomesGet && Method != HttpMethod.Head ? HttpMethod.Get : Method, Body = becomesGet ? default : Body,
            Headers = leaves ? Headers.Where(header => !Personal.Contains(header.Key) && !PersonalHeaders.Contains(header.Key)).ToDictionary() : Headers,
        };
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Address">Where it came from, after redirects.</param>
/// <param name="Headers">Headers; names in any case.</param>
/// <param name="Body">The whole body, decompressed.</param>
public sealed record OutgoingAnswer(int Status, Uri Address, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
