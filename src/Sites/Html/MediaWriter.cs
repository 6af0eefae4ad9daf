using System.Globalization;
using System.Text;

namespace Rialto.Sites;

/// <summary>
/// Writes pictures and films. Only what the site carries along is embedded; what lives elsewhere becomes a link or, for a badge,
/// its words: a page never makes a reader's browser call a third party.
/// </summary>
internal sealed class MediaWriter(LinkResolver links)
{
    private string? darkSource;
    private string? lightSource;
    private bool insidePicture;

    /// <summary>Opens an element; true when a matching <see cref="Close"/> is expected.</summary>
    public bool Open(StringBuilder output, string name, IReadOnlyList<KeyValuePair<string, string>> attributes, bool insideLink)
    {
        switch (name)
        {
            case "picture":
                (insidePicture, darkSource, lightSource) = (true, null, null);
                return true;
            case "video":
                return Video(output, attributes);
            case "source":
                Source(attributes);
                return false;
            default:
                Picture(output, attributes, insideLink);
                return false;
        }
    }

    public void Close(StringBuilder output, string name)
    {
        insidePicture = false;
        if (name == "video") output.Append("</video>");
    }

    private void Source(IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        var media = Value(attributes, "media") ?? "";
        var first = (Value(attributes, "srcset") ?? "").Split(',')[0].Trim().Split(' ')[0];
        if (!insidePicture || first.Length == 0) return;
        if (media.Contains("dark", StringComparison.OrdinalIgnoreCase)) darkSource ??= first;
        else if (media.Contains("light", StringComparison.OrdinalIgnoreCase)) lightSource ??= first;
    }

    private bool Video(StringBuilder output, IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        if (Value(attributes, "src") is not { } source) return false;
        if (links.Asset(source) is not { } url)
        {
            if (links.Resolve(source) is { } elsewhere) output.Append("<a href=\"").AppendEscaped(elsewhere).Append("\" rel=\"nofollow noopener\">").AppendEscaped(Value(attributes, "title") ?? "Video").Append("</a>");
            return false;
        }
        output.Append("<video controls preload=\"none\" src=\"").AppendEscaped(url).Append('"');
        Sizes(output, attributes, null);
        output.Append('>');
        return true;
    }

    private void Picture(StringBuilder output, IReadOnlyList<KeyValuePair<string, string>> attributes, bool insideLink)
    {
        var source = Value(attributes, "src") ?? Value(attributes, "data-src");
        var alt = Titles.Flatten(Value(attributes, "alt") ?? "");
        if (string.IsNullOrWhiteSpace(source)) return;
        var (only, dark) = (OnlyFor(source), darkSource);
        if (links.Picture(lightSource ?? source, alt) is { } picture)
        {
            var other = dark is null || only is not null ? null : links.Picture(dark, alt);
            Image(output, picture, attributes, only ?? (other is null ? null : "only-light"), insideLink);
            if (other is not null) Image(output, other, attributes, "only-dark", insideLink);
            return;
        }
        if (links.Locate(source) is null) links.MissingPicture(source);
        Words(output, source, alt, insideLink);
    }

    private void Words(StringBuilder output, string source, string alt, bool insideLink)
    {
        // A logo says the name, which the page's head says already.
        if (alt.Length == 0 || alt.Contains("logo", StringComparison.OrdinalIgnoreCase) && alt.Length < 40) return;
        var isBadge = Badges.IsBadge(source);
        var address = links.Resolve(source);
        if (isBadge || insideLink || address is null || !LinkResolver.IsExternal(address)) output.Append(isBadge ? "<span class=\"chip\">" : "<span class=\"missing-picture\">").AppendEscaped(alt).Append("</span>");
        else output.Append("<a class=\"remote-picture\" href=\"").AppendEscaped(address).Append("\" rel=\"nofollow noopener\">").AppendEscaped(alt).Append("</a>");
    }

    private void Image(StringBuilder output, SitePicture picture, IReadOnlyList<KeyValuePair<string, string>> attributes, string? only, bool insideLink)
    {
        if (picture.Sources.Count > 0)
        {
            output.Append("<picture>");
            foreach (var (type, srcset) in picture.Sources)
                output.Append("<source type=\"").Append(type).Append("\" srcset=\"").AppendEscaped(SrcSet.Relative(srcset, links.Href)).Append("\" sizes=\"(max-width: 48rem) 100vw, 48rem\">");
        }
        output.Append("<img src=\"").AppendEscaped(links.Href(picture.Url)).Append("\" alt=\"").AppendEscaped(Value(attributes, "alt") ?? "").Append('"');
        if (Value(attributes, "title") is { Length: > 0 } title) output.Append(" title=\"").AppendEscaped(title).Append('"');
        Sizes(output, attributes, picture);
        var classes = string.Join(' ', new[] { only, Value(attributes, "align")?.ToLowerInvariant() switch { "left" => "align-start", "right" => "align-end", "center" or "middle" => "align-center", _ => null }, insideLink ? "linked" : null }.OfType<string>());
        if (classes.Length > 0) output.Append(" class=\"").Append(classes).Append('"');
        output.Append(" loading=\"lazy\" decoding=\"async\">");
        if (picture.Sources.Count > 0) output.Append("</picture>");
    }

    /// <summary>Size as the author wants it, in pixels or per cent; otherwise the picture's own, so that the page does not jump.</summary>
    private static void Sizes(StringBuilder output, IReadOnlyList<KeyValuePair<string, string>> attributes, SitePicture? picture)
    {
        var (width, height) = (Pixels(Value(attributes, "width")), Pixels(Value(attributes, "height")));
        var percent = Value(attributes, "width")?.Trim() is ['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..] wide && wide.EndsWith('%') && int.TryParse(wide[..^1], out var share) && share is > 0 and <= 100 ? share : 0;
        if (picture is { Width: > 0 and var w, Height: > 0 and var h })
        {
            if (width is null && height is { } only) width = Math.Max(1, (int)Math.Round((double)only * w / h));
            else if (height is null && width is { } own) height = Math.Max(1, (int)Math.Round((double)own * h / w));
            else if (width is null) (width, height) = (w, h);
        }
        if (width is { } x) output.Append(CultureInfo.InvariantCulture, $" width=\"{x}\"");
        if (height is { } y) output.Append(CultureInfo.InvariantCulture, $" height=\"{y}\"");
        if (percent > 0) output.Append(CultureInfo.InvariantCulture, $" style=\"width:{percent}%;height:auto\"");
    }

    private static int? Pixels(string? value)
    {
        var digits = value?.Trim() ?? "";
        if (digits.EndsWith("px", StringComparison.OrdinalIgnoreCase)) digits = digits[..^2];
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 10_000 ? (int)number : null;
    }

    private static string? OnlyFor(string source) =>
        source.Contains("#gh-dark-mode-only", StringComparison.Ordinal) || source.EndsWith("#only-dark", StringComparison.Ordinal) ? "only-dark"
        : source.Contains("#gh-light-mode-only", StringComparison.Ordinal) || source.EndsWith("#only-light", StringComparison.Ordinal) ? "only-light" : null;

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> attributes, string name)
    {
        foreach (var (key, value) in attributes)
            if (key == name) return value;
        return null;
    }
}
