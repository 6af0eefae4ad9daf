using System.Data.Common;

namespace Rialto.Identity;

/// <summary>Somebody or something that belongs to an organisation.</summary>
internal sealed record MemberInfo
{
    internal const string Columns = "id, kind, account_id, name, email, role, created_at, owner_id, scopes, shared, budget_minor, budget_currency, expires_at";

    public required Guid Id { get; init; }

    /// <summary><c>person</c>, <c>guest</c>, <c>agent</c> or <c>service</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of persons and guests.</summary>
    public Guid? AccountId { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    /// <summary>What they are here.</summary>
    public required string Role { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Of agents and services: the member who answers for it.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Of agents and services: what it may do at most.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Of guests: what they are shown.</summary>
    public required IReadOnlyList<string> Shared { get; init; }

    /// <summary>Of agents: the most it may spend, in minor units of <see cref="BudgetCurrency"/>; null for nothing set.</summary>
    public long? BudgetMinor { get; init; }

    /// <summary>ISO 4217, or DUC.</summary>
    public string? BudgetCurrency { get; init; }

    /// <summary>When its rights end; null for never.</summary>
    public DateTime? ExpiresAt { get; init; }

    public static MemberInfo Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0), Kind = row.GetString(1), AccountId = row.IsDBNull(2) ? null : row.GetGuid(2), Name = row.GetString(3), Email = row.IsDBNull(4) ? null : row.GetString(4), Role = row.GetString(5),
        CreatedAt = row.GetDateTime(6), OwnerId = row.IsDBNull(7) ? null : row.GetGuid(7), Scopes = row.GetFieldValue<string[]>(8), Shared = row.GetFieldValue<string[]>(9),
        BudgetMinor = row.IsDBNull(10) ? null : row.GetInt64(10), BudgetCurrency = row.IsDBNull(11) ? null : row.GetString(11), ExpiresAt = row.IsDBNull(12) ? null : row.GetDateTime(12),
    };
}
