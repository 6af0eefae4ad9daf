namespace Rialto.Kernel;

/// <summary>A client for an address that the operator of this machine named; for all others there is <see cref="OutgoingHttp"/>.</summary>
public static class LocalHttp
{
    /// <summary>A client with <paramref name="address"/> as its base. No proxy, no redirects: what is sent may carry a key.</summary>
    public static HttpClient Create(Uri address) => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address };
}
