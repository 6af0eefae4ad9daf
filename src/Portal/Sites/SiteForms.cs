using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>What is done to sites. Each form runs the one operation of that name.</summary>
internal static class SiteForms
{
    public static void Map(PortalRoutes pages)
    {
        pages.Get("/sites/new", ShowNew).Post("/sites/new", Create, ShowNew);
        pages.Post("/sites/{name}/build", Build, SitePages.Show);
        pages.Post("/sites/{name}/rollback", Rollback, SitePages.Show);
        pages.Post("/sites/{name}/pin", visit => Decide(visit, "publishing.pin", "done.pinned"), SitePages.Releases);
        pages.Post("/sites/{name}/unpin", visit => Decide(visit, "publishing.unpin", "done.unpinned"), SitePages.Show);
        pages.Post("/sites/{name}/promote", Promote, SitePages.Releases);
        pages.Post("/sites/{name}/keep", Keep, SitePages.Releases);
        pages.Post("/sites/{name}/visibility", Visibility, SitePages.Show);
        pages.Post("/sites/{name}/settings", Change, SitePages.Settings);
        pages.Post("/sites/{name}/delete", Delete, SitePages.Settings);
    }

    private static Task<Answer> ShowNew(Visit visit) => Task.FromResult(Answer.Page<Sites.NewSitePage, string>(visit["sites.new"], ""));

    private static async Task<Answer> Create(Visit visit)
    {
        var source = visit.Posted("source") ?? throw new Refusal("portal.field_missing", visit["new.source_missing"], 422);
        var name = visit.Posted("name") ?? Suggest(source);
        await visit.DoAsync("publishing.create_site", new() { ["name"] = name, ["source"] = source, ["branch"] = visit.Posted("branch"), ["theme"] = visit.Posted("theme") });
        return Answer.Go($"/sites/{name}", visit.Say("done.created", ("site", name)));
    }

    /// <summary>A name for the site of <paramref name="source"/>: the last part of its address, as a label.</summary>
    internal static string Suggest(string source)
    {
        var last = source.TrimEnd('/').Split('/', ':')[^1];
        if (last.EndsWith(".git", StringComparison.OrdinalIgnoreCase)) last = last[..^4];
        var label = new string([.. last.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        return label.Length > 40 ? label[..40].Trim('-') : label;
    }

    private static async Task<Answer> Build(Visit visit)
    {
        var name = visit.Part("name");
        var asked = await visit.DoAsync("publishing.build", new() { ["name"] = name, ["branch"] = visit.Posted("branch") });
        return asked?["job"]?.GetValue<string>() is { } job ? Answer.Go($"/sites/{name}/waiting/{job}") : Answer.Go($"/sites/{name}/builds", visit["done.asked_before"]);
    }

    private static async Task<Answer> Rollback(Visit visit)
    {
        var name = visit.Part("name");
        await visit.DoAsync("publishing.rollback", new() { ["name"] = name, ["release"] = visit.Posted("release"), ["pin"] = visit.Posted("pin") is not null });
        return Answer.Go(visit.Posted("return") is { } back && Preferences.IsOurs(back) ? back : $"/sites/{name}", visit["done.rolled_back"]);
    }

    private static async Task<Answer> Decide(Visit visit, string operation, string notice)
    {
        var input = new JsonObject { ["name"] = visit.Part("name") };
        if (visit.Posted("release") is { } release) input["release"] = release;
        await visit.DoAsync(operation, input);
        return Answer.Go(visit.Posted("return") is { } back && Preferences.IsOurs(back) ? back : $"/sites/{visit.Part("name")}", visit[notice]);
    }

    private static async Task<Answer> Promote(Visit visit)
    {
        await visit.DoAsync("publishing.promote", new() { ["name"] = visit.Part("name"), ["label"] = visit.Posted("label") });
        return Answer.Go($"/sites/{visit.Part("name")}", visit["done.promoted"]);
    }

    private static async Task<Answer> Keep(Visit visit)
    {
        var isKept = visit.Posted("kept") == "true";
        await visit.DoAsync("publishing.keep_release", new() { ["name"] = visit.Part("name"), ["release"] = visit.Posted("release"), ["isKept"] = isKept });
        return Answer.Go($"/sites/{visit.Part("name")}/releases", visit[isKept ? "done.kept" : "done.unkept"]);
    }

    private static async Task<Answer> Visibility(Visit visit)
    {
        await visit.DoAsync("publishing.change_site", new() { ["name"] = visit.Part("name"), ["visibility"] = visit.Posted("visibility"), ["password"] = visit.Posted("password") });
        return Answer.Go($"/sites/{visit.Part("name")}", visit["done.saved"]);
    }

    private static async Task<Answer> Change(Visit visit)
    {
        var input = new JsonObject
        {
            ["name"] = visit.Part("name"), ["isSinglePage"] = visit.Posted("singlePage") is not null, ["blockOnSecrets"] = visit.Posted("blockOnSecrets") is not null, ["theme"] = visit.Posted("theme"),
        };
        if (int.TryParse(visit.Posted("keepReleases"), out var keep)) input["keepReleases"] = keep;
        await visit.DoAsync("publishing.change_site", input);
        return Answer.Go($"/sites/{visit.Part("name")}/settings", visit["done.saved"]);
    }

    private static async Task<Answer> Delete(Visit visit)
    {
        var name = visit.Part("name");
        if (visit.Posted("confirm") != name) throw new Refusal("portal.not_confirmed", visit.Say("delete.not_confirmed", ("site", name)), 422);
        await visit.DoAsync("publishing.delete_site", new() { ["name"] = name });
        return Answer.Go("/sites", visit.Say("done.deleted", ("site", name)));
    }
}
