namespace Rialto.Media;

/// <summary>Colours code and sets mathematics. Both take batches: one call for all that is not yet cached. Safe for concurrent use.</summary>
public interface ITypesetting
{
    /// <summary>
    /// Highlights blocks of code: HTML ready to stand inside <c>&lt;code&gt;</c>, with <c>hljs-*</c> classes only. Languages go by the names Markdown authors use
    /// (<c>ts</c>, <c>console</c>, <c>Dockerfile</c>, <c>terraform</c>): more than 190 and their aliases. An unknown language, a block of more than 128 KB, or one
    /// that takes too long is escaped text: never a failure.
    /// </summary>
    /// <exception cref="Rialto.Kernel.Refusal"><c>workshop.unavailable</c>.</exception>
    Task<IReadOnlyList<HighlightedCode>> HighlightAsync(IReadOnlyList<CodeBlock> blocks, CancellationToken cancel = default);

    /// <summary>Sets TeX mathematics as HTML with MathML (KaTeX). A formula that cannot be read is returned as escaped TeX with its <see cref="SetFormula.Error"/>.</summary>
    /// <exception cref="Rialto.Kernel.Refusal"><c>workshop.unavailable</c>.</exception>
    Task<IReadOnlyList<SetFormula>> SetFormulasAsync(IReadOnlyList<Formula> formulas, CancellationToken cancel = default);
}

/// <param name="Language">The info string's first word; null or unknown gives escaped text.</param>
/// <param name="Code">Plain text.</param>
public sealed record CodeBlock(string? Language, string Code);

/// <param name="Html">Escaped and, where <paramref name="Language"/> is not null, coloured.</param>
/// <param name="Language">The grammar used (highlight.js's own name); null when the text is only escaped.</param>
public sealed record HighlightedCode(string Html, string? Language);

/// <param name="Tex">Without its dollar signs.</param>
/// <param name="Display">On a line of its own.</param>
public sealed record Formula(string Tex, bool Display);

/// <param name="Html">Needs <c>katex/katex.min.css</c> from <see cref="Rialto.Kernel.IWorkshopAssets"/>.</param>
/// <param name="Error">Why it could not be set; null when it was.</param>
public sealed record SetFormula(string Html, string? Error);
