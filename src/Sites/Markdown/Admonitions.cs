using Markdig.Extensions.Alerts;
using Markdig.Extensions.CustomContainers;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Rialto.Sites;

/// <summary>The boxes that documentation tools know under many names, as GitHub's five kinds.</summary>
internal static class Admonitions
{
    public static string? Kind(string name) => name.ToLowerInvariant() switch
    {
        "note" or "info" or "abstract" or "summary" or "seealso" or "example" or "quote" or "question" or "todo" or "versionadded" or "versionchanged" => "note",
        "tip" or "hint" or "success" => "tip",
        "important" => "important",
        "warning" or "attention" or "caution" or "deprecated" => "warning",
        "danger" or "error" or "failure" or "bug" => "caution",
        _ => null,
    };

    public static string Open(string kind, string title) =>
        $"<div class=\"markdown-alert markdown-alert-{kind}\"><p class=\"markdown-alert-title\">{Title(title)}</p>\n";

    /// <summary>A title is text in which backticks mark code.</summary>
    public static string Title(string text)
    {
        var parts = text.Split('`');
        return parts.Length % 2 == 0 ? Entities.Escape(text) : string.Concat(parts.Select((part, at) => at % 2 == 1 ? $"<code>{Entities.Escape(part)}</code>" : Entities.Escape(part)));
    }

    public const string Close = "</div>\n";
}

/// <summary><c>&gt; [!NOTE]</c>.</summary>
internal sealed class AlertMarkup : HtmlObjectRenderer<AlertBlock>
{
    protected override void Write(HtmlRenderer renderer, AlertBlock block)
    {
        var name = block.Kind.ToString();
        var kind = name.Equals("caution", StringComparison.OrdinalIgnoreCase) ? "caution" : Admonitions.Kind(name) ?? "note";
        renderer.EnsureLine().Write(Admonitions.Open(kind, Titles.FromSegment(name.ToLowerInvariant())));
        renderer.WriteChildren(block);
        renderer.EnsureLine().Write(Admonitions.Close);
    }
}

/// <summary><c>::: tip Title</c>, and <c>:::details</c>; other containers are what they contain.</summary>
internal sealed class ContainerMarkup : HtmlObjectRenderer<CustomContainer>
{
    protected override void Write(HtmlRenderer renderer, CustomContainer container)
    {
        var info = (container.Info ?? "").Trim();
        var bracket = info.IndexOf('[');
        var name = bracket < 0 ? info : info[..bracket];
        var title = (bracket < 0 ? container.Arguments : info[(bracket + 1)..] + " " + container.Arguments)?.Trim().TrimEnd(']').Trim('"');
        if (title?.StartsWith('{') is true) title = null;
        var kind = Admonitions.Kind(name);
        renderer.EnsureLine();
        if (name == "details") renderer.Write($"<details><summary>{Admonitions.Title(string.IsNullOrEmpty(title) ? "Details" : title)}</summary>\n");
        else if (kind is not null) renderer.Write(Admonitions.Open(kind, string.IsNullOrEmpty(title) ? Titles.FromSegment(name) : title));
        renderer.WriteChildren(container);
        renderer.EnsureLine();
        if (name == "details") renderer.Write("</details>\n");
        else if (kind is not null) renderer.Write(Admonitions.Close);
    }
}
