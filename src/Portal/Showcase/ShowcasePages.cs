namespace Rialto.Portal;

/// <summary>The page of components: everything pages are made of, in all its states, for those who make pages.</summary>
internal static class ShowcasePages
{
    public static void Map(PortalRoutes pages) => pages.Open("/components", visit => Task.FromResult(Answer.Page<Showcase.ComponentsPage, DateTime>(visit["components.title"], visit.Now.UtcDateTime)));
}
