using System.Text;

namespace Rialto.Sites;

/// <summary>
/// Writes a document's HTML anew, from nothing but escaped text and allowed tags with quoted attributes: the output can hold
/// no tag that this class did not write, and none that switches a browser's parser (no raw-text, foreign or template content),
/// so there is no second reading of it. It also closes what was left open and keeps the content model valid.
/// </summary>
internal sealed class ContentWriter(Document document, LinkResolver links)
{
    /// <summary>Deeper elements lose their tags: no author nests so far, and browsers stop at twice as much.</summary>
    private const int MaxDepth = 200;

    private readonly StringBuilder output = new(document.RawHtml.Length + 512);
    private readonly List<string> open = [];
    private readonly HashSet<string> unclosed = [];
    private readonly HeadingRecorder headings = new();
    private readonly TextDecorator decorator = new(links);
    private readonly MediaWriter media = new(links);
    private readonly StringBuilder lead = new();
    private readonly int promotion = HeadingLevels.Promotion(document);
    private int verbatim;
    private int anchors;
    private bool leadDone;

    /// <summary>Writes the whole document and fills its results.</summary>
    public static void Write(Document document, LinkResolver links) => new ContentWriter(document, links).Run();

    private void Run()
    {
        var scanner = new HtmlScanner(document.RawHtml);
        while (scanner.Next())
        {
            if (scanner.Kind == HtmlTokenKind.Text) Text(scanner.Text);
            else if (scanner.Kind == HtmlTokenKind.Close) CloseTag(Rename(scanner.Name));
            else OpenTag(ref scanner);
        }
        CloseDownTo(0);
        document.Complete(TitleFirst.Arrange(EmptyParts.Remove(output.ToString())), headings.Outline, headings.FirstTitle, lead.ToString());
    }

    private void Text(ReadOnlySpan<char> raw)
    {
        if (Top is "ul" or "ol" or "dl" or "table" or "thead" or "tbody" or "tfoot" or "tr" or "picture" or "video" && !EnsureFlow(raw.IsWhiteSpace())) return;
        var text = Entities.Decode(raw);
        headings.Text(text);
        if (!leadDone && headings.IsIdle && lead.Length < 400 && open.Count > 0 && open[0] is "p" or "div" or "blockquote" && verbatim == 0) lead.Append(text);
        if (verbatim > 0 || anchors > 0 && text.IndexOf(':') < 0) output.AppendEscaped(text);
        else decorator.Append(output, text, mayLink: anchors == 0 && headings.IsIdle);
    }

    private string Top => open.Count == 0 ? "" : open[^1];

    private string Rename(string name) => promotion > 0 && IsHeading(name) ? HeadingLevels.Promoted(name, promotion) : AllowedHtml.Renamed.GetValueOrDefault(name, name);

    private void OpenTag(ref HtmlScanner scanner)
    {
        var original = scanner.Name;
        if (original == Slots.Element)
        {
            Slot(scanner.Attributes);
            return;
        }
        if (AllowedHtml.Removed.Contains(original))
        {
            if (unclosed.Contains(original)) return;
            var before = scanner.Position;
            scanner.SkipElement(original);
            if (scanner.Position == before) unclosed.Add(original);
            return;
        }
        var name = Rename(original);
        if (open.Count >= MaxDepth && !AllowedHtml.Voids.Contains(name) || !AllowedHtml.IsAllowed(name) || !MakeRoomFor(name)) return;
        Emit(name, original, scanner.Attributes);
    }

    private void Emit(string name, string original, IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        switch (name)
        {
            case "img" or "source" or "picture" or "video":
                if (media.Open(output, name, attributes, insideLink: anchors > 0) && name is "picture" or "video") open.Add(name);
                if (name == "img") headings.Picture();
                return;
            case "input":
                if (attributes.Any(one => one is { Key: "type", Value: "checkbox" }))
                    output.Append(attributes.Any(one => one.Key == "checked") ? "<input type=\"checkbox\" disabled checked aria-label=\"✓\">" : "<input type=\"checkbox\" disabled aria-label=\"☐\">");
                return;
            case "a":
                Anchor(attributes);
                return;
            default:
                if (IsHeading(name)) headings.Open(name[1] - '0', output);
                output.Append('<').Append(name);
                Attributes(name, original, attributes);
                output.Append('>');
                break;
        }
        if (AllowedHtml.Voids.Contains(name)) return;
        open.Add(name);
        if (name is "pre" or "code" or "kbd" or "samp") verbatim++;
    }

    private void Anchor(IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        var href = attributes.FirstOrDefault(one => one.Key == "href").Value;
        var id = attributes.FirstOrDefault(one => one.Key is "id" or "name").Value;
        var target = href is null ? null : links.Resolve(href);
        if (target is null && id is null)
        {
            // A link that leads nowhere is its text; the element is tracked so that its end is understood.
            output.Append("<span>");
            open.Add("span:a");
            return;
        }
        output.Append("<a");
        if (target is not null) output.Append(" href=\"").AppendEscaped(target).Append('"');
        if (target is not null && LinkResolver.IsExternal(target)) output.Append(" rel=\"nofollow noopener\"");
        if (id is not null) Identifier(id);
        output.Append('>');
        if (target is not null) anchors++;
        open.Add(target is not null ? "a" : "a:name");
    }

    private void Identifier(string id) => output.Append(" id=\"").AppendEscaped(Identifiers.User(id)).Append('"');

    private void Attributes(string name, string original, IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        var classes = "";
        var hasDir = false;
        foreach (var (key, value) in attributes)
        {
            if (key == "id" && !IsHeading(name)) Identifier(value);
            else if (key == "class") classes = Join(classes, string.Join(' ', value.Split(' ').Where(AllowedHtml.Classes.Contains)));
            else if (key == "align" && value.ToLowerInvariant() is "left" or "center" or "right") classes = Join(classes, value.ToLowerInvariant() switch { "left" => "align-start", "right" => "align-end", _ => "align-center" });
            else if (key == "style" && name is "td" or "th") classes = Join(classes, CellAlignment(value));
            else if (key == "dir" && value.ToLowerInvariant() is "ltr" or "rtl" or "auto")
            {
                output.Append(" dir=\"").Append(value.ToLowerInvariant()).Append('"');
                hasDir = true;
            }
            else if (AllowedHtml.Attributes.TryGetValue(key, out var owners) && (owners.Count == 0 || owners.Contains(name)) && AttributeValues.Accepts(key, value))
                output.Append(' ').Append(key).Append("=\"").AppendEscaped(value).Append('"');
        }
        if (original == "center") classes = Join(classes, "align-center");
        if (classes.Length > 0) output.Append(" class=\"").Append(classes).Append('"');
        if (!hasDir && links.MixesDirections && name is "p" or "li" or "td" or "th" or "h1" or "h2" or "h3" or "h4" or "blockquote" or "dd") output.Append(" dir=\"auto\"");
        if (!hasDir && name is "pre" or "code" or "kbd" or "samp") output.Append(" dir=\"ltr\"");
    }

    private static string Join(string left, string right) => left.Length == 0 ? right : right.Length == 0 ? left : left + " " + right;

    private static string CellAlignment(string style) =>
        style.Contains("center", StringComparison.OrdinalIgnoreCase) ? "align-center" : style.Contains("right", StringComparison.OrdinalIgnoreCase) ? "align-end" : "";

    private void Slot(IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        if (document.Slots.Find(attributes.FirstOrDefault(one => one.Key == "n").Value) is not { } slot) return;
        if (slot.IsBlock && !MakeRoomFor("pre") || !slot.IsBlock && !MakeRoomFor("span")) return;
        headings.Text(slot.Text);
        output.Append(slot.Html);
    }

    /// <summary>Closes or opens what the content model wants before <paramref name="name"/>; false when it cannot stand here.</summary>
    private bool MakeRoomFor(string name)
    {
        if (name == "a" && anchors > 0) CloseThrough("a");
        if (name is "li") CloseImplied("li", "ul", "ol");
        if (name is "dt" or "dd") CloseImplied(open.LastIndexOf("dd") > open.LastIndexOf("dt") ? "dd" : "dt", "dl", "dl");
        if (name is "td" or "th" or "tr" or "tbody" or "thead" or "tfoot") CloseForTable(name);
        if (AllowedHtml.ParentsOf(name) is { } parents) return parents.Contains(Top);
        if (name == "img" && Top == "picture") return true;
        if (!EnsureFlow(false)) return false;
        if (!AllowedHtml.Blocks.Contains(name)) return true;
        if (open.Exists(AllowedHtml.LineOnly.Contains))
        {
            if (!IsHeading(name) || !open.Exists(IsHeading)) return false;
            CloseDownTo(open.FindIndex(IsHeading));
        }
        CloseLine();
        return true;
    }

    /// <summary>A block ends the paragraph and the inline elements that are open in its container.</summary>
    private void CloseLine()
    {
        var keep = open.Count;
        while (keep > 0 && (open[keep - 1] == "p" || IsInline(open[keep - 1]))) keep--;
        CloseDownTo(keep);
    }

    private static bool IsInline(string name) => name.Contains(':') || AllowedHtml.Inlines.Contains(name) && name is not ("ins" or "del" or "video");

    private void CloseImplied(string name, string scope, string otherScope)
    {
        var at = open.LastIndexOf(name);
        if (at >= 0 && at > Math.Max(open.LastIndexOf(scope), open.LastIndexOf(otherScope))) CloseDownTo(at);
        else if (name == "li") CloseLine();
    }

    private void CloseForTable(string name)
    {
        var table = open.LastIndexOf("table");
        if (table < 0) return;
        var keep = open.FindIndex(table + 1, one => name is "td" or "th" ? one is "td" or "th" : name == "tr" ? one == "tr" : one is "tbody" or "thead" or "tfoot" or "tr");
        if (keep >= 0) CloseDownTo(keep);
        if (name is "td" or "th" && Top is "table" or "tbody" or "thead" or "tfoot") Begin("tr");
    }

    /// <summary>Where only items may stand, content gets an item of its own; white space gets none and false is returned.</summary>
    private bool EnsureFlow(bool isBlank)
    {
        var item = Top switch { "ul" or "ol" => "li", "dl" => "dd", "table" or "thead" or "tbody" or "tfoot" => "tr", "tr" => "td", "picture" or "video" => "", _ => null };
        if (item is null) return true;
        if (isBlank || item.Length == 0) return false;
        Begin(item);
        return item != "tr" || EnsureFlow(false);
    }

    private void Begin(string name)
    {
        output.Append('<').Append(name).Append('>');
        open.Add(name);
    }

    private void CloseTag(string name)
    {
        if (name == "p" && !open.Contains("p")) return;
        if (name == "br") output.Append("<br>");
        else CloseThrough(name);
    }

    private void CloseThrough(string name)
    {
        var at = open.FindLastIndex(one => one == name || name == "a" && one is "span:a" or "a:name");
        if (at < 0) return;
        // An end tag reaches no further than the cell or item it stands in.
        var wall = open.FindLastIndex(one => one is "td" or "th" or "caption" or "li" or "blockquote" or "details");
        if (wall > at && AllowedHtml.Inlines.Contains(name)) return;
        CloseDownTo(at);
    }

    private void CloseDownTo(int depth)
    {
        while (open.Count > depth)
        {
            var name = open[^1];
            open.RemoveAt(open.Count - 1);
            if (IsHeading(name)) headings.Close(document, output);
            if (name is "a") anchors--;
            if (name is "pre" or "code" or "kbd" or "samp") verbatim--;
            if (name is "p" or "div" && lead.ToString().AsSpan().Trim().Length >= 40) leadDone = true;
            else if (name is "p" or "div" && !leadDone && open.Count == 0) lead.Clear();
            if (name is "picture" or "video") media.Close(output, name);
            else output.Append("</").Append(name is "a:name" ? "a" : name is "span:a" ? "span" : name).Append('>');
        }
    }

    private static bool IsHeading(string name) => name.Length == 2 && name[0] == 'h' && name[1] is >= '1' and <= '6';
}
