using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>How a site is: whether it answers, what was found on it; and under which domains it stands.</summary>
internal static class HealthPages
{
    public static void Map(PortalRoutes pages)
    {
        pages.Get("/sites/{name}/health", Health).Post("/sites/{name}/check", Check, Health);
        pages.Get("/sites/{name}/domains", Domains);
        pages.Post("/sites/{name}/domains", Add, Domains);
        pages.Post("/sites/{name}/domains/{domain}/verify", Verify, Domains);
        pages.Post("/sites/{name}/domains/{domain}/remove", Remove, Domains);
    }

    private static async Task<Answer> Health(Visit visit)
    {
        var site = await SitePages.FindAsync(visit);
        var uptime = await visit.AskAsync("publishing.get_uptime", new() { ["name"] = site.Name }, PortalJson.Default.UptimeView);
        var check = site.LiveRelease is { } live ? await visit.TryAskAsync("publishing.get_check", new() { ["name"] = site.Name, ["release"] = live.ToString() }, PortalJson.Default.CheckView) : null;
        return Answer.Page<Sites.HealthPage, HealthModel>(visit.Say("health.title", ("site", site.Name)), new HealthModel(site, uptime, check));
    }

    private static async Task<Answer> Check(Visit visit)
    {
        var site = await SitePages.FindAsync(visit);
        await visit.DoAsync("publishing.check_release", new() { ["name"] = site.Name, ["release"] = site.LiveRelease?.ToString() });
        return Answer.Go($"/sites/{site.Name}/health", visit["done.checking"]);
    }

    private static async Task<Answer> Domains(Visit visit)
    {
        var site = await SitePages.FindAsync(visit);
        var domains = await visit.AskAsync("publishing.list_domains", new() { ["name"] = site.Name }, PortalJson.Default.IReadOnlyListDomainView);
        return Answer.Page<Sites.DomainsPage, DomainsModel>(visit.Say("domains.title", ("site", site.Name)), new DomainsModel(site, domains));
    }

    private static Task<Answer> Add(Visit visit) =>
        Do(visit, "publishing.add_domain", visit.Posted("domain") ?? throw new Refusal("portal.field_missing", visit["domains.missing"], 422), "done.domain_added");

    private static Task<Answer> Verify(Visit visit) => Do(visit, "publishing.verify_domain", visit.Part("domain"), "done.verifying");

    private static Task<Answer> Remove(Visit visit) => Do(visit, "publishing.remove_domain", visit.Part("domain"), "done.domain_removed");

    private static async Task<Answer> Do(Visit visit, string operation, string domain, string notice)
    {
        await visit.DoAsync(operation, new() { ["name"] = visit.Part("name"), ["domain"] = domain });
        return Answer.Go($"/sites/{visit.Part("name")}/domains", visit[notice]);
    }
}

/// <summary>How a site is.</summary>
/// <param name="Site">Which.</param>
/// <param name="Uptime">Whether it answers.</param>
/// <param name="Check">What was found on what is live; null while nobody looked.</param>
public sealed record HealthModel(SiteView Site, UptimeView Uptime, CheckView? Check);

/// <summary>A site's domains.</summary>
public sealed record DomainsModel(SiteView Site, IReadOnlyList<DomainView> Domains);
