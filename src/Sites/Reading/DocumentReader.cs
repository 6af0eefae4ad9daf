using System.Text;

namespace Rialto.Sites;

/// <summary>From a file to raw HTML and what is known about it; every document on its own, so many at once.</summary>
internal static class DocumentReader
{
    /// <summary>Longer documents are shown as far as this.</summary>
    private const int MaxChars = 4 * 1024 * 1024;

    public static async Task ReadAsync(Document document, TreeIndex tree, CancellationToken cancel)
    {
        if (tree.File(document.SourcePath) is not { } entry) return;
        var text = await tree.TextAsync(entry, cancel);
        if (text.Length > MaxChars) text = text[..MaxChars];
        Read(document, text);
    }

    public static void Read(Document document, string text)
    {
        (document.FrontMatter, var body) = document.Format == DocumentFormat.Text ? (FrontMatter.Empty, text) : FrontMatter.Split(text);
        switch (document.Format)
        {
            case DocumentFormat.Markdown:
                MarkdownReader.Read(document, body);
                break;
            case DocumentFormat.RestructuredText:
                RstReader.Read(document, body);
                break;
            case DocumentFormat.AsciiDoc:
                AsciiReader.Read(document, body);
                break;
            default:
                document.RawHtml = $"<pre>{Entities.Escape(body)}</pre>";
                break;
        }
        Scripts.Judge(document, body);
        Scan(document);
    }

    /// <summary>Collects what must be known of all documents before the first is written: pictures used, ids defined.</summary>
    private static void Scan(Document document)
    {
        var raw = document.RawHtml;
        var mayHavePictures = raw.Contains("<img", StringComparison.OrdinalIgnoreCase) || raw.Contains("<source", StringComparison.OrdinalIgnoreCase) || raw.Contains("<video", StringComparison.OrdinalIgnoreCase);
        var mayHaveIds = raw.Contains(" id=", StringComparison.OrdinalIgnoreCase) || raw.Contains(" name=", StringComparison.OrdinalIgnoreCase);
        if (!mayHavePictures && !mayHaveIds) return;
        var pictures = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var scanner = new HtmlScanner(raw);
        while (scanner.Next())
        {
            if (scanner.Kind != HtmlTokenKind.Open) continue;
            var isPicture = scanner.Name is "img" or "source" or "video";
            var isHeading = scanner.Name is ['h', >= '1' and <= '6'];
            foreach (var (name, value) in scanner.Attributes)
            {
                if (isPicture && name is "src" or "data-src") pictures.Add(value);
                else if (isPicture && name == "srcset") pictures.Add(value.Split(',')[0].Trim().Split(' ')[0]);
                else if (!isHeading && (name == "id" || name == "name" && scanner.Name == "a") && value.Length is > 0 and < 200) ids.Add(value);
            }
        }
        document.PictureReferences = pictures;
        document.OwnIds = ids;
    }
}
