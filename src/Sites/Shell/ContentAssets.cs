using Rialto.Kernel;

namespace Rialto.Sites;

/// <summary>KaTeX's style and fonts and Mermaid's script, for the sites that use them.</summary>
internal static class ContentAssets
{
    public const string MathStyle = "assets/katex/katex.min.css";
    public const string DiagramScript = "assets/diagrams.js";

    public static async Task WriteAsync(SiteModel model, IWorkshopAssets assets, CountingOutput output, CancellationToken cancel)
    {
        var wanted = new List<string>();
        if (model.Pages.Any(page => page.HasMath)) wanted.Add("katex/");
        if (model.Pages.Any(page => page.HasDiagrams))
        {
            wanted.AddRange(["mermaid/mermaid.min.js", "mermaid/LICENSE"]);
            await output.WriteAsync(DiagramScript, Resources.Bytes("diagrams.js"), cancel);
        }
        foreach (var name in assets.Names.Where(name => wanted.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal))))
            await output.WriteAsync("assets/" + name, assets.Read(name), cancel);
    }
}
