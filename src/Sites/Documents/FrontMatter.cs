using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Rialto.Sites;

/// <summary>The block of YAML (or TOML) that many generators put on top of a page: what of it matters here.</summary>
internal sealed record FrontMatter
{
    private const int LongestChars = 16 * 1024;

    public static FrontMatter Empty { get; } = new();

    public string? Title { get; init; }
    public string? NavigationTitle { get; init; }
    public string? Description { get; init; }
    public string? Language { get; init; }
    public double? Order { get; init; }
    public bool IsHidden { get; init; }

    /// <summary>Takes the front matter off <paramref name="text"/>.</summary>
    public static (FrontMatter Matter, string Body) Split(string text)
    {
        var fence = text.StartsWith("---", StringComparison.Ordinal) ? "---" : text.StartsWith("+++", StringComparison.Ordinal) ? "+++" : null;
        var firstLine = text.IndexOf('\n');
        if (fence is null || firstLine < 0 || text.AsSpan(3, firstLine - 3).Trim().Length > 0) return (Empty, text);
        var end = text.IndexOf("\n" + fence, firstLine - 1 < 0 ? 0 : firstLine, StringComparison.Ordinal);
        if (end < 0 || end > LongestChars) return (Empty, text);
        var after = text.IndexOf('\n', end + 4);
        var body = text[(firstLine + 1)..Math.Max(firstLine + 1, end)];
        // A thematic break at the top of a document looks the same: only keys make it front matter.
        var values = fence == "---" ? Yaml(body) : Toml(body);
        if (values is null) return (Empty, text);
        return (From(values), after < 0 ? "" : text[(after + 1)..]);
    }

    private static FrontMatter From(Dictionary<string, string> values)
    {
        string? Get(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                if (values.GetValueOrDefault(name) is { Length: > 0 } value) return value;
            return null;
        }
        return new()
        {
            Title = Get("title"), NavigationTitle = Get("sidebar_label", "sidebar.label", "navtitle", "linktitle", "nav_title"), Description = Get("description", "summary"), Language = Get("lang", "language"),
            Order = double.TryParse(Get("sidebar_position", "sidebar.order", "order", "nav_order", "weight", "position"), NumberStyles.Float, CultureInfo.InvariantCulture, out var order) ? order : null,
            IsHidden = Get("draft") is "true" || Get("nav_exclude") is "true" || Get("sidebar.hidden") is "true",
        };
    }

    private static Dictionary<string, string>? Yaml(string body)
    {
        try
        {
            if (body.AsSpan().Trim().IsEmpty) return [];
            // Anchors could unfold into more than fits: a front matter needs none.
            if (body.Contains("&", StringComparison.Ordinal) && body.Contains(": *", StringComparison.Ordinal)) return [];
            var stream = new YamlStream();
            stream.Load(new StringReader(body));
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode map) return null;
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var (key, value) in map.Children)
            {
                if (value is YamlScalarNode scalar) values.TryAdd(key.ToString(), scalar.Value ?? "");
                else if (value is YamlMappingNode inner)
                    foreach (var (name, leaf) in inner.Children.Where(pair => pair.Value is YamlScalarNode)) values.TryAdd($"{key}.{name}", leaf.ToString());
            }
            return values;
        }
        catch (YamlDotNet.Core.YamlException)
        {
            return body.Contains(':') ? Lines(body, ':') : null;
        }
    }

    private static Dictionary<string, string> Toml(string body) => Lines(body, '=');

    private static Dictionary<string, string> Lines(string body, char separator)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in body.Split('\n'))
            if (line.IndexOf(separator) is > 0 and var at && !char.IsWhiteSpace(line[0]) && line[0] != '[') values.TryAdd(line[..at].Trim(), line[(at + 1)..].Trim().Trim('"', '\''));
        return values;
    }
}
