namespace Rialto.Sites;

/// <summary>A directive: <c>.. name:: argument</c> with options and a body.</summary>
internal sealed class RstDirective
{
    private readonly string name;
    private readonly string argument;
    private readonly Dictionary<string, string> options = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<string> body;

    public RstDirective(string name, string argument, IReadOnlyList<string> lines)
    {
        this.name = name.ToLowerInvariant();
        var at = 0;
        while (at < lines.Count && RstLines.Field(lines[at]) is { } option) (options[option.Name], at) = (option.Value, at + 1);
        // An argument may go on in the lines below it until a blank one.
        this.argument = argument;
        body = [.. lines.Skip(at).SkipWhile(line => line.Length == 0)];
    }

    public void Write(RstReader reader, int depth)
    {
        if (Admonitions.Kind(name) is { } kind) Admonition(reader, depth, kind);
        else if (name == "admonition") Box(reader, depth, "note", argument, body);
        else
            switch (name)
            {
                case "code-block" or "code" or "sourcecode" or "prompt":
                    reader.CodeBlock(body, new CodeInfo(argument.Length > 0 ? argument.Split(' ')[0].ToLowerInvariant() : null, options.GetValueOrDefault("caption"), options.GetValueOrDefault("emphasize-lines")));
                    break;
                case "parsed-literal" or "productionlist" or "doctest" or "testcode":
                    reader.CodeBlock(body, default);
                    break;
                case "highlight":
                    reader.SetHighlight(argument.ToLowerInvariant());
                    break;
                case "image" or "figure":
                    Picture(reader, depth);
                    break;
                case "toctree":
                    Contents(reader);
                    break;
                case "math":
                    reader.Formula(string.Join('\n', body.Prepend(argument)).Trim());
                    break;
                case "mermaid":
                    reader.Diagram(string.Join('\n', body));
                    break;
                case "list-table":
                    ListTable(reader);
                    break;
                case "csv-table":
                    reader.TableOf(new RstTable([.. body.Where(line => line.Length > 0).Select(line => (IReadOnlyList<string>)[.. line.Split(',').Select(cell => cell.Trim().Trim('"'))])], 0));
                    break;
                case "rubric" or "topic" or "sidebar":
                    reader.Markup($"<p><strong>{reader.Inline(argument)}</strong></p>\n");
                    reader.Nested(body, depth);
                    break;
                case "container" or "class" or "only" or "tab" or "tabs" or "group-tab" or "tab-set" or "tab-item" or "epigraph" or "highlights" or "pull-quote" or "compound" or "centered" or "glossary" or "dropdown" or "grid":
                    if (name is "tab" or "group-tab" or "tab-item" or "dropdown") reader.Markup($"<p><strong>{reader.Inline(argument)}</strong></p>\n");
                    reader.Nested(body, depth);
                    break;
                default:
                    Described(reader, depth);
                    break;
            }
    }

    /// <summary>An object that Sphinx documents (<c>function</c>, <c>class</c>, <c>option</c> …): its signature and what is said about it. Others carry nothing to read.</summary>
    private void Described(RstReader reader, int depth)
    {
        var kind = name[(name.LastIndexOf(':') + 1)..];
        if (kind is not ("function" or "class" or "method" or "attribute" or "data" or "exception" or "option" or "envvar" or "describe" or "property" or "module" or "currentmodule" or "program" or "confval" or "directive" or "decorator" or "autofunction" or "autoclass" or "automethod" or "autoexception" or "autodata" or "automodule" or "autoattribute" or "click")) return;
        if (argument.Length > 0 && kind is not ("currentmodule" or "program" or "module")) reader.Markup($"<p><code>{Entities.Escape(argument)}</code></p>\n");
        if (body.Count == 0) return;
        reader.Markup("<blockquote>\n");
        reader.Nested(body, depth);
        reader.Markup("</blockquote>\n");
    }

    private void Admonition(RstReader reader, int depth, string kind)
    {
        var title = name switch { "versionadded" => "New in " + argument, "versionchanged" => "Changed in " + argument, "deprecated" => "Deprecated since " + argument, "seealso" => "See also", _ => Titles.FromSegment(name) };
        var text = name is "versionadded" or "versionchanged" or "deprecated" || argument.Length == 0 ? body : [argument, .. body];
        Box(reader, depth, kind, title, text);
    }

    private static void Box(RstReader reader, int depth, string kind, string title, IReadOnlyList<string> text)
    {
        reader.Markup(Admonitions.Open(kind, title));
        reader.Nested(text, depth);
        reader.Markup(Admonitions.Close);
    }

    private void Picture(RstReader reader, int depth)
    {
        var image = $"<img src=\"{Entities.Escape(argument)}\" alt=\"{Entities.Escape(options.GetValueOrDefault("alt", ""))}\"{(options.TryGetValue("width", out var width) ? $" width=\"{Entities.Escape(width)}\"" : "")}>";
        if (options.TryGetValue("target", out var target)) image = $"<a href=\"{Entities.Escape(target)}\">{image}</a>";
        reader.Markup(name == "figure" ? $"<figure>{image}" : options.GetValueOrDefault("align") is "center" ? $"<p align=\"center\">{image}</p>\n" : $"<p>{image}</p>\n");
        if (name != "figure") return;
        if (body.Count > 0)
        {
            reader.Markup("<figcaption>");
            reader.Nested(body, depth);
            reader.Markup("</figcaption>");
        }
        reader.Markup("</figure>\n");
    }

    private void Contents(RstReader reader)
    {
        var entries = body.Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith(':')).ToList();
        if (options.ContainsKey("hidden"))
        {
            foreach (var entry in entries) reader.Child(Target(entry));
            return;
        }
        reader.Markup("<ul>\n");
        foreach (var entry in entries)
        {
            var target = Target(entry);
            reader.Child(target);
            reader.Markup($"<li><a href=\"{Entities.Escape(target)}\">{Entities.Escape(entry.IndexOf('<') is > 0 and var at ? entry[..at].Trim() : Titles.FromPath(target))}</a></li>\n");
        }
        reader.Markup("</ul>\n");
    }

    private static string Target(string entry) => entry.IndexOf('<') is > 0 and var at && entry.EndsWith('>') ? entry[(at + 1)..^1] : entry;

    private void ListTable(RstReader reader)
    {
        var rows = new List<IReadOnlyList<string>>();
        List<string>? row = null;
        foreach (var line in body)
        {
            var trimmed = line.TrimStart();
            if (line.StartsWith("* - ", StringComparison.Ordinal)) rows.Add(row = [line[4..]]);
            else if (trimmed.StartsWith("- ", StringComparison.Ordinal)) row?.Add(trimmed[2..]);
            else if (row is { Count: > 0 } && trimmed.Length > 0) row[^1] += "\n" + trimmed;
        }
        reader.TableOf(new RstTable(rows, int.TryParse(options.GetValueOrDefault("header-rows"), out var header) ? header : 0));
    }
}
