namespace Rialto.Analysis;

/// <summary>Finds the README and tells its outline and language.</summary>
internal static class ReadmeReader
{
    public static async Task<Document?> FindAsync(RepositoryContent content)
    {
        foreach (var folder in (string[])["", ".github/", "docs/", "doc/"])
        {
            var path = Documents.Find(content, ["README", "READ.ME"], folder) ?? await LinkedAsync(content, folder) ?? Translated(content, folder);
            if (path is not null && await content.TextAsync(path) is { } file && file.Text.Trim().Length > 0) return Documents.Read(file);
        }
        return null;
    }

    public static ReadmeFacts Facts(Document readme)
    {
        var prose = string.Join(' ', readme.Blocks.Where(block => block.Kind != BlockKind.Code).Select(block => block.Text));
        return new ReadmeFacts
        {
            Path = readme.File.Path, Format = readme.Format, Language = NaturalLanguage.Of(prose), Words = Words.Count(prose),
            Outline = [.. readme.Headings.Where(heading => heading.Plain.Length > 0).Select(heading => new OutlineHeading(heading.Level, heading.Plain, heading.Line))],
        };
    }

    /// <summary>The file of the same commit that a symbolic link called README names, as hosts show it.</summary>
    private static async Task<string?> LinkedAsync(RepositoryContent content, string folder)
    {
        foreach (var link in content.Links.Where(entry => entry.Path.StartsWith(folder + "README", StringComparison.OrdinalIgnoreCase) && entry.Path.IndexOf('/', folder.Length) < 0))
            if (await content.TargetOfAsync(link) is { } target && content.Find(target) is not null) return target;
        return null;
    }

    /// <summary>A README that exists only in one translation, such as <c>README.zh-CN.md</c>.</summary>
    private static string? Translated(RepositoryContent content, string folder) => content.Files
        .Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal) && file.Path.IndexOf('/', folder.Length) < 0 && file.Bytes > 0)
        .Where(file => file.FileName.StartsWith("readme", StringComparison.OrdinalIgnoreCase) && Documents.FormatOf(file.Path) != "text")
        .Select(file => file.Path).Order(StringComparer.Ordinal).FirstOrDefault();
}
