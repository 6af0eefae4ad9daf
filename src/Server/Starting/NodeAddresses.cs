using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Publishing;

namespace Rialto.Server;

/// <summary>Where a node listens: plainly, and, when asked to, by TLS with the certificate of whatever domain a browser names.</summary>
internal static class NodeAddresses
{
    public static void Listen(WebApplicationBuilder builder, NodeOptions options)
    {
        if (options.HttpsPort is not { } secure)
        {
            builder.WebHost.UseUrls($"http://{(options.Listen.Contains(':') ? $"[{options.Listen}]" : options.Listen)}:{options.Port}");
            return;
        }
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var address = IPAddress.Parse(options.Listen);
            kestrel.Listen(address, options.Port);
            kestrel.Listen(address, secure, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = connection => PublishingModule.SelectCertificateAsync(kestrel.ApplicationServices, connection.ClientHelloInfo, connection.CancellationToken),
            }));
        });
    }

    /// <summary>The port of https once it is known; null without one.</summary>
    public static int? SecurePort(IServiceProvider provider) =>
        provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault(address => address.StartsWith("https:", StringComparison.Ordinal)) is { } secure ? new Uri(secure).Port : null;
}
