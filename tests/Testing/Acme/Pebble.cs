using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rialto.Testing;

/// <summary>
/// The certificate authority Pebble, made for testing by those who run Let's Encrypt: it speaks RFC 8555 as strictly as can be, refuses a
/// part of all nonces, and asks the name server it is told. It is Debian's package <c>pebble</c>.
/// </summary>
public sealed class Pebble : IAsyncDisposable
{
    private readonly string folder;
    private readonly Process process;
    private readonly HttpClient management;

    private Pebble(string folder, Process process, Uri directory, HttpClient management) => (this.folder, this.process, Directory, this.management) = (folder, process, directory, management);

    /// <summary>Address of its directory.</summary>
    public Uri Directory { get; }

    /// <summary>File with the certificate its own address is trusted by.</summary>
    public string RootsFile => Path.Combine(folder, "cert.pem");

    /// <summary>Starts one; null where it is not installed.</summary>
    /// <param name="httpPort">Where it looks for challenges, on whatever machine the name leads to.</param>
    /// <param name="names">The name server it asks.</param>
    public static async Task<Pebble?> TryStartAsync(int httpPort, IPEndPoint names)
    {
        if (!File.Exists("/usr/bin/pebble")) return null;
        var folder = System.IO.Directory.CreateTempSubdirectory("rialto-pebble-").FullName;
        var certificate = MakeCertificate(folder);
        for (var attempt = 0; ; attempt++)
        {
            var (port, side) = (FreePort(), FreePort());
            await File.WriteAllTextAsync(Path.Combine(folder, "pebble.json"), $$"""
                {
                  "pebble": {
                    "listenAddress": "127.0.0.1:{{port}}", "managementListenAddress": "127.0.0.1:{{side}}", "certificate": "{{folder}}/cert.pem", "privateKey": "{{folder}}/key.pem",
                    "httpPort": {{httpPort}}, "tlsPort": 5001, "ocspResponderURL": "", "externalAccountBindingRequired": false
                  }
                }
                """);
            var start = new ProcessStartInfo("/usr/bin/pebble", ["-strict", "-config", Path.Combine(folder, "pebble.json"), "-dnsserver", names.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
            (start.Environment["PEBBLE_VA_NOSLEEP"], start.Environment["PEBBLE_WFE_NONCEREJECT"], start.Environment["PEBBLE_AUTHZREUSE"]) = ("1", "30", "0");
            var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var management = new HttpClient(new SocketsHttpHandler { UseProxy = false, SslOptions = new() { CertificateChainPolicy = Trusting(certificate) } }) { BaseAddress = new Uri($"https://127.0.0.1:{side}/") };
            while (!process.HasExited)
            {
                try
                {
                    await management.GetStringAsync("roots/0");
                    return new Pebble(folder, process, new Uri($"https://127.0.0.1:{port}/dir"), management);
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(50);
                }
            }
            management.Dispose();
            // Somebody took a port in between.
            if (attempt == 5) throw new InvalidOperationException("Pebble does not start.");
        }
    }

    /// <summary>The root of the certificates it gives out.</summary>
    public async Task<X509ChainPolicy> TrustAsync() => Trusting(X509Certificate2.CreateFromPem(await management.GetStringAsync("roots/0")));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        management.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        System.IO.Directory.Delete(folder, recursive: true);
    }

    private static X509ChainPolicy Trusting(X509Certificate2 root)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        return policy;
    }

    private static X509Certificate2 MakeCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=pebble of a test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
