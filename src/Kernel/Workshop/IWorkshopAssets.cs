namespace Rialto.Kernel;

/// <summary>Files of the workshop's packages that sites carry along: KaTeX's style sheet and fonts, Mermaid. Only files on a fixed list can be read.</summary>
public interface IWorkshopAssets
{
    /// <summary>Names that can be read now, sorted: <c>katex/katex.min.css</c>, <c>katex/fonts/KaTeX_Main-Regular.woff2</c>, <c>mermaid/mermaid.min.js</c>; empty when the packages are not installed.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Reads one.</summary>
    /// <exception cref="Refusal"><c>workshop.asset_unknown</c> when <paramref name="name"/> is not in <see cref="Names"/>.</exception>
    ReadOnlyMemory<byte> Read(string name);
}
