using System.Collections.Frozen;

namespace Rialto.Sites;

/// <summary>What of a repository's own HTML may stand in a page. Modelled on what GitHub lets through.</summary>
internal static class AllowedHtml
{
    /// <summary>Elements that contain flow content and end an open paragraph.</summary>
    public static readonly FrozenSet<string> Blocks = Set(
        "address article aside blockquote details div dl figure footer header h1 h2 h3 h4 h5 h6 hr main nav ol p pre section table ul");

    /// <summary>Elements that stand inside a line.</summary>
    public static readonly FrozenSet<string> Inlines = Set(
        "a abbr b bdi bdo br cite code del dfn em i img input ins kbd mark picture q rp rt ruby s samp small source span strong sub sup time u var video wbr");

    /// <summary>Elements with a place of their own.</summary>
    public static readonly FrozenSet<string> Parts = Set("caption dd dt figcaption li summary tbody td tfoot th thead tr");

    /// <summary>Elements that go together with all they contain.</summary>
    public static readonly FrozenSet<string> Removed = Set(
        "script style title textarea xmp iframe noembed noframes noscript template svg math object embed select head frameset applet");

    /// <summary>Elements without an end.</summary>
    public static readonly FrozenSet<string> Voids = Set("br hr img input source wbr");

    /// <summary>Elements that hold only a line's worth: a block inside them loses its tags, not its text.</summary>
    public static readonly FrozenSet<string> LineOnly = Set("h1 h2 h3 h4 h5 h6 pre caption dt summary rt rp");

    /// <summary>Old names and what they are today.</summary>
    public static readonly FrozenDictionary<string, string> Renamed = new Dictionary<string, string>
    {
        ["center"] = "div", ["font"] = "span", ["big"] = "span", ["tt"] = "code", ["strike"] = "s", ["acronym"] = "abbr",
        ["article"] = "div", ["aside"] = "div", ["section"] = "div", ["header"] = "div", ["footer"] = "div", ["nav"] = "div", ["main"] = "div", ["address"] = "div",
    }.ToFrozenDictionary();

    /// <summary>Class names that our own renderers write; any other class is dropped, so that a page cannot dress up as the site's frame.</summary>
    public static readonly FrozenSet<string> Classes = Set(
        "markdown-alert markdown-alert-title markdown-alert-note markdown-alert-tip markdown-alert-important markdown-alert-warning markdown-alert-caution contains-task-list task-list-item footnotes footnote-ref footnote-backref admonition lead align-start align-center align-end literal");

    /// <summary>Attributes beside <c>href</c>, <c>src</c>, <c>id</c> and the like, which have rules of their own.</summary>
    public static readonly FrozenDictionary<string, FrozenSet<string>> Attributes = new Dictionary<string, FrozenSet<string>>
    {
        ["title"] = FrozenSet<string>.Empty, ["lang"] = FrozenSet<string>.Empty, ["datetime"] = Set("time del ins"),
        ["open"] = Set("details"), ["start"] = Set("ol"), ["reversed"] = Set("ol"), ["value"] = Set("li"),
        ["colspan"] = Set("td th"), ["rowspan"] = Set("td th"), ["scope"] = Set("th"), ["type"] = Set("ol"),
    }.ToFrozenDictionary();

    public static bool IsAllowed(string name) => Blocks.Contains(name) || Inlines.Contains(name) || Parts.Contains(name);

    /// <summary>What an element must stand in, where that matters; null when anywhere will do.</summary>
    public static FrozenSet<string>? ParentsOf(string name) => Parents.GetValueOrDefault(name);

    private static readonly FrozenDictionary<string, FrozenSet<string>> Parents = new Dictionary<string, FrozenSet<string>>
    {
        ["li"] = Set("ul ol"), ["dt"] = Set("dl"), ["dd"] = Set("dl"), ["caption"] = Set("table"), ["thead"] = Set("table"), ["tbody"] = Set("table"),
        ["tfoot"] = Set("table"), ["tr"] = Set("table thead tbody tfoot"), ["td"] = Set("tr"), ["th"] = Set("tr"), ["summary"] = Set("details"),
        ["figcaption"] = Set("figure"), ["rt"] = Set("ruby"), ["rp"] = Set("ruby"), ["source"] = Set("picture video"),
    }.ToFrozenDictionary();

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
