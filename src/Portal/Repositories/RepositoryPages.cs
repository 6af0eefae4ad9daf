using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Connected repositories: what they are, their hook, the sites made of them.</summary>
internal static class RepositoryPages
{
    private const int PageSize = 50, SitesLookedAt = 200;

    public static void Map(PortalRoutes pages)
    {
        pages.Get("/repositories", All);
        pages.Get("/repositories/new", New).Post("/repositories/new", Connect, New);
        pages.Get("/repositories/{id}", Show);
        pages.Post("/repositories/{id}/hook", RenewHook, Show);
        pages.Post("/repositories/{id}/disconnect", Disconnect, Show);
    }

    private static async Task<Answer> All(Visit visit)
    {
        var found = await visit.AskAsync("repositories.list", new() { ["limit"] = PageSize, ["cursor"] = visit.Query("cursor") }, PortalJson.Default.PageRepositoryView);
        return Answer.Page<Repositories.RepositoriesPage, Page<RepositoryView>>(visit["place.repositories"], found);
    }

    private static Task<Answer> New(Visit visit) => Task.FromResult(Answer.Page<Repositories.ConnectPage, string>(visit["repositories.connect"], ""));

    // The hook's secret exists in this one answer: there is no page to be sent on to.
    private static async Task<Answer> Connect(Visit visit)
    {
        var input = new JsonObject { ["source"] = visit.Posted("source") ?? throw new Refusal("portal.field_missing", visit["new.source_missing"], 422) };
        if (visit.Posted("token") is { } token) input["token"] = token;
        if (visit.Posted("makeSite") is not null) input["site"] = visit.Posted("site") ?? "";
        var made = await visit.AskAsync("repositories.connect", input, PortalJson.Default.ConnectedView);
        return await ShowAsync(visit, made.Repository, made.Hook);
    }

    private static async Task<Answer> Show(Visit visit) => await ShowAsync(visit, await FindAsync(visit), null);

    private static async Task<Answer> RenewHook(Visit visit)
    {
        var hook = await visit.AskAsync("repositories.renew_hook", new() { ["id"] = visit.Part("id") }, PortalJson.Default.HookView);
        return await ShowAsync(visit, await FindAsync(visit), hook);
    }

    private static async Task<Answer> Disconnect(Visit visit)
    {
        var repository = await FindAsync(visit);
        await visit.DoAsync("repositories.disconnect", new() { ["id"] = visit.Part("id") });
        return Answer.Go("/repositories", visit.Say("done.disconnected", ("repository", repository.FullName)));
    }

    private static async Task<Answer> ShowAsync(Visit visit, RepositoryView repository, HookView? hook)
    {
        var sites = await visit.TryAskAsync("publishing.list_sites", new() { ["limit"] = SitesLookedAt, ["sort"] = "name" }, PortalJson.Default.PageSiteView);
        SiteView[] made = [.. (sites?.Items ?? []).Where(site => IsSame(site.Source, repository.Source))];
        var builds = made.Length == 0 ? null : await visit.TryAskAsync("publishing.list_builds", new() { ["name"] = made[0].Name, ["limit"] = 8 }, PortalJson.Default.PageBuildView);
        return Answer.Page<Repositories.RepositoryPage, RepositoryModel>(repository.FullName, new RepositoryModel(repository, made, builds?.Items ?? [], hook));
    }

    private static Task<RepositoryView> FindAsync(Visit visit) => visit.AskAsync("repositories.get", new() { ["id"] = visit.Part("id") }, PortalJson.Default.RepositoryView);

    internal static bool IsSame(string one, string other) => string.Equals(Plain(one), Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string source) => source.TrimEnd('/') is var text && text.EndsWith(".git", StringComparison.Ordinal) ? text[..^4] : text;
}

/// <summary>A repository with what is made of it.</summary>
public sealed record RepositoryModel(RepositoryView Repository, IReadOnlyList<SiteView> Sites, IReadOnlyList<BuildView> Builds, HookView? Hook);
