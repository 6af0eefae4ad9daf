using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

[Trait("category", "acme")]
public sealed class CertificateTests : DomainTestBed
{
    private Pebble? pebble;

    protected override PublishingOptions Publishing => base.Publishing with { HttpsPort = () => Secure.Port };

    private Uri Secure => Host.Addresses.Single(address => address.Scheme == "https");

    protected override Action<WebApplicationBuilder> Configure => builder =>
    {
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = hello => PublishingModule.SelectCertificateAsync(kestrel.ApplicationServices, hello.ClientHelloInfo, hello.CancellationToken) }));
        });
    };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Dns.Set("lantern.sites.test", "A", "127.0.0.1");
        pebble = await Pebble.TryStartAsync(Host.Addresses[0].Port, Dns.Address);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (pebble is not null) await pebble.DisposeAsync();
    }

    protected override void Add(IServiceCollection services)
    {
        base.Add(services);
        // The authority starts after the node, whose port it must know: its address is read when the first certificate is ordered.
        services.AddSingleton(provider => new CertificateAuthority(provider.GetRequiredService<Database>(), provider.GetRequiredService<FieldCipher>(), SettingLayers.Read(provider.GetServices<Setting>(), null, name => name switch
        {
            "RIALTO_PUBLISHING__ACME_DIRECTORY" => pebble!.Directory.AbsoluteUri, "RIALTO_PUBLISHING__ACME_ROOTS" => pebble!.RootsFile, "RIALTO_PUBLISHING__ACME_CONTACT" => "ada@example.org", _ => null,
        })));
    }

    [Fact]
    public async Task A_verified_domain_gets_a_certificate_is_served_by_it_and_the_plain_address_leads_there()
    {
        await Ready();
        using var browser = await Browser();
        var page = await browser.GetAsync($"https://{Domain}/", Cancel);
        (await Text(page)).ShouldBe("front");
        page.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem().ShouldBe("max-age=15552000");

        var plain = await Get("/docs/?q=1", ("Host", Domain));
        plain.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        plain.Headers.Location!.OriginalString.ShouldBe($"https://{Domain}:{Secure.Port}/docs/?q=1");
        (await Get("/", ("Host", "lantern.sites.test"))).StatusCode.ShouldBe(HttpStatusCode.OK, "the platform's own names are not sent to a certificate that they do not have");

        (await Events("publishing.certificate_issued")).ShouldHaveSingleItem().ShouldContain(Domain);
        var info = await Domains();
        info["certificateError"].ShouldBeNull();
        var (until, renewed) = (info["certificateUntil"]!.GetValue<DateTime>(), info["renewedAt"]!.GetValue<DateTime>());
        renewed.ShouldBeLessThan(until - (until - DateTime.UtcNow) * 0.3);
    }

    [Fact]
    public async Task A_name_without_a_certificate_ends_the_handshake()
    {
        await Ready();
        using var browser = await Browser();
        foreach (var name in new[] { "other.example.org", "lantern.sites.test" })
        {
            var failure = await Should.ThrowAsync<HttpRequestException>(() => browser.GetAsync($"https://{name}/", Cancel));
            (failure.InnerException is AuthenticationException or IOException).ShouldBeTrue(failure.ToString());
        }
    }

    [Fact]
    public async Task Private_keys_are_kept_encrypted_and_bound_to_their_place()
    {
        await Ready();
        foreach (var sql in new[] { "select key from publishing.domains", "select key from publishing.acme_accounts" })
        {
            var kept = await Ask<byte[]>(sql);
            using var key = ECDsa.Create();
            Should.Throw<CryptographicException>(() => key.ImportPkcs8PrivateKey(kept, out _));
        }
        await using var session = await Test.Database.BeginAsync(AdasTenant, Cancel);
        var cipher = Service<FieldCipher>();
        (await Should.ThrowAsync<Refusal>(async () => await cipher.DecryptAsync(session, CertificateStore.KeyAt(Guid.NewGuid()), await Ask<byte[]>("select key from publishing.domains"), Cancel))).Code.ShouldBe("encryption.unreadable");
    }

    [Fact]
    public async Task A_certificate_is_renewed_when_it_is_due_and_visitors_get_the_new_one_without_a_restart()
    {
        await Ready();
        var first = await SerialAsync();
        (await Service<DomainCare>().RunAsync(Cancel)).ShouldBe(0, "it is not due");
        await Sql("update publishing.domains set renew_at = now() - interval '1 minute', next_try_at = now() - interval '1 minute'");
        (await Service<DomainCare>().RunAsync(Cancel)).ShouldBe(1);
        await WithNode(Quiet);
        (await Events("publishing.certificate_issued")).Count.ShouldBe(2);
        await Eventually.Happens(async () => await SerialAsync() != first);
        (await Ask<int>("select count(*)::int from publishing.acme_accounts")).ShouldBe(1, "the account is the same");
    }

    [Fact]
    public async Task What_the_authority_refuses_is_said_tried_again_later_and_the_old_certificate_stays()
    {
        await Ready();
        var first = await SerialAsync();
        Dns.Set(Domain, "CNAME");
        await Sql("update publishing.domains set renew_at = now() - interval '1 minute', next_try_at = now() - interval '1 minute'");
        for (var failure = 1; failure <= 2; failure++)
        {
            await Sql("update publishing.domains set next_try_at = now() - interval '1 minute'");
            (await Service<DomainCare>().RunAsync(Cancel)).ShouldBe(1);
            await WithNode(Quiet);
            (await Ask<int>("select certificate_failures from publishing.domains")).ShouldBe(failure);
            (await Ask<int>("select round(extract(epoch from next_try_at - now()) / 300)::int from publishing.domains")).ShouldBe(failure, "five minutes, then ten");
        }
        (await Events("publishing.certificate_failed")).ShouldHaveSingleItem("a mistake that lasts is not told each time").ShouldContain(Domain);
        (await Domains())["certificateError"]!.GetValue<string>().ShouldStartWith("The certificate authority refuses");
        (await SerialAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task Nothing_is_ordered_for_a_domain_that_nobody_has_shown_to_be_theirs()
    {
        if (pebble is null) Assert.Skip("Pebble is not installed: apt-get install pebble.");
        await Live(("index.html", "front"));
        await Call(HttpMethod.Post, "sites/lantern/domains", new { domain = Domain }, 201);
        await WithNode(Quiet);
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
        {
            await ObtainCertificate.AskAsync(session, await Ask<Guid>("select id from publishing.domains"), Cancel);
            await session.CommitAsync(Cancel);
        }
        await WithNode(Quiet);
        (await Ask<int>("select count(*)::int from publishing.acme_accounts")).ShouldBe(0);
        (await Ask<int>("select count(*)::int from publishing.acme_challenges")).ShouldBe(0);
    }

    [Theory]
    [InlineData("2026-01-01", "2026-04-01", "2026-03-02")]
    [InlineData("2026-01-01", "2026-01-07", "2026-01-05")]
    public void Renewal_begins_before_the_last_third(string from, string until, string renewed) =>
        ObtainCertificateJob.RenewAt(DateTime.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateTime.Parse(until, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(DateTime.Parse(renewed, System.Globalization.CultureInfo.InvariantCulture));

    private async Task Ready()
    {
        if (pebble is null) Assert.Skip("Pebble is not installed: apt-get install pebble.");
        await Live(("index.html", "front"), ("docs/index.html", "docs"));
        await Claim();
        await WithNode(Quiet);
        (await Ask<string?>("select certificate_error from publishing.domains")).ShouldBeNull();
        (await Ask<string>("select chain from publishing.domains")).ShouldStartWith("-----BEGIN CERTIFICATE-----");
    }

    // Whatever the name, the connection goes to our port; what is trusted is the authority's root.
    private async Task<HttpClient> Browser() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, SslOptions = new() { CertificateChainPolicy = await pebble!.TrustAsync() },
        ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, Secure.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private async Task<string> SerialAsync()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Secure.Port, Cancel);
        await using var secure = new System.Net.Security.SslStream(socket.GetStream());
        await secure.AuthenticateAsClientAsync(new System.Net.Security.SslClientAuthenticationOptions { TargetHost = Domain, CertificateChainPolicy = await pebble!.TrustAsync() }, Cancel);
        return ((X509Certificate2)secure.RemoteCertificate!).SerialNumber;
    }
}
