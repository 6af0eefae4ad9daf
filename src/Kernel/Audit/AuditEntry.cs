using System.Text.Json.Nodes;

namespace Rialto.Kernel;

/// <summary>A row of the audit log as it is shown.</summary>
internal sealed record AuditEntry
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }

    /// <summary><c>change</c>, <c>access</c>, <c>denied</c> or <c>retired</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>In whose name, when not in their own.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>By which operation, job or command.</summary>
    public required string Operation { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>What changed, row by row: table, row, before, after.</summary>
    public JsonNode? Changes { get; init; }

    /// <summary>From where: address and program.</summary>
    public required string Origin { get; init; }

    /// <summary>The trace it is part of.</summary>
    public string? Trace { get; init; }

    /// <summary>True when personal data was masked, for want of the permission <c>personal.read</c>.</summary>
    public required bool IsMasked { get; init; }

    public static AuditEntry Of(AuditRow row, Caller caller)
    {
        var isMasked = !caller.Allows(PersonalData.Permission);
        string Shown(string text) => isMasked ? PersonalData.Mask(text) : text;
        return new AuditEntry
        {
            Id = row.Id, At = row.At, Kind = row.Kind, Actor = row.Actor, OnBehalfOf = row.OnBehalfOf, Operation = row.Operation, Subject = Shown(row.Subject),
            // Masking keeps what JSON needs: it touches neither quotes nor brackets.
            Changes = row.Changes is { } changes ? JsonNode.Parse(Shown(changes)) : null, Origin = Shown(row.Origin), Trace = row.Trace, IsMasked = isMasked,
        };
    }
}
