using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>Which pictures the landing page shows.</summary>
internal sealed class LandingPictures
{
    private const int MaxGallery = 8;

    /// <summary>Below this a picture is an icon, not something to look at.</summary>
    private const int MinHeroWidth = 320;

    public LandingPictures(Facts facts, SiteSettings settings, SiteContext site)
    {
        var own = facts.Media.Pictures.Where(picture => !picture.IsRemote)
            .Select(picture => (Kind: picture.Kind, Shown: Show(site, picture.Location, picture.DarkLocation, picture.Alt, picture.Kind))).Where(pair => pair.Shown is not null).ToList();
        Logo = settings.Logo is { } chosen ? Show(site, chosen, settings.LogoDark, facts.Title.Value, PictureKind.Logo) : own.Find(pair => pair.Kind == PictureKind.Logo).Shown;
        var worth = own.FindAll(pair => pair.Kind is PictureKind.Screenshot or PictureKind.Demo or PictureKind.Diagram && pair.Shown!.Width is null or >= MinHeroWidth);
        Hero = worth.OrderBy(pair => pair.Kind switch { PictureKind.Screenshot => 0, PictureKind.Demo => 1, _ => 2 }).FirstOrDefault().Shown;
        Gallery = [.. worth.Select(pair => pair.Shown!).Where(picture => picture.Url != Hero?.Url).DistinctBy(picture => picture.Url).Take(MaxGallery)];
    }

    public SitePicture? Logo { get; }

    public SitePicture? Hero { get; }

    public IReadOnlyList<SitePicture> Gallery { get; }

    private static SitePicture? Show(SiteContext site, string path, string? dark, string alt, PictureKind kind) =>
        site.Pictures.Find(path, alt) is { } picture ? picture with { Kind = kind, Dark = dark is null ? null : site.Pictures.Find(dark, alt) } : null;
}
