namespace Rialto.Sites;

/// <summary>Addresses as pages write them: always relative, so that a site stands under any sub-path.</summary>
public static class SiteAddresses
{
    /// <summary>
    /// The address of <paramref name="target"/>, which is relative to the site's root (<c>docs/guide/</c>, <c>assets/site.css</c>, perhaps with
    /// <c>#fragment</c>), for a link on <paramref name="page"/>. Absolute addresses (<c>https:</c>, <c>mailto:</c>) are returned as they are. On the page for what is
    /// not found, which is served at any depth, addresses start at the root of the base URL.
    /// </summary>
    public static string Href(this SiteModel model, SitePage page, string target)
    {
        if (Addresses.Scheme(target) is not null) return target;
        if (page.Kind != PageKind.NotFound) return Paths.Href(page.Url, target);
        return (model.BaseUrl?.AbsolutePath.TrimEnd('/') ?? "") + "/" + Paths.Href("", target).Replace("./", "", StringComparison.Ordinal);
    }

    /// <summary>A <c>srcset</c> whose addresses are relative to the site's root, for use on <paramref name="page"/>.</summary>
    public static string HrefSet(this SiteModel model, SitePage page, string srcset) => SrcSet.Relative(srcset, target => model.Href(page, target));

    /// <summary>The absolute address of a page or file of the site; null when the base URL is unknown.</summary>
    public static string? Absolute(this SiteModel model, string target) =>
        model.BaseUrl is null ? null : model.BaseUrl.AbsoluteUri.TrimEnd('/') + "/" + (target.Length == 0 ? "" : Paths.Href("", target));
}
