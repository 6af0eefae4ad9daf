using System.Text.Json.Nodes;

namespace Rialto.Portal;

/// <summary>A job, as <c>jobs.get</c> tells of it.</summary>
public sealed record JobView
{
    public required Guid Id { get; init; }

    public required string Queue { get; init; }

    public required string Kind { get; init; }

    public required string State { get; init; }

    public int Attempts { get; init; }

    public int MaxAttempts { get; init; }

    public float? Progress { get; init; }

    public string? ProgressNote { get; init; }

    public string? ErrorCode { get; init; }

    public string? Error { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime RunAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    /// <summary>Whether it may still do something.</summary>
    public bool IsOpen => State is "waiting" or "running";
}

/// <summary>Settings, as <c>settings.list</c> tells.</summary>
public sealed record SettingsView(IReadOnlyList<SettingView> Items);

/// <summary>One setting.</summary>
public sealed record SettingView
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    public JsonNode? Value { get; init; }

    public required string From { get; init; }

    public bool IsSet { get; init; }

    public bool IsSecret { get; init; }
}

/// <summary>One change of a setting, as <c>settings.history</c> tells.</summary>
public sealed record SettingChangeView(Guid Id, string Name, JsonNode? Value, bool IsReset, DateTime ChangedAt, string ChangedBy);

/// <summary>An API key, as <c>identity.list_keys</c> tells of it.</summary>
public sealed record KeyView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Hint { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime? ExpiresAt { get; init; }

    public DateTime? LastUsedAt { get; init; }

    public DateTime? RevokedAt { get; init; }
}

/// <summary>A key just made.</summary>
public sealed record NewKeyView(KeyView Key, string Text);
