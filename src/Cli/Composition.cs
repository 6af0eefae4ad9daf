using Rialto.Analysis;
using Rialto.Kernel;
using Rialto.Media;
using Rialto.Repositories;
using Rialto.Secrets;
using Rialto.Sites;

namespace Rialto.Cli;

/// <summary>
/// Every service the commands use, made when first asked for, by hand and in one place: starting a command costs only what
/// that command needs. Add a module here as one lazy property over its entry point.
/// </summary>
internal sealed class Composition : IAsyncDisposable
{
    private ISourceReader? sources;
    private ISecretScanner? secrets;
    private IAnalyzer? analyzer;
    private IWorkshop? workshop;
    private MediaModule? media;
    private ISiteBuilder? sites;

    /// <summary>Opens repositories.</summary>
    public ISourceReader Sources => sources ??= RepositoriesModule.CreateReader();

    /// <summary>Finds credentials and hides them.</summary>
    public ISecretScanner Secrets => secrets ??= SecretsModule.CreateScanner();

    /// <summary>Makes facts.</summary>
    public IAnalyzer Analyzer => analyzer ??= AnalysisModule.NewAnalyzer();

    /// <summary>Highlighting, mathematics, pictures, cards and icons, on one workshop that starts when it is first needed.</summary>
    public MediaModule Media => media ??= MediaModule.Create(workshop ??= Workshop.Open(), CacheFolders.Sites);

    /// <summary>Makes sites.</summary>
    public ISiteBuilder Sites => sites ??= SitesModule.Create(
        Media.Pictures, Media.Typesetting, Media.Cards, Media.Icons, Workshop.Assets(),
        Installation.Folder("workshop") is { } folder ? PagefindProgram.In(Path.Combine(folder, "node_modules")) : null);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => workshop?.DisposeAsync() ?? ValueTask.CompletedTask;
}
