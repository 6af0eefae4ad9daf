using System.Text;

namespace Rialto.Sites;

/// <summary>Gives headings the anchors GitHub gives them and remembers the outline.</summary>
internal sealed class HeadingRecorder
{
    private readonly Slugger slugger = new();
    private readonly StringBuilder text = new();
    private int level;
    private int insertAt;

    public List<PageHeading> Outline { get; } = [];

    /// <summary>Text of the first level-1 heading; null when there is none.</summary>
    public string? FirstTitle { get; private set; }

    /// <summary>True outside of headings.</summary>
    public bool IsIdle => level == 0;

    public void Open(int newLevel, StringBuilder output)
    {
        level = newLevel;
        insertAt = output.Length + 3;
        text.Clear();
    }

    public void Text(ReadOnlySpan<char> value)
    {
        if (level > 0) text.Append(value);
    }

    /// <summary>A picture stands in the heading: it counts as content without text.</summary>
    public void Picture()
    {
        if (level > 0) text.Append(' ');
    }

    public void Close(Document document, StringBuilder output)
    {
        var plain = Emoji.Replace(text.ToString()).Trim();
        var slug = slugger.Next(text.ToString().Trim());
        var id = slug.Length > 0 ? document.HeadingPrefix + slug : slug;
        if (level == 1 && plain.Length > 0) FirstTitle ??= plain;
        if (id.Length > 0)
        {
            output.Insert(insertAt, $" id=\"{Entities.Escape(id)}\"");
            document.HeadingIds.Add(id);
            if (level is >= 2 and <= 4 && plain.Length > 0) Outline.Add(new PageHeading(level, id, plain));
            output.Append(" <a class=\"anchor\" href=\"#").AppendEscaped(Uri.EscapeDataString(id)).Append("\" aria-label=\"# ").AppendEscaped(plain).Append("\" data-pagefind-ignore>#</a>");
        }
        level = 0;
    }
}
