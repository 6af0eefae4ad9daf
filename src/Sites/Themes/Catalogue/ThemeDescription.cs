namespace Rialto.Sites.Themes.Catalogue;

/// <summary>A theme: how it is called, when it fits, and the parts it is made of.</summary>
public sealed record ThemeDescription
{
    /// <summary>Stable id, as settings and facts name it.</summary>
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    /// <summary>The kind of project it suits, one sentence.</summary>
    public required string Fits { get; init; }
    /// <summary>Folder below <c>Themes</c> that holds its components, tokens and styles.</summary>
    public required string Folder { get; init; }
    /// <summary>Component that frames every page; takes the page's body as child content.</summary>
    public required Type Layout { get; init; }
    /// <summary>Component that composes the landing page.</summary>
    public required Type Landing { get; init; }
    /// <summary>Sections of the landing page below its top, in the theme's own order.</summary>
    public required IReadOnlyList<string> Sections { get; init; }
    /// <summary>Font files it uses; the first is the one to preload.</summary>
    public required IReadOnlyList<string> Fonts { get; init; }
}
