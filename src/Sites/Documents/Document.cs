namespace Rialto.Sites;

internal enum DocumentFormat { Markdown, RestructuredText, AsciiDoc, Org, Text }

/// <summary>One text of the repository on its way to a page: found, then read, then written.</summary>
internal sealed class Document
{
    public required string SourcePath { get; init; }
    public required DocumentFormat Format { get; init; }

    /// <summary>Address of its page, relative to the site's root.</summary>
    public required string Url { get; set; }

    /// <summary>Folder that absolute links of this document start from; empty for the repository's root.</summary>
    public string Root { get; init; } = "";

    public PageKind Kind { get; init; } = PageKind.Document;

    /// <summary>BCP 47 tag where the file's place or name tells it; otherwise null until it is read.</summary>
    public string? Language { get; set; }

    /// <summary>What the same text has in common in all its languages; null when it has no translations.</summary>
    public string? TranslationKey { get; init; }

    // After reading.
    public FrontMatter FrontMatter { get; set; } = FrontMatter.Empty;
    public string RawHtml { get; set; } = "";
    public Slots Slots { get; } = new();
    public string? ReadTitle { get; set; }
    public IReadOnlyList<string> PictureReferences { get; set; } = [];
    public IReadOnlySet<string> OwnIds { get; set; } = new HashSet<string>();
    public IReadOnlyList<string> Children { get; set; } = [];
    public bool HasMath => Slots.HasMath;
    public bool HasDiagrams => Slots.HasDiagrams;
    public string Direction { get; set; } = "ltr";
    public bool MixesDirections { get; set; }

    // After writing.
    public string Html { get; private set; } = "";
    public IReadOnlyList<PageHeading> Outline { get; private set; } = [];
    public HashSet<string> HeadingIds { get; } = [];
    /// <summary>Stands before every anchor, where several documents share a page.</summary>
    public string HeadingPrefix { get; init; } = "";
    public string? FirstTitle { get; private set; }
    public string Lead { get; private set; } = "";
    public string? NavigationTitle { get; set; }

    public string Title => FrontMatter.Title ?? ReadTitle ?? FirstTitle ?? Titles.FromPath(SourcePath);

    public string ShortTitle => NavigationTitle ?? FrontMatter.NavigationTitle ?? Title;

    /// <summary>Lets go of what only the writing needed: of a thousand documents it is most of their memory.</summary>
    public void Release()
    {
        RawHtml = "";
        Slots.Release();
    }

    public void Complete(string html, IReadOnlyList<PageHeading> outline, string? firstTitle, string lead)
    {
        FirstTitle = firstTitle;
        Outline = outline;
        Lead = Titles.Flatten(lead);
        Html = firstTitle is null && Kind == PageKind.Document ? $"<h1>{Entities.Escape(Title)}</h1>\n{html}" : html;
    }
}
