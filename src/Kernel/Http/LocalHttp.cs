using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Rialto.Kernel;

/// <summary>A client for an address that the operator of this machine named; for all others there is <see cref="OutgoingHttp"/>.</summary>
public static class LocalHttp
{
    /// <summary>A client with <paramref name="address"/> as its base. No proxy, no redirects: what is sent may carry a key.</summary>
    /// <param name="address">The base.</param>
    /// <param name="roots">Certificates to trust instead of the system's, for an authority of one's own; null for the system's.</param>
    public static HttpClient Create(Uri address, X509Certificate2Collection? roots = null) =>
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, SslOptions = Trusting(roots) }) { BaseAddress = address };

    private static SslClientAuthenticationOptions Trusting(X509Certificate2Collection? roots)
    {
        if (roots is null) return new SslClientAuthenticationOptions();
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
