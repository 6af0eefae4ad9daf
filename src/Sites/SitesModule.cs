using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Media;
using Rialto.Sites.Themes.Catalogue;

namespace Rialto.Sites;

/// <summary>The entry point of the module.</summary>
public static class SitesModule
{
    /// <summary>Ids of the themes there are.</summary>
    public static IReadOnlyList<string> Themes { get; } = [.. ThemeCatalogue.All.Select(theme => theme.Id)];

    /// <summary>Adds <see cref="ISiteBuilder"/>. Parts of Media that are not registered are left out of the sites.</summary>
    public static IServiceCollection AddSites(this IServiceCollection services, string? nodeModules = null) => services.AddSingleton(provider => Create(
        provider.GetService<IPictures>(), provider.GetService<ITypesetting>(), provider.GetService<ICards>(), provider.GetService<IIcons>(), provider.GetService<IWorkshopAssets>(),
        nodeModules is null ? null : PagefindProgram.In(nodeModules)));

    /// <summary>A builder from the parts at hand; what is null is left out of the sites, with a warning where a reader would miss it.</summary>
    public static ISiteBuilder Create(IPictures? pictures = null, ITypesetting? typesetting = null, ICards? cards = null, IIcons? icons = null, IWorkshopAssets? assets = null, PagefindProgram? search = null) =>
        new SiteBuilder(new SiteParts(pictures, typesetting, cards, icons, assets, search));
}
