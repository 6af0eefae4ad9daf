using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Rialto.Sites;

/// <summary>Code blocks, and the fences that are not code: <c>mermaid</c> and <c>math</c>.</summary>
internal sealed class CodeSlots(Slots slots) : HtmlObjectRenderer<CodeBlock>
{
    protected override void Write(HtmlRenderer renderer, CodeBlock block)
    {
        var fenced = block as FencedCodeBlock;
        var info = CodeInfo.Parse(fenced?.Info, fenced?.Arguments);
        var text = WithoutPreparation(block.Lines.ToString());
        var kind = info.Language switch { "mermaid" => SlotKind.Diagram, "math" => SlotKind.DisplayFormula, _ => SlotKind.Code };
        renderer.EnsureLine().Write(slots.Add(kind, text, info)).EnsureLine();
    }

    /// <summary>What stands before a cut mark is there for a type checker, not for the reader.</summary>
    private static string WithoutPreparation(string text)
    {
        const string Mark = "// ---cut---";
        var at = text.LastIndexOf(Mark, StringComparison.Ordinal);
        return at < 0 || at > 0 && text[at - 1] != '\n' || text.Length <= at + Mark.Length || text[at + Mark.Length] != '\n' ? text : text[(at + Mark.Length + 1)..];
    }
}

internal sealed class FormulaSlots(Slots slots) : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline formula)
    {
        var tex = formula.Content.ToString();
        // GitHub's second notation, $`…`$, protects the formula from Markdown.
        if (tex.Length > 2 && tex[0] == '`' && tex[^1] == '`') tex = tex[1..^1];
        renderer.Write(slots.Add(formula.DelimiterCount > 1 ? SlotKind.DisplayFormula : SlotKind.Formula, tex));
    }
}

internal sealed class DisplayFormulaSlots(Slots slots) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock block) =>
        renderer.EnsureLine().Write(slots.Add(SlotKind.DisplayFormula, block.Lines.ToString())).EnsureLine();
}
