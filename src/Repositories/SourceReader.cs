using Rialto.Repositories.Local;
using Rialto.Repositories.Remote;
using Rialto.Repositories.Sources;

namespace Rialto.Repositories;

/// <summary>Decides what a SOURCE is and opens it.</summary>
internal sealed class SourceReader : ISourceReader
{
    /// <inheritdoc/>
    public async Task<ISourceTree> OpenAsync(string source, SourceLimits? limits = null, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        limits ??= SourceLimitsSettings.FromEnvironment();
        progress?.Report("Reading the repository");
        return SourceParser.Parse(source) switch
        {
            LocalSource local => await LocalReading.OpenAsync(local, limits, cancel),
            RemoteSource remote => await RemoteReading.OpenAsync(remote, limits, RemoteAccess.FromEnvironment(), progress, cancel),
            var other => throw new InvalidOperationException($"No way to open {other.GetType().Name}."),
        };
    }
}
