namespace Rialto.Analysis;

/// <summary>Reads a document in the markup that its file name says.</summary>
internal static class Documents
{
    private static readonly string[] Extensions = [".md", ".markdown", ".mdown", ".mkd", ".rst", ".adoc", ".asciidoc", ".asc", ".org", ".txt", ".mdx", ".rdoc", ".textile", ""];

    public static string FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".md" or ".markdown" or ".mdown" or ".mkd" or ".mdx" => "markdown",
        ".rst" or ".rest" => "restructuredtext",
        ".adoc" or ".asciidoc" or ".asc" => "asciidoc",
        ".org" => "org",
        _ => "text",
    };

    public static Document Read(TextFile file)
    {
        var format = FormatOf(file.Path);
        return new Document(file, format, format switch
        {
            "markdown" => MarkdownReader.Read(file.Text),
            "restructuredtext" => new RstReader(file.Lines).Read(),
            "asciidoc" => new AsciiDocReader(file.Lines).Read(),
            "org" => new OrgReader(file.Lines).Read(),
            _ => PlainReader.Read(file.Lines),
        });
    }

    /// <summary>
    /// The path of the document called one of <paramref name="names"/> (upper-case, without extension) in the folder,
    /// Markdown before other formats, earlier names before later ones; null when there is none.
    /// </summary>
    public static string? Find(RepositoryContent content, IReadOnlyList<string> names, params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
        {
            string? best = null;
            var bestRank = int.MaxValue;
            foreach (var file in content.Files)
            {
                if (!file.Path.StartsWith(folder, StringComparison.Ordinal) || file.Path.IndexOf('/', folder.Length) >= 0 || file.Bytes == 0) continue;
                var extension = Path.GetExtension(file.Path).ToLowerInvariant();
                var form = Array.IndexOf(Extensions, extension);
                var name = IndexOf(names, Path.GetFileNameWithoutExtension(file.Path));
                if (form < 0 || name < 0 || name * 100 + form >= bestRank) continue;
                best = file.Path;
                bestRank = name * 100 + form;
            }
            if (best is not null) return best;
        }
        return null;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
