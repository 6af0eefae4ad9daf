using System.Text.Json.Nodes;

namespace Rialto.Portal;

/// <summary>Whether a site answers, as <c>publishing.get_uptime</c> tells.</summary>
public sealed record UptimeView
{
    public bool? IsUp { get; init; }

    public DateTime? Since { get; init; }

    public DateTime? CheckedAt { get; init; }

    public int? Status { get; init; }

    public int? Milliseconds { get; init; }

    public string? Error { get; init; }

    public double? Day { get; init; }

    public double? Week { get; init; }

    public double? Month { get; init; }

    public required IReadOnlyList<UptimeHourView> Hours { get; init; }

    public required IReadOnlyList<OutageView> Outages { get; init; }
}

/// <summary>One hour of probes.</summary>
public sealed record UptimeHourView(DateTime Hour, int Probes, int Failures, int MeanMilliseconds, int LongestMilliseconds);

/// <summary>A time in which a site did not answer.</summary>
public sealed record OutageView(DateTime BeganAt, DateTime? EndedAt, string Reason);

/// <summary>What was found on a release, as <c>publishing.get_check</c> tells.</summary>
public sealed record CheckView
{
    public required Guid Release { get; init; }

    public DateTime CheckedAt { get; init; }

    public int Pages { get; init; }

    public int PagesChecked { get; init; }

    public int Links { get; init; }

    public long FrontBytes { get; init; }

    public required string HeaviestPage { get; init; }

    public long HeaviestBytes { get; init; }

    public required IReadOnlyDictionary<string, int> Problems { get; init; }

    public required IReadOnlyList<FindingView> Findings { get; init; }
}

/// <summary>One finding, with what to do about it.</summary>
public sealed record FindingView(string Rule, string Page, string Detail);

/// <summary>A domain, as <c>publishing.list_domains</c> tells of it.</summary>
public sealed record DomainView
{
    public required string Name { get; init; }

    public required string State { get; init; }

    public required string TxtName { get; init; }

    public required string TxtValue { get; init; }

    public string? Target { get; init; }

    public bool IsPointed { get; init; }

    public DateTime? CheckedAt { get; init; }

    public string? Error { get; init; }

    public DateTime? CertificateUntil { get; init; }

    public string? CertificateError { get; init; }
}

/// <summary>A row of the audit log, as <c>audit.search</c> tells of it.</summary>
public sealed record AuditView(Guid Id, DateTime At, string Kind, string Actor, string? OnBehalfOf, string Operation, string Subject, JsonNode? Changes, string Origin, bool IsMasked);

/// <summary>A session, as <c>identity.list_sessions</c> tells of it.</summary>
public sealed record SessionView(Guid Id, string Name, string Method, string Address, DateTime CreatedAt, DateTime SeenAt);

/// <summary>Sessions.</summary>
public sealed record SessionsView(IReadOnlyList<SessionView> Items);
