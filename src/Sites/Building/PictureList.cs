using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>Every picture of the repository that some page will show.</summary>
internal static class PictureList
{
    public static IEnumerable<string> Of(SiteContext site, Facts facts, SiteSettings settings, IReadOnlyList<Document> extras)
    {
        foreach (var document in site.Documents.All.Concat(extras))
        {
            if (document.PictureReferences.Count == 0) continue;
            var links = new LinkResolver(document, site);
            foreach (var reference in document.PictureReferences)
                if (links.Locate(reference) is { } path) yield return path;
        }
        foreach (var picture in facts.Media.Pictures.Where(picture => !picture.IsRemote))
        {
            yield return picture.Location;
            if (picture.DarkLocation is { } dark) yield return dark;
        }
        foreach (var path in new[] { settings.Logo, settings.LogoDark }.OfType<string>()) yield return path;
    }
}
