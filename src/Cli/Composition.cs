using Rialto.Analysis;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;

namespace Rialto.Cli;

/// <summary>
/// Every service the commands use, made when first asked for, by hand and in one place: starting a command costs only what
/// that command needs. Add a module here as one lazy property over its entry point.
/// </summary>
internal sealed class Composition : IDisposable
{
    private ISourceReader? sources;
    private ISecretScanner? secrets;
    private IAnalyzer? analyzer;
    private ISiteBuilder? sites;

    /// <summary>Opens repositories.</summary>
    public ISourceReader Sources => sources ??= RepositoriesModule.CreateReader();

    /// <summary>Finds credentials and hides them.</summary>
    public ISecretScanner Secrets => secrets ??= SecretsModule.CreateScanner();

    /// <summary>Makes facts.</summary>
    public IAnalyzer Analyzer => analyzer ??= AnalysisModule.NewAnalyzer();

    /// <summary>Makes sites.</summary>
    public ISiteBuilder Sites => sites ??= SitesModule.Create(search: Installation.Folder("workshop") is { } workshop ? PagefindProgram.In(Path.Combine(workshop, "node_modules")) : null);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
