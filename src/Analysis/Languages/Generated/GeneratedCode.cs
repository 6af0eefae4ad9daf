using Rialto.Kernel;
using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Tells code that a tool wrote by its content. Linear in the content.</summary>
internal static class GeneratedCode
{
    /// <summary>A script or style sheet whose lines are longer on average is minified.</summary>
    private const int LongestAverageLine = 110;
    private const int HeadLines = 40;
    private const int LongestHeadBytes = 32 * 1024;

    /// <summary>True when the file is a tool's output.</summary>
    /// <param name="path">Path in the tree.</param>
    /// <param name="content">The file's bytes.</param>
    public static bool IsGenerated(string path, ReadOnlySpan<byte> content)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        if (dot < 0) return false;
        var extension = name[dot..];
        var lower = extension.ToLowerInvariant();
        if (lower is ".js" or ".css" && (IsMinified(content) || HasSourceMap(content))) return true;
        var markers = GeneratedMarkers.For(extension);
        if (markers.Count == 0 && !Shaped.Contains(lower)) return false;
        var head = Head(content);
        foreach (var marker in markers)
            foreach (var line in head.AsSpan(Math.Min(marker.From, head.Length), Math.Clamp(head.Length - marker.From, 0, marker.Lines)))
                if (line.Contains(marker.Phrase, StringComparison.OrdinalIgnoreCase)) return true;
        return ByShape(lower, name, head, content);
    }

    /// <summary>The first lines; the last of them goes on to the end of what is looked at.</summary>
    private static string[] Head(ReadOnlySpan<byte> content)
    {
        content = content[..Math.Min(content.Length, LongestHeadBytes)];
        var end = 0;
        for (var line = 0; line <= HeadLines; line++)
        {
            var next = content[end..].IndexOf((byte)'\n');
            if (next < 0) return Encoding.Latin1.GetString(content).Split('\n', HeadLines + 1);
            end += next + 1;
        }
        return Encoding.Latin1.GetString(content[..end]).Split('\n', HeadLines + 1);
    }

    /// <summary>Extensions whose files are told by their shape.</summary>
    private static readonly HashSet<string> Shaped = [".map", ".js", ".xml", ".yml", ".ps", ".eps", ".pfa", ".yy", ".yyp", ".html", ".htm", ".xhtml"];

    private static bool ByShape(string extension, string name, string[] head, ReadOnlySpan<byte> content) => extension switch
    {
        ".map" => name.EndsWith(".css.map", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".js.map", StringComparison.OrdinalIgnoreCase) || SourceMap.IsMatch(head[0]),
        ".js" => IsCompiledCoffee(head, content),
        ".xml" => head.Length > 3 && head[1].Contains("<doc>") && head[2].Contains("<assembly>") && Tail(content).Contains("</doc>"),
        ".yml" => head.Length > 2 && Tail(content).Contains("recorded_with: VCR"),
        ".ps" or ".eps" or ".pfa" => IsDrawnPostScript(head),
        ".yy" or ".yyp" => head.Length > 3 && GameMaker.IsMatch(string.Join('\n', head.Take(3))),
        ".html" or ".htm" or ".xhtml" => IsGeneratedPage(string.Join(' ', head.Take(31))),
        _ => false,
    };

    private static bool IsMinified(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return false;
        var lines = content.Count((byte)'\n') + 1;
        return (content.Length - lines + 1) / lines > LongestAverageLine;
    }

    private static bool HasSourceMap(ReadOnlySpan<byte> content) => SourceMapLine.IsMatch(Tail(content));

    /// <summary>The last two lines.</summary>
    private static string Tail(ReadOnlySpan<byte> content)
    {
        var tail = content[Math.Max(0, content.Length - 4096)..].TrimEnd((byte)'\n');
        var last = tail.LastIndexOf((byte)'\n');
        var start = last < 0 ? 0 : tail[..last].LastIndexOf((byte)'\n') + 1;
        return Encoding.Latin1.GetString(tail[start..]);
    }

    private static bool IsCompiledCoffee(string[] head, ReadOnlySpan<byte> content) =>
        head[0] == "(function() {" && Tail(content).TrimEnd().EndsWith("}).call(this);", StringComparison.Ordinal) && CoffeeNames.IsMatch(string.Join('\n', head));

    private static bool IsDrawnPostScript(string[] head)
    {
        var creator = head.Take(10).FirstOrDefault(line => line.StartsWith("%%Creator: ", StringComparison.Ordinal));
        return creator is not null && PostScriptTools.IsMatch(creator) || head.Any(line => line.TrimStart().StartsWith("currentfile eexec", StringComparison.Ordinal));
    }

    private static bool IsGeneratedPage(string head) => Doxygen.IsMatch(head) || GeneratorTag.Match(head) is { Success: true } tag && PageTools.IsMatch(tag.Value);

    private static readonly LinearPattern SourceMap = new("""^(?:\{"version":\d+,|/\*\* Begin line maps\. \*\*/\{)""");

    private static readonly LinearPattern SourceMapLine = new(@"^/[*/][#@] source(?:Mapping)?URL|sourceURL=", RegexOptions.Multiline);

    private static readonly LinearPattern CoffeeNames = new(@"\bvar .*(?:__bind|__extends|__hasProp|__indexOf|__slice|_fn|_len|_ref|_results)");

    private static readonly LinearPattern PostScriptTools = new(@"[0-9]|draw|mpage|ImageMagick|inkscape|MATLAB|PCBNEW|pnmtops|\(Unknown\)|Serif Affinity|Filterimage -tops|EAGLE");

    private static readonly LinearPattern GameMaker = new(@"\A(?:\s*[\{\[]|\d\.\d\.\d.+\|\{)");

    private static readonly LinearPattern Doxygen = new(@"<!--\s+Generated by Doxygen\s+[.0-9]+\s*-->", RegexOptions.IgnoreCase);

    private static readonly LinearPattern GeneratorTag = new("""<meta\s[^>]*name\s*=\s*["']?generator["']?[^>]*>""", RegexOptions.IgnoreCase);

    private static readonly LinearPattern PageTools = new("""(?:content|value)\s*=\s*["']?\s*(?:org\s+mode|j?latex2html|groff|makeinfo|texi2html|ronn)\b""", RegexOptions.IgnoreCase);
}
