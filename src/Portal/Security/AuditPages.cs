using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Who did what: the audit log, searched.</summary>
internal static class AuditPages
{
    private static readonly string[] Filters = ["kind", "actor", "operation"];

    public static void Map(PortalRoutes pages) => pages.Get("/audit", Show);

    private static async Task<Answer> Show(Visit visit)
    {
        var input = new System.Text.Json.Nodes.JsonObject { ["limit"] = 50, ["cursor"] = visit.Query("cursor") };
        foreach (var filter in Filters) input[filter] = visit.Query(filter);
        var rows = await visit.AskAsync("audit.search", input, PortalJson.Default.PageAuditView);
        return Answer.Page<Security.AuditPage, Page<AuditView>>(visit["place.audit"], rows);
    }

    /// <summary>Address of the first page with the filters that hold.</summary>
    internal static string Address(Visit visit) => Filters.Where(filter => visit.Query(filter) is not null).Select(filter => $"{filter}={Uri.EscapeDataString(visit.Query(filter)!)}").ToArray() is { Length: > 0 } parts ? "/audit?" + string.Join('&', parts) : "/audit";
}
