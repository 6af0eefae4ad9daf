using Rialto.Sites.Themes;
using Rialto.Sites.Themes.Catalogue;

namespace Rialto.Sites;

/// <summary>What the theme is given for each page: only the scripts and styles that this page needs.</summary>
internal static class PageContexts
{
    public static PageContext For(SiteModel model, SitePage page, ThemeBundle bundle)
    {
        List<string> scripts = [OfflineFiles.WorkerRegistration];
        if (page.HasDiagrams) scripts.Add(ContentAssets.DiagramScript);
        return new PageContext
        {
            Site = model, Page = page, Bundle = bundle, HeadHtml = HeadMarkup.For(model, page), Scripts = scripts,
            // A page that a theme composes around its text puts the style of mathematics where the first formula is.
            Styles = page.HasMath && page.Kind != PageKind.Document ? [ContentAssets.MathStyle] : [],
            SearchScript = model.HasSearch ? SearchIndex.Script : null,
        };
    }
}
