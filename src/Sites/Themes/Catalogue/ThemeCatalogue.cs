using Rialto.Kernel;

namespace Rialto.Sites.Themes.Catalogue;

/// <summary>The themes there are.</summary>
internal static class ThemeCatalogue
{
    public static IReadOnlyList<ThemeDescription> All { get; } =
    [
        new()
        {
            Id = "modern-web", Name = "Modern web", Folder = "ModernWeb",
            Description = "A confident product page: words on one side, the thing itself on the other.",
            Fits = "Frameworks, build tools and web projects with documentation.",
            Layout = typeof(ModernWeb.Layout), Landing = typeof(ModernWeb.Landing),
            Sections = ["features", "proof", "example", "gallery", "how", "roadmap", "changelog", "contributors", "action"],
            Fonts = ["geist.woff2", "jetbrains-mono.woff2"],
        },
        new()
        {
            Id = "developer-library", Name = "Developer library", Folder = "DeveloperLibrary",
            Description = "Code first: the install line and a working example before anything else, dense as a reference.",
            Fits = "Libraries, SDKs and command-line tools that are read by people who write code.",
            Layout = typeof(DeveloperLibrary.Layout), Landing = typeof(DeveloperLibrary.Landing),
            Sections = ["features", "how", "proof", "changelog", "roadmap", "gallery", "contributors", "action"],
            Fonts = ["ibm-plex-sans-400.woff2", "ibm-plex-sans-600.woff2", "ibm-plex-mono-400.woff2", "ibm-plex-mono-600.woff2"],
        },
        new()
        {
            Id = "technical-showcase", Name = "Technical showcase", Folder = "TechnicalShowcase",
            Description = "An engineering dossier: architecture, numbers, languages and evidence on a drafting grid.",
            Fits = "Infrastructure, research, services and systems whose construction is the story.",
            Layout = typeof(TechnicalShowcase.Layout), Landing = typeof(TechnicalShowcase.Landing),
            Sections = ["proof", "how", "features", "example", "gallery", "roadmap", "changelog", "contributors", "action"],
            Fonts = ["jetbrains-mono.woff2", "ibm-plex-sans-400.woff2", "ibm-plex-sans-600.woff2"],
        },
        new()
        {
            Id = "creative-project", Name = "Creative project", Folder = "CreativeProject",
            Description = "Editorial: expressive type, large pictures and an asymmetric grid.",
            Fits = "Games, design, media, fonts and anything that is best seen.",
            Layout = typeof(CreativeProject.Layout), Landing = typeof(CreativeProject.Landing),
            Sections = ["gallery", "features", "example", "how", "proof", "changelog", "roadmap", "contributors", "action"],
            Fonts = ["instrument-sans.woff2", "fraunces.woff2", "jetbrains-mono.woff2"],
        },
        new()
        {
            Id = "startup-product", Name = "Startup product", Folder = "StartupProduct",
            Description = "A bold centred promise, a strip of proof, large cards and calls to action.",
            Fits = "Applications and services with an audience beyond developers.",
            Layout = typeof(StartupProduct.Layout), Landing = typeof(StartupProduct.Landing),
            Sections = ["proof", "features", "gallery", "example", "how", "roadmap", "changelog", "contributors", "action"],
            Fonts = ["bricolage-grotesque.woff2", "figtree.woff2", "jetbrains-mono.woff2"],
        },
        new()
        {
            Id = "minimal-portfolio", Name = "Minimal portfolio", Folder = "MinimalPortfolio",
            Description = "One narrow column of good typography and almost nothing else.",
            Fits = "Small projects, scripts, lists, notes and personal work.",
            Layout = typeof(MinimalPortfolio.Layout), Landing = typeof(MinimalPortfolio.Landing),
            Sections = ["example", "features", "gallery", "how", "proof", "changelog", "roadmap", "contributors"],
            Fonts = ["newsreader.woff2", "newsreader-italic.woff2", "jetbrains-mono.woff2"],
        },
    ];

    /// <summary>The theme of that id.</summary>
    /// <exception cref="Refusal"><c>site.theme.unknown</c>.</exception>
    public static ThemeDescription Get(string id) => All.FirstOrDefault(t => t.Id == id)
        ?? throw new Refusal("site.theme.unknown", $"There is no theme '{id}'. Choose one of: {string.Join(", ", All.Select(t => t.Id))}.");
}
