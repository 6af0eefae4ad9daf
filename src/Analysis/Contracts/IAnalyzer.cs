using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>Turns a commit into its facts. Local only: reads the tree and nothing else.</summary>
public interface IAnalyzer
{
    /// <summary>Analyses <paramref name="tree"/>, which must already be redacted (see the Secrets module).</summary>
    Task<Facts> AnalyzeAsync(ISourceTree tree, IProgress<string>? progress = null, CancellationToken cancel = default);

    /// <summary>Finds languages and licence only, the same as <see cref="AnalyzeAsync"/> finds, many times quicker.</summary>
    Task<Makeup> MakeupAsync(ISourceTree tree, CancellationToken cancel = default);
}
