using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Rialto.Kernel;

/// <summary>An organisation's settings as operations: look, set, reset, what was when.</summary>
internal static class SettingOperations
{
    private static readonly RefusalNote Unknown = new("settings.unknown", 404, "there is no such setting"), NotYours = new("settings.not_yours", 403, "who runs the server sets it");

    private static readonly Listing<SettingChange> Changes = new("kernel.setting_changes", "id, name, value::text, is_reset, changed_at, changed_by",
        row => new SettingChange
        {
            Id = row.GetGuid(0), Name = row.GetString(1), Value = row.IsDBNull(2) ? null : JsonNode.Parse(row.GetString(2)), IsReset = row.GetBoolean(3),
            ChangedAt = row.GetDateTime(4), ChangedBy = row.GetString(5),
        },
        [("changedAt", "changed_at", "timestamptz")], [("name", "name", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/settings", List).As(new Operation("settings.list", "settings.read", "Lists settings with the values that hold; secrets only as set or not."));
        routes.MapGet("/api/v1/settings/changes", History).As(new Operation("settings.history", "settings.read", "Lists changes of settings, newest first; never a secret."));
        routes.MapPut("/api/v1/settings/{name}", Set).As(new Operation("settings.set", "settings.write", "Sets a setting for the organisation.")
        {
            Changes = true, Refusals = [Unknown, NotYours, new RefusalNote("settings.invalid", 400, "the value does not fit")], Example = """{"value":true}""",
        });
        routes.MapPost("/api/v1/settings/{name}/reset", Reset).As(new Operation("settings.reset", "settings.write", "Gives a setting the server's value again.") { Changes = true, Refusals = [Unknown, NotYours] });
    }

    private static async Task<Ok<SettingList>> List(TenantSettings settings, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(new SettingList { Items = await settings.ListAsync(session, cancel) });

    private static async Task<Ok<Page<SettingChange>>> History([AsParameters] PageQuery page, string? name, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await Changes.ReadAsync(session, page, new Dictionary<string, string?> { ["name"] = name }, cancel));

    private static async Task<NoContent> Set(string name, SetSetting request, TenantSettings settings, TenantSession session, CancellationToken cancel)
    {
        await settings.SetAsync(session, name, request.Value, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Reset(string name, TenantSettings settings, TenantSession session, CancellationToken cancel)
    {
        await settings.ResetAsync(session, name, cancel);
        return TypedResults.NoContent();
    }
}

/// <summary>A new value.</summary>
internal sealed record SetSetting
{
    /// <summary>A text, a number, true or false, as the setting takes it.</summary>
    public required JsonNode? Value { get; init; }
}

/// <summary>Settings of an organisation.</summary>
internal sealed record SettingList
{
    /// <summary>By name.</summary>
    public required IReadOnlyList<SettingView> Items { get; init; }
}

/// <summary>A setting as an organisation sees it.</summary>
internal sealed record SettingView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it decides.</summary>
    public required string Summary { get; init; }

    /// <summary>The value that holds; left out for secrets.</summary>
    public JsonNode? Value { get; init; }

    /// <summary><c>organisation</c>, <c>server</c> or <c>default</c>.</summary>
    public required string From { get; init; }

    /// <summary>Whether anybody has set it.</summary>
    public required bool IsSet { get; init; }

    /// <summary>Whether its value is never shown.</summary>
    public required bool IsSecret { get; init; }
}

/// <summary>One change of a setting.</summary>
internal sealed record SettingChange
{
    /// <summary>Id of the change.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which setting.</summary>
    public required string Name { get; init; }

    /// <summary>To what; left out for secrets and resets.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>True when it went back to the server's value.</summary>
    public required bool IsReset { get; init; }

    /// <summary>When.</summary>
    public required DateTime ChangedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string ChangedBy { get; init; }
}
