using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>What the repository's <c>.gitattributes</c> files say about a path's language. Null: they say nothing.</summary>
internal readonly record struct PathAttributes(string? Language, bool? Vendored, bool? Generated, bool? Documentation, bool? Detectable, bool IsLfs);

/// <summary>All attributes files of a tree: deeper files and later lines win, as in Git.</summary>
internal sealed class LanguageAttributes
{
    private const string FileName = ".gitattributes";
    private const int LargestFileBytes = 1024 * 1024;

    // Deepest folder last, so that the last match wins.
    private readonly List<AttributeLine> lines = [];

    /// <summary>Reads every attributes file of the tree.</summary>
    public static async Task<LanguageAttributes> ReadAsync(ISourceTree tree, CancellationToken cancel)
    {
        var attributes = new LanguageAttributes();
        var macros = new Dictionary<string, List<KeyValuePair<string, string?>>> { ["binary"] = [] };
        var files = tree.Entries.Where(e => e.IsFile && e.Bytes <= LargestFileBytes && (e.Path == FileName || e.Path.EndsWith("/" + FileName, StringComparison.Ordinal)));
        foreach (var file in files.OrderBy(e => e.Path.Count(c => c == '/')))
        {
            var content = await tree.ReadAsync(file, cancel);
            attributes.lines.AddRange(AttributeLines.Read(content.Span, file.Path[..^FileName.Length], macros));
        }
        return attributes;
    }

    public PathAttributes Of(string path)
    {
        var result = default(PathAttributes);
        foreach (var line in lines)
            if (line.Pattern.Matches(path))
                foreach (var (name, value) in line.Values) result = Apply(result, name, value);
        return result;
    }

    private static PathAttributes Apply(PathAttributes to, string name, string? value)
    {
        bool? flag = value is null ? null : value != "false";
        return name switch
        {
            "linguist-language" => to with { Language = value is "true" or "false" ? null : value },
            "linguist-vendored" => to with { Vendored = flag },
            "linguist-generated" => to with { Generated = flag },
            "linguist-documentation" => to with { Documentation = flag },
            "linguist-detectable" => to with { Detectable = flag },
            "filter" => to with { IsLfs = value == "lfs" },
            _ => to,
        };
    }
}
