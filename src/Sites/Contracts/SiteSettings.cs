namespace Rialto.Sites;

/// <summary><c>rialto.json</c>: how a project shapes its own site. Every member is optional; its schema is <c>docs/rialto.schema.json</c>.</summary>
public sealed record SiteSettings
{
    /// <summary>Theme id.</summary>
    public string? Theme { get; init; }
    public string? Title { get; init; }
    public string? Tagline { get; init; }
    public string? Description { get; init; }
    /// <summary>BCP 47 tag.</summary>
    public string? Language { get; init; }
    /// <summary>Path of the logo in the repository, and of its dark variant.</summary>
    public string? Logo { get; init; }
    public string? LogoDark { get; init; }
    /// <summary>CSS hex colour. Adjusted until it is readable (contrast ≥ 4.5:1) on both backgrounds.</summary>
    public string? Accent { get; init; }
    /// <summary>Landing sections, in this order; those not named are left out. Null for the theme's own order.</summary>
    public IReadOnlyList<string>? Sections { get; init; }
    public SiteAction? PrimaryAction { get; init; }
    public SiteAction? SecondaryAction { get; init; }
    /// <summary>Folders and files of documentation, in order; null finds them.</summary>
    public IReadOnlyList<string>? Docs { get; init; }
    /// <summary>A counter of the project's own choice: an https script address, placed only when set.</summary>
    public SiteAnalytics? Analytics { get; init; }
    /// <summary>Whether the site can be searched.</summary>
    public bool Search { get; init; } = true;
    /// <summary>Whether the footer says what the site was made with.</summary>
    public bool MadeWith { get; init; } = true;
}

public sealed record SiteAction(string Text, string Url);

public sealed record SiteAnalytics(string Script, string? Domain);
