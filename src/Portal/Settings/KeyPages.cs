using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>API keys: made, told once, ended.</summary>
internal static class KeyPages
{
    public static void Map(PortalRoutes pages)
    {
        pages.Get("/keys", Show);
        pages.Post("/keys", Make, Show);
        pages.Post("/keys/{id}/revoke", Revoke, Show);
    }

    private static Task<Answer> Show(Visit visit) => ShowAsync(visit, null);

    private static async Task<Answer> ShowAsync(Visit visit, NewKeyView? made)
    {
        var keys = await visit.AskAsync("identity.list_keys", new() { ["limit"] = 50, ["cursor"] = visit.Query("cursor") }, PortalJson.Default.PageKeyView);
        return Answer.Page<Settings.KeysPage, KeysModel>(visit["place.keys"], new KeysModel(keys, made));
    }

    // The text of a key exists in this one answer: there is no page to be sent on to.
    private static async Task<Answer> Make(Visit visit)
    {
        var scopes = (visit.Posted("scopes") ?? "").Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var input = new JsonObject { ["name"] = visit.Posted("name") ?? "", ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]) };
        if (int.TryParse(visit.Posted("days"), out var days)) input["lifetimeDays"] = days;
        return await ShowAsync(visit, await visit.AskAsync("identity.create_key", input, PortalJson.Default.NewKeyView));
    }

    private static async Task<Answer> Revoke(Visit visit)
    {
        await visit.DoAsync("identity.revoke_key", new() { ["id"] = visit.Part("id") });
        return Answer.Go("/keys", visit["done.revoked"]);
    }
}

/// <summary>Keys, and the one just made.</summary>
public sealed record KeysModel(Page<KeyView> Keys, NewKeyView? Made);
