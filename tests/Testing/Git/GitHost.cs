using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rialto.Testing;

/// <summary>
/// A strict stand-in for a Git host: HTTPS with a certificate made for the moment, serving bare repositories by the real
/// <c>git http-backend</c>. It can be told to misbehave in every way that a host can, and it remembers what it was asked.
/// </summary>
public sealed class GitHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private GitHost(WebApplication app, string folder, int port) => (this.app, this.folder, Port) = (app, folder, port);

    /// <summary>Stands before every request; null for an honest host. Calling its last parameter answers honestly.</summary>
    public Func<HttpContext, Func<Task>, Task>? Misbehaviour { get; set; }

    /// <summary>Every request so far: method, path with query, and the value of the Authorization header.</summary>
    public ConcurrentQueue<(string Method, string Path, string Authorization)> Asked { get; } = new();

    /// <summary>Port of this machine.</summary>
    public int Port { get; }

    /// <summary>PEM file with the one certificate that proves this host.</summary>
    public string CaFile => Path.Combine(folder, "ca.pem");

    /// <summary>Address by the name <c>localhost</c>.</summary>
    public string Url(string path) => $"https://localhost:{Port}/{path}";

    /// <summary>Starts a host on this machine.</summary>
    /// <param name="address">Loopback address to listen on; null for IPv4's.</param>
    public static async Task<GitHost> StartAsync(IPAddress? address = null)
    {
        var folder = Directory.CreateTempSubdirectory("rialto-githost-").FullName;
        var certificate = HostCertificate.Create();
        await File.WriteAllTextAsync(Path.Combine(folder, "ca.pem"), certificate.ExportCertificatePem());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(address ?? IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var app = builder.Build();
        GitHost? host = null;
        app.Run(context => host!.AnswerAsync(context));
        await app.StartAsync();
        var served = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return host = new GitHost(app, folder, new Uri(served).Port);
    }

    /// <summary>Publishes a copy of <paramref name="repository"/> as <paramref name="path"/>.</summary>
    /// <param name="repository">What is pushed.</param>
    /// <param name="path">Such as <c>acme/rocket.git</c>.</param>
    /// <param name="filters">Whether the host can leave out files, as all large forges can.</param>
    public GitHost Publish(TestRepository repository, string path, bool filters = true)
    {
        var bare = Path.Combine(folder, "repositories", path);
        repository.Git("clone", "--quiet", "--mirror", repository.Path, bare);
        repository.Git("--git-dir", bare, "config", "uploadpack.allowFilter", filters ? "true" : "false");
        return this;
    }

    /// <summary>Lets those who have a credential push.</summary>
    public GitHost AllowPushes(TestRepository repository, string path)
    {
        repository.Git("--git-dir", Path.Combine(folder, "repositories", path), "config", "http.receivepack", "true");
        return this;
    }

    /// <summary>Runs git in a published repository.</summary>
    public string Git(TestRepository repository, string path, params string[] arguments) => repository.Git(["--git-dir", Path.Combine(folder, "repositories", path), .. arguments]);

    /// <summary>Brings what was published up to date.</summary>
    public void Push(TestRepository repository, string path) => repository.Git("push", "--quiet", "--mirror", Path.Combine(folder, "repositories", path));

    /// <summary>Branches of what was published, with their commits.</summary>
    public IReadOnlyList<(string Name, string Commit)> Branches(string path)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", ["--git-dir", Path.Combine(folder, "repositories", path), "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads"]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return [.. lines.Select(line => (line[..line.LastIndexOf(' ')], line[(line.LastIndexOf(' ') + 1)..]))];
    }

    /// <summary>Closes the host; its folder stays until it is disposed.</summary>
    public async Task StopAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await app.DisposeAsync();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }

    private Task AnswerAsync(HttpContext context)
    {
        Asked.Enqueue((context.Request.Method, context.Request.Path + context.Request.QueryString.Value, context.Request.Headers.Authorization.ToString()));
        Task Honestly() => HttpBackend.AnswerAsync(context, Path.Combine(folder, "repositories"));
        return Misbehaviour is { } misbehave ? misbehave(context, Honestly) : Honestly();
    }
}
