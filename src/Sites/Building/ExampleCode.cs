using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>The README's example, highlighted together with everything else.</summary>
internal static class ExampleCode
{
    public static (Document Document, Func<RenderedCode?> Code) Slot(Facts facts)
    {
        var document = new Document { SourcePath = "", Format = DocumentFormat.Text, Url = "" };
        if (facts.Example is not { } example) return (document, () => null);
        document.Slots.Add(SlotKind.Code, example.Code, new CodeInfo(example.Language.Length > 0 ? example.Language.ToLowerInvariant() : null, null, null));
        return (document, () => new RenderedCode(example.Language, Inner(document.Slots.All[0].Html), example.Code, example.Caption, example.Output));
    }

    private static string Inner(string block)
    {
        var start = block.IndexOf('>', block.IndexOf("<code", StringComparison.Ordinal)) + 1;
        return block[start..block.LastIndexOf("</code>", StringComparison.Ordinal)];
    }
}
