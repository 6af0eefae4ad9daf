using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>
/// May put the words of a facts document better: title, summary, tagline and the wording of features. Facts, evidence and
/// everything else stay as they are; words that say more than their evidence does are refused and the local ones kept.
/// </summary>
public interface IContentAnalyzer
{
    /// <summary>The facts with refined words, each change listed in <see cref="Facts.Refinements"/>. Never fails for want of a model: then the words are the local ones.</summary>
    /// <param name="facts">The facts of <paramref name="tree"/>.</param>
    /// <param name="tree">The redacted tree that the evidence stands in.</param>
    /// <param name="progress">Told which model works and why another had to.</param>
    /// <param name="cancel">Stops the work.</param>
    Task<Facts> RefineAsync(Facts facts, ISourceTree tree, IProgress<string>? progress = null, CancellationToken cancel = default);
}

/// <summary>Words that a model put better.</summary>
/// <param name="Field"><c>title</c>, <c>summary</c>, <c>tagline</c>, <c>features/2/title</c> or <c>features/2/text</c>, counted from 0.</param>
/// <param name="Model">The model that wrote them.</param>
/// <param name="Local">The words that were found in the repository.</param>
public sealed record Refinement(string Field, string Model, string Local);
