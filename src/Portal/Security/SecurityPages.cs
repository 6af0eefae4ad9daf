using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Where somebody is signed in, and the way to end it.</summary>
internal static class SecurityPages
{
    public static void Map(PortalRoutes pages)
    {
        pages.Get("/security", Show);
        pages.Post("/security/sessions/{id}/end", End, Show);
        pages.Post("/security/sessions/end-others", EndOthers, Show);
    }

    private static async Task<Answer> Show(Visit visit) => Answer.Page<Security.SecurityPage, SessionsView>(visit["security.title"], await ReadAsync(visit));

    private static async Task<Answer> End(Visit visit)
    {
        await visit.DoAsync("identity.end_session", new() { ["id"] = visit.Part("id") });
        return Answer.Go("/security", visit["done.ended"]);
    }

    // One after the other: each is its own act in the log.
    private static async Task<Answer> EndOthers(Visit visit)
    {
        foreach (var session in (await ReadAsync(visit)).Items.Where(session => session.Id != visit.Who?.Session)) await visit.DoAsync("identity.end_session", new() { ["id"] = session.Id.ToString() });
        return Answer.Go("/security", visit["done.ended_others"]);
    }

    private static Task<SessionsView> ReadAsync(Visit visit) => visit.AskAsync("identity.list_sessions", new(), PortalJson.Default.SessionsView);
}
