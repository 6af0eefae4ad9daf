using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Portal.Assets;

namespace Rialto.Portal;

/// <summary>The pages people work with, at the root of the server. A host adds them last: they stand on the operations of all other modules.</summary>
public static class PortalModule
{
    /// <summary>What pages need.</summary>
    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PageDrawing>();
        return services;
    }

    /// <summary>Maps the pages.</summary>
    public static IEndpointRouteBuilder MapPortal(this IEndpointRouteBuilder routes)
    {
        AssetRoutes.Map(routes);
        var pages = new PortalRoutes(routes);
        Preferences.Map(pages);
        EntryPages.Map(pages);
        HomePages.Map(pages);
        SitePages.Map(pages);
        SiteForms.Map(pages);
        HealthPages.Map(pages);
        RepositoryPages.Map(pages);
        BuildPages.Map(pages);
        JobPages.Map(pages);
        SettingPages.Map(pages);
        KeyPages.Map(pages);
        SecurityPages.Map(pages);
        AuditPages.Map(pages);
        ConsentPages.Map(pages);
        SystemPages.Map(pages);
        FindPages.Map(pages);
        ShowcasePages.Map(pages);
        Elsewhere.Map(pages);
        return routes;
    }
}
