using System.Net;
using System.Net.Sockets;

namespace Rialto.Kernel;

/// <summary>
/// Makes requests to addresses that strangers chose (webhooks, custom domains, repositories' links) without letting them reach inside:
/// each name is resolved here, every address it has must be public, and the connection goes to the very address that was checked, so
/// a name that changes its answer in between gains nothing. Redirects are checked like first requests. Safe for concurrent use.
/// </summary>
public sealed class OutgoingHttp : IDisposable
{
    private const int ConnectSeconds = 10, LongestHeadersKilobytes = 64;
    private readonly OutgoingOptions options;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly HttpMessageInvoker invoker;

    /// <param name="options">Limits and exceptions.</param>
    public OutgoingHttp(OutgoingOptions options) : this(options, (host, cancel) => Dns.GetHostAddressesAsync(host, cancel))
    {
    }

    internal OutgoingHttp(OutgoingOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        (this.options, this.resolve) = (options, resolve);
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // A proxy would resolve the name anew, and cookies or ambient credentials would speak for us.
            UseProxy = false, UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = ConnectAsync, ConnectTimeout = TimeSpan.FromSeconds(ConnectSeconds), MaxResponseHeadersLength = LongestHeadersKilobytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        });
    }

    /// <summary>Sends <paramref name="request"/>, follows redirects, and reads the whole answer within the limits.</summary>
    /// <exception cref="Refusal">
    /// <c>outgoing.address_closed</c>, <c>outgoing.scheme</c>, <c>outgoing.unresolved</c>, <c>outgoing.unreachable</c>, <c>outgoing.timeout</c>,
    /// <c>outgoing.too_large</c>, <c>outgoing.too_many_redirects</c>.
    /// </exception>
    public async Task<OutgoingAnswer> SendAsync(OutgoingRequest request, CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            return await FollowAsync(request, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new Refusal("outgoing.timeout", $"{request.Address.Host} took longer than {options.TimeoutSeconds:0.#} seconds.", 503);
        }
        catch (HttpRequestException failure)
        {
            // Connecting refuses by a Refusal, which the handler wraps.
            for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
                if (inner is Refusal refusal) throw refusal;
            throw new Refusal("outgoing.unreachable", $"{request.Address.Host} cannot be reached: {failure.Message}", 503);
        }
    }

    private async Task<OutgoingAnswer> FollowAsync(OutgoingRequest request, CancellationToken cancel)
    {
        for (var hops = 0; ; hops++)
        {
            RequireScheme(request.Address);
            using var message = request.ToMessage();
            using var answer = await invoker.SendAsync(message, cancel);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location || options.MaxRedirects == 0)
                return new OutgoingAnswer((int)answer.StatusCode, request.Address, HeadersOf(answer), await ReadAsync(answer, cancel));
            if (hops == options.MaxRedirects)
                throw new Refusal("outgoing.too_many_redirects", $"{request.Address.Host} redirects more than {options.MaxRedirects} times.", 503);
            request = request.RedirectedTo(new Uri(request.Address, location), (int)answer.StatusCode);
        }
    }

    private void RequireScheme(Uri address)
    {
        if (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (options.AllowPlain || IsAllowed(address.Host, address.Port)))) return;
        throw new Refusal("outgoing.scheme", $"Use an https address; {address.Scheme} is not allowed.", 422);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, cancel);
        // One closed address is enough to refuse: a name that has both is built to be tried until it hits.
        if (!IsAllowed(host, port) && addresses.Any(address => !AddressClass.IsPublic(address)))
            throw new Refusal("outgoing.address_closed", $"{host} is not an address of the public internet; an administrator can allow it in the setting outgoing.allowedHosts.", 422);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal)) return [literal];
        try
        {
            var addresses = await resolve(host, cancel);
            if (addresses.Length > 0) return addresses;
        }
        catch (SocketException)
        {
            // Said below.
        }
        throw new Refusal("outgoing.unresolved", $"There is no host {host}.", 422);
    }

    private bool IsAllowed(string host, int port) => options.AllowedHosts.Contains(host) || options.AllowedHosts.Contains($"{host}:{port}");

    private async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        using var collected = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
        {
            if (collected.Length + count > options.MaxAnswerBytes)
                throw new Refusal("outgoing.too_large", $"The answer is larger than {options.MaxAnswerBytes} bytes.", 413);
            collected.Write(buffer, 0, count);
        }
        return collected.ToArray();
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();
}
