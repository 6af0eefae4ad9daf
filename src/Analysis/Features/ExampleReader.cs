namespace Rialto.Analysis;

/// <summary>The README's first example of use: code in a language of the product, not a command to install it.</summary>
internal static class ExampleReader
{
    private const int MostLines = 60;

    private static readonly HashSet<string> NotCode = ["sh", "bash", "shell", "zsh", "fish", "console", "shell-session", "shellsession", "terminal", "cmd", "bat", "powershell", "ps1", "pwsh", "text", "txt", "plain", "plaintext", "output", "log", "diff", "mermaid", "none", "tree", "bibtex", "git", "gitignore", "ini", "toml", "dockerfile", "xml", "yaml", "yml", "json", "groovy", "gradle", "properties", "env", "csv", "markdown", "md", "cmake", "ignore", "nix", "makefile", "make"];
    private static readonly HashSet<string> Markup = ["html", "jsx", "tsx", "vue", "svelte", "css", "sql", "graphql"];

    public static CodeSample? Read(Document? readme, IReadOnlyList<LanguageShare> languages)
    {
        if (readme is null) return null;
        var path = new string[7];
        var headings = 0;
        (int Index, string Heading, int Rank)? best = null;
        for (var i = 0; i < readme.Blocks.Count; i++)
        {
            var block = readme.Blocks[i];
            if (block.Kind == BlockKind.Heading) { headings++; path[block.Level] = block.Plain; Array.Clear(path, block.Level + 1, 6 - block.Level); }
            if (block.Kind != BlockKind.Code || LanguageOf(block) is not { } language || !Fits(block, language, languages)) continue;
            var above = path.Where(text => text is not null).ToList();
            if (above.Any(text => text.Contains("contribut", StringComparison.OrdinalIgnoreCase) || text.Contains("develop", StringComparison.OrdinalIgnoreCase))) continue;
            var isUsage = above.Any(Sections.IsUsage);
            if (!isUsage && headings > 6) continue; // code deep in a README explains, it does not introduce
            var heading = above.Count > 0 ? above[^1] : "";
            var rank = (isUsage ? 2 : 0) + (block.Text.Contains('\n') ? 1 : 0);
            if (best is null || rank > best.Value.Rank) best = (i, heading, rank);
            if (rank == 3) break;
        }
        if (best is not { } found) return null;
        var code = readme.Blocks[found.Index];
        return new CodeSample(LanguageOf(code)!, Outdented(code.Text), Caption(found.Heading), Output(readme, found.Index), readme.File.At(code.Line));
    }

    private static string? LanguageOf(Block block) =>
        block.Language is { Length: > 0 } language ? language is "pycon" or "python3" or "py" ? "python" : language
        : block.Text.StartsWith(">>> ", StringComparison.Ordinal) ? "python" : null;

    private static bool Fits(Block block, string language, IReadOnlyList<LanguageShare> languages)
    {
        if (NotCode.Contains(language) || block.Text.Length < 12 || block.Text.StartsWith("$ ", StringComparison.Ordinal) || block.Text.AsSpan().Count('\n') >= MostLines) return false;
        if (Markup.Contains(language)) return true;
        // A sample in a language that the repository does not hold is about something else, unless it is a typed or untyped sibling.
        return LanguageCatalogue.Aliased(language) is { } known && (languages.Count == 0 || languages.Any(share => share.Name == known.GroupName || (known.GroupName is "JavaScript" or "TypeScript" && share.Name is "JavaScript" or "TypeScript")));
    }

    /// <summary>Without the indentation that all its lines share.</summary>
    private static string Outdented(string code)
    {
        var lines = code.Split('\n');
        var shared = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        return shared == 0 ? code.TrimEnd() : string.Join('\n', lines.Select(line => line.Length >= shared ? line[shared..] : line.TrimStart())).TrimEnd();
    }

    private static string? Caption(string heading) => Words.WithoutEmoji(heading) is { Length: > 0 and < 80 } text ? text : null;

    /// <summary>The block that follows directly, or after one short line that announces it, when it holds output.</summary>
    private static string? Output(Document readme, int index)
    {
        var next = readme.Blocks.ElementAtOrDefault(index + 1);
        if (next is { Kind: BlockKind.Paragraph, Text.Length: < 120 } && (next.Text.Contains("output", StringComparison.OrdinalIgnoreCase) || next.Text.Contains("print", StringComparison.OrdinalIgnoreCase) || next.Text.Contains("result", StringComparison.OrdinalIgnoreCase)))
            next = readme.Blocks.ElementAtOrDefault(index + 2);
        else if (next?.Language is not ("output" or "text" or "txt" or "console" or "plaintext")) return null;
        var isOutput = next is { Kind: BlockKind.Code, Language: null or "" or "output" or "text" or "txt" or "console" or "plaintext" or "json" or "html" };
        return isOutput && !next!.Text.TrimStart().StartsWith("$ ", StringComparison.Ordinal) ? next.Text : null;
    }
}
