using System.Text;
using Markdig;
using Markdig.Extensions.Alerts;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Rialto.Sites;

/// <summary>Markdown as GitHub reads it, into raw HTML whose code, mathematics and diagrams are places in <see cref="Document.Slots"/>.</summary>
internal static class MarkdownReader
{
    /// <summary>Deeper nesting than any author writes; beyond it Markdig would recurse too far.</summary>
    private const int MaxNesting = 64;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables(new PipeTableOptions { RequireHeaderSeparator = true, UseHeaderForColumnCount = true })
        .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough)
        .UseTaskLists().UseFootnotes().UseAlertBlocks().UseAutoLinks().UseMathematics().UseCustomContainers()
        .Build();

    /// <summary>Reads <paramref name="text"/> (front matter already taken off).</summary>
    public static void Read(Document document, string text)
    {
        var prepared = MarkdownDialects.Prepare(text, document.SourcePath.EndsWith(".mdx", StringComparison.OrdinalIgnoreCase));
        if (IsTooDeep(prepared))
        {
            document.RawHtml = $"<pre><code>{Entities.Escape(prepared)}</code></pre>";
            return;
        }
        document.RawHtml = ToHtml(prepared, document.Slots);
    }

    /// <summary>Renders a piece of Markdown into raw HTML; it must still pass <see cref="ContentWriter"/>.</summary>
    public static string ToHtml(string markdown, Slots slots)
    {
        var tree = Markdown.Parse(markdown, Pipeline);
        var writer = new StringWriter(new StringBuilder(markdown.Length + markdown.Length / 2));
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeSlots(slots));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new FormulaSlots(slots));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new DisplayFormulaSlots(slots));
        renderer.ObjectRenderers.ReplaceOrAdd<AlertBlockRenderer>(new AlertMarkup());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlCustomContainerRenderer>(new ContainerMarkup());
        renderer.Render(tree);
        return writer.ToString();
    }

    private static bool IsTooDeep(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var depth = 0;
            foreach (var one in line)
                if (one == '>') depth++;
                else if (one is not ' ') break;
            var brackets = 0;
            var highest = 0;
            foreach (var one in line) highest = Math.Max(highest, brackets = one is '[' ? brackets + 1 : one is ']' && brackets > 0 ? brackets - 1 : brackets);
            if (depth > MaxNesting || highest > MaxNesting * 4) return true;
        }
        return false;
    }
}
