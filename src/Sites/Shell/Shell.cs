using Rialto.Kernel;
using Rialto.Media;

namespace Rialto.Sites;

/// <summary>The files around the pages: icons, mathematics and diagrams, only what the pages use.</summary>
internal static class Shell
{
    public static async Task<(SiteModel Model, ReadOnlyMemory<byte>? Logo)> WriteAsync(SiteModel model, SiteParts parts, SiteContext site, CountingOutput output, CancellationToken cancel)
    {
        if (parts.Assets is { } assets) await ContentAssets.WriteAsync(model, assets, output, cancel);
        var logo = await LogoAsync(model, site, cancel);
        return (model with { Icons = await IconsAsync(model, parts.Icons, logo, output, cancel), HasSearch = parts.Search is not null && SearchIndex.Covers(model) }, logo);
    }

    private static async Task<ReadOnlyMemory<byte>?> LogoAsync(SiteModel model, SiteContext site, CancellationToken cancel)
    {
        var path = model.Settings.Logo ?? model.Facts.Media.Pictures.FirstOrDefault(picture => picture is { IsRemote: false, Kind: Analysis.PictureKind.Logo })?.Location;
        return path is not null && site.Tree.File(path) is { Bytes: < 8 * 1024 * 1024 } entry ? await site.Tree.Tree.ReadAsync(entry, cancel) : null;
    }

    private static async Task<IReadOnlyList<string>> IconsAsync(SiteModel model, IIcons? icons, ReadOnlyMemory<byte>? logo, CountingOutput output, CancellationToken cancel)
    {
        if (icons is null) return [];
        var request = new IconRequest { Name = model.Title, Logo = logo };
        if (model.Accent is { Length: 7 } accent) request = request with { Accent = accent };
        var files = await icons.MakeAsync(request, cancel);
        foreach (var file in files) await output.WriteAsync(file.Name, file.Bytes, cancel);
        return [.. files.Select(file => file.Name).Order(StringComparer.Ordinal)];
    }
}
