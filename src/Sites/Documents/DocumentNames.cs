namespace Rialto.Sites;

/// <summary>Which file names are documents, and under which names people link to them.</summary>
internal static class DocumentNames
{
    private static readonly string[] Extensions = [".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc"];

    public static DocumentFormat? Format(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".md" or ".mdx" or ".markdown" or ".mdown" or ".mkd" or ".mkdn" => DocumentFormat.Markdown,
        ".rst" or ".rest" => DocumentFormat.RestructuredText,
        ".adoc" or ".asciidoc" or ".asc" => DocumentFormat.AsciiDoc,
        ".org" => DocumentFormat.Org,
        ".txt" or "" => DocumentFormat.Text,
        _ => null,
    };

    /// <summary>Paths a link to <paramref name="path"/> may mean: itself, with an extension, or the index of a folder.</summary>
    public static IEnumerable<string> Variants(string path)
    {
        yield return path;
        var stem = path.EndsWith(".html", StringComparison.OrdinalIgnoreCase) ? path[..^5] : path.EndsWith(".htm", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
        if (stem.Length > 0)
            foreach (var extension in Extensions) yield return stem + extension;
        foreach (var index in (string[])["README", "index", "_index", "readme", "Readme"])
            foreach (var extension in Extensions) yield return stem.Length == 0 ? index + extension : stem + "/" + index + extension;
    }
}
