using Rialto.Kernel;
using Rialto.Repositories.Remote;
using Rialto.Repositories.Sources;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Remote;

/// <summary>A host, a folder where all that is fetched must end, and ways to ask.</summary>
internal sealed class RemoteBench : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-bench-").FullName;

    private RemoteBench(GitHost host) => Host = host;

    public GitHost Host { get; }

    public SourceLimits Limits { get; set; } = new() { AllowPrivateHosts = true, FetchTimeoutSeconds = 120 };

    public string? Token { get; init; }

    public RemoteAccess Access => new() { CaFile = Host.CaFile, Folder = folder, Token = Token, TokenHost = $"localhost:{Host.Port}" };

    public IReadOnlyList<string> Leftovers => [.. Directory.EnumerateFileSystemEntries(folder)];

    public static async Task<RemoteBench> StartAsync(string? token = null) => new(await GitHost.StartAsync()) { Token = token };

    public Task<ISourceTree> OpenAsync(string source, CancellationToken? cancel = null) =>
        RemoteReading.OpenAsync((RemoteSource)SourceParser.Parse(source), Limits, Access, null, cancel ?? TestContext.Current.CancellationToken);

    /// <summary>Asks, is refused, and finds nothing left.</summary>
    public async Task<Refusal> RefusedAsync(string source, string code)
    {
        var refusal = await Should.ThrowAsync<Refusal>(OpenAsync(source));
        refusal.Code.ShouldBe(code, refusal.Message);
        Leftovers.ShouldBeEmpty();
        return refusal;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
