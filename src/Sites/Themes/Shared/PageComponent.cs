using Microsoft.AspNetCore.Components;
using Rialto.Analysis;
using Rialto.Sites.Themes.Wording;

namespace Rialto.Sites.Themes.Shared;

/// <summary>A part of a page: the context and short names for what is in it.</summary>
public abstract class PageComponent : ComponentBase
{
    [CascadingParameter] internal PageContext Context { get; set; } = null!;

    internal SiteModel Site => Context.Site;
    internal SitePage Page => Context.Page;
    internal Facts Facts => Context.Site.Facts;
    internal UiWords Words => Context.Words;

    /// <summary>Address as seen from this page.</summary>
    internal string Href(string url) => Context.Href(url);
}
