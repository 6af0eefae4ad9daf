namespace Rialto.Analysis;

/// <summary>Pending changes as the Changesets tool keeps them: a Markdown file each in <c>.changeset/</c>, with the packages it bumps in front.</summary>
internal static class Changesets
{
    private const int Most = 60;

    /// <summary>The releases with an entry <c>Unreleased</c> before them that lists what waits in <c>.changeset/</c>; as they are when nothing waits.</summary>
    public static async Task<IReadOnlyList<ReleaseNote>> WithPendingAsync(RepositoryContent content, IReadOnlyList<ReleaseNote> releases)
    {
        if (releases.Count > 0 && releases[0].Version == "Unreleased") return releases;
        var lines = new List<string>();
        Evidence? first = null;
        foreach (var file in content.Files.Where(file => file.Path.StartsWith(".changeset/", StringComparison.Ordinal) && file.Path.EndsWith(".md", StringComparison.Ordinal) && !file.FileName.Equals("README.md", StringComparison.OrdinalIgnoreCase)).Take(Most))
        {
            if (await content.TextAsync(file) is not { } text || Told(text) is not { } told) continue;
            first ??= text.At(told.Line);
            lines.Add($"- {told.Text}");
        }
        return first is { } evidence ? [new ReleaseNote("Unreleased", null, string.Join('\n', lines), evidence), .. releases] : releases;
    }

    /// <summary>The first paragraph below the front matter, on one line.</summary>
    private static (string Text, int Line)? Told(TextFile file)
    {
        var at = file.Lines.Length > 0 && file.Lines[0].Trim() == "---" ? Array.FindIndex(file.Lines, 1, line => line.Trim() == "---") + 1 : 0;
        if (at == 0 && file.Lines.Length > 0 && file.Lines[0].Trim() == "---") return null;
        while (at < file.Lines.Length && file.Lines[at].Trim().Length == 0) at++;
        var text = string.Join(' ', file.Lines.Skip(at).TakeWhile(line => line.Trim().Length > 0 && !line.StartsWith("```", StringComparison.Ordinal)).Select(line => line.Trim()));
        return text.Length > 0 ? (text, at + 1) : null;
    }
}
