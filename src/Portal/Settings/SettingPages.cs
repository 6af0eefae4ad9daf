using System.Globalization;
using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>What the organisation can set, what holds, and who changed it.</summary>
internal static class SettingPages
{
    public static void Map(PortalRoutes pages)
    {
        pages.Get("/settings", Show);
        pages.Post("/settings/{setting}/set", Set, Show);
        pages.Post("/settings/{setting}/reset", Reset, Show);
    }

    private static async Task<Answer> Show(Visit visit)
    {
        var settings = await visit.AskAsync("settings.list", new(), PortalJson.Default.SettingsView);
        var changes = await visit.AskAsync("settings.history", new() { ["limit"] = 15 }, PortalJson.Default.PageSettingChangeView);
        return Answer.Page<Settings.SettingsPage, SettingsModel>(visit["place.settings"], new SettingsModel(settings.Items, changes.Items));
    }

    private static async Task<Answer> Set(Visit visit)
    {
        var name = visit.Part("setting");
        await visit.DoAsync("settings.set", new() { ["name"] = name, ["value"] = Value(visit.Posted("kind"), visit.Posted("value")) });
        return Answer.Go("/settings#" + name, visit["done.saved"]);
    }

    private static async Task<Answer> Reset(Visit visit)
    {
        await visit.DoAsync("settings.reset", new() { ["name"] = visit.Part("setting") });
        return Answer.Go("/settings#" + visit.Part("setting"), visit["done.reset"]);
    }

    /// <summary>What was typed, as the kind of value the setting has now; the operation judges it.</summary>
    internal static JsonNode? Value(string? kind, string? text) => kind switch
    {
        "number" when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        "switch" => JsonValue.Create(text == "true"),
        _ => text is null ? null : JsonValue.Create(text),
    };
}

/// <summary>Settings and their newest changes.</summary>
public sealed record SettingsModel(IReadOnlyList<SettingView> Settings, IReadOnlyList<SettingChangeView> Changes);
