using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Addresses where nothing is: a page that says so. What programs ask for is left to be answered as programs expect.</summary>
internal static class Elsewhere
{
    private static readonly string[] OfPrograms = ["api", "health", "metrics", "-", "s", "hooks"];

    public static void Map(PortalRoutes pages) => pages.Fallback(RoutePatternFactory.Parse("{**path}", null, new { path = new ForPeople() }),
        visit => Task.FromResult(Troubles.Show(visit, new Refusal("portal.page_missing", visit["trouble.missing_text"], StatusCodes.Status404NotFound))));

    private sealed class ForPeople : IRouteConstraint
    {
        public bool Match(HttpContext? http, IRouter? route, string key, RouteValueDictionary values, RouteDirection direction) =>
            values[key]?.ToString() is not { } path || !OfPrograms.Contains(path.Split('/')[0], StringComparer.OrdinalIgnoreCase);
    }
}
