using Rialto.Analysis;
using Rialto.Sites.Themes.Catalogue;

namespace Rialto.Sites.Tests.Themes;

/// <summary>The sample sites of every theme, written beside the tests to be opened in a browser.</summary>
internal static class ThemePreview
{
    private static readonly Lazy<string> Folder = new(WriteAll);

    /// <summary>Kinds of sample: each is a folder of each theme.</summary>
    public static readonly string[] Kinds = ["full", "code", "empty", "zh", "fa"];

    public static string Path(string theme, string kind) => System.IO.Path.Combine(Folder.Value, theme, kind);

    private static string WriteAll()
    {
        var folder = System.IO.Path.Combine(AppContext.BaseDirectory, "theme-preview");
        foreach (var theme in ThemeCatalogue.All)
            foreach (var kind in Kinds)
                SampleSites.Write(Sample(theme.Id, kind), System.IO.Path.Combine(folder, theme.Id, kind));
        return folder;
    }

    public static SiteModel Sample(string theme, string kind) => kind switch
    {
        "full" => SampleSites.Model(SampleFacts.Full(), theme, hero: SampleContent.Hero, example: true),
        "code" => SampleSites.Model(SampleFacts.Full() with { Title = SampleFacts.Proved("A Remarkably Long Title For One Search Tool"), Features = [] }, theme, example: true, settings: new SiteSettings { Accent = "#ffdd00" }),
        "zh" => SampleSites.Model(SampleFacts.Chinese(), theme, "zh-CN", example: true),
        "fa" => SampleSites.Model(SampleFacts.Persian(), theme, "fa", SampleContent.Hero),
        _ => SampleSites.Model(SampleFacts.Empty("empty-project-with-no-readme"), theme),
    };
}
