using System.Text;

namespace Rialto.Analysis;

/// <summary>Collects inline text, links and pictures, and cuts them into blocks. All markup readers write through it.</summary>
internal sealed class BlockWriter
{
    private readonly StringBuilder text = new();
    private readonly List<MarkupImage> images = [];
    private readonly List<MarkupLink> links = [];
    private string? linkUrl;
    private int linkStart;
    private int boldStart = -1;
    private string? lead;

    public List<Block> Blocks { get; } = [];

    /// <summary>Line of what is being written.</summary>
    public int Line { get; set; }

    public bool IsEmpty => text.Length == 0 && images.Count == 0;

    public void Text(ReadOnlySpan<char> words) => text.Append(words);

    public void Space() { if (text.Length > 0 && !char.IsWhiteSpace(text[^1])) text.Append(' '); }

    public void Unspace() { if (text.Length > 0 && text[^1] == ' ') text.Length--; }

    public void Break() { if (text.Length > 0) text.Append('\n'); }

    public void Code(string code) => text.Append('`').Append(code).Append('`');

    public void BoldOpen() { if (boldStart < 0 && text.Length <= 4) boldStart = text.Length; }

    public void BoldClose()
    {
        if (boldStart >= 0 && lead is null && text.Length > boldStart) lead = text.ToString(boldStart, text.Length - boldStart).Trim();
        boldStart = -1;
    }

    public void LinkOpen(string? url) { linkUrl = url; linkStart = text.Length; }

    public void LinkClose()
    {
        if (linkUrl is { Length: > 0 } && text.Length >= linkStart)
            links.Add(new MarkupLink(linkUrl, text.ToString(linkStart, text.Length - linkStart).Trim(), Line));
        linkUrl = null;
    }

    public void Image(string url, string alt, string? dark = null, string? title = null)
    {
        if (url.Length > 0) images.Add(new MarkupImage(url, alt.Trim(), dark, linkUrl, Line) { Title = title });
    }

    /// <summary>Ends the block; nothing is written when there is nothing in it.</summary>
    public void Flush(int line, Func<Block, Block> shape)
    {
        if (linkUrl is not null) { var open = linkUrl; LinkClose(); linkUrl = open; linkStart = 0; }
        var words = text.ToString().Trim();
        if (words.Length > 0 || images.Count > 0)
            Blocks.Add(shape(new Block(BlockKind.Paragraph, line, words) { Lead = lead, Images = [.. images], Links = [.. links] }));
        text.Clear();
        images.Clear();
        links.Clear();
        lead = null;
        boldStart = -1;
    }
}
