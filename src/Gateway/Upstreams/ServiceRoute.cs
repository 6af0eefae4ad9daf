using System.ComponentModel.DataAnnotations;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>How requests go to one of an organisation's own services.</summary>
internal sealed record RouteRequest
{
    /// <summary>Name in the address: <c>/api/v1/gateway/to/NAME/…</c>.</summary>
    [Required, RegularExpression("^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$", ErrorMessage = "1 to 40 lower-case letters, digits and hyphens.")]
    public required string Name { get; init; }

    /// <summary>Addresses that do the same: <c>https://api.example.org/v2</c>. Calls go to the less busy ones that answer.</summary>
    [Required, MinLength(1), MaxLength(16)]
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Methods let through; all of GET, HEAD, POST, PUT, PATCH, DELETE when absent.</summary>
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>Longest one attempt may take, in seconds; 10 when absent.</summary>
    [Range(0.1, 60)]
    public double? TimeoutSeconds { get; init; }

    /// <summary>How often a request that may be repeated is tried again elsewhere; 1 when absent.</summary>
    [Range(0, 3)]
    public int? Retries { get; init; }

    /// <summary>How requests are changed on their way.</summary>
    public RequestChange? Request { get; init; }

    /// <summary>How answers are changed on their way back.</summary>
    public AnswerChange? Answer { get; init; }

    /// <summary>Headers that carry credentials; kept encrypted, never shown.</summary>
    public IReadOnlyDictionary<string, string>? SecretHeaders { get; init; }

    /// <summary>Whether it is open.</summary>
    public bool? IsEnabled { get; init; }
}

/// <summary>What happens to a request before it is sent.</summary>
internal sealed record RequestChange
{
    /// <summary>A beginning that is taken off the path, when it is there.</summary>
    public string? StripPrefix { get; init; }

    /// <summary>A beginning that is put before the path.</summary>
    public string? AddPrefix { get; init; }

    /// <summary>Headers set, in place of the caller's.</summary>
    public IReadOnlyDictionary<string, string>? SetHeaders { get; init; }

    /// <summary>Headers taken off.</summary>
    public IReadOnlyList<string>? RemoveHeaders { get; init; }

    /// <summary>Parts of the query set, in place of the caller's.</summary>
    public IReadOnlyDictionary<string, string>? SetQuery { get; init; }
}

/// <summary>What happens to an answer before it is handed on.</summary>
internal sealed record AnswerChange
{
    /// <summary>Headers set.</summary>
    public IReadOnlyDictionary<string, string>? SetHeaders { get; init; }

    /// <summary>Headers taken off.</summary>
    public IReadOnlyList<string>? RemoveHeaders { get; init; }
}

/// <summary>A route as it is kept and shown.</summary>
internal sealed record ServiceRoute
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where calls go.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Methods let through.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Longest one attempt may take, in seconds.</summary>
    public required double TimeoutSeconds { get; init; }

    /// <summary>Further attempts.</summary>
    public required int Retries { get; init; }

    /// <summary>Changes of requests.</summary>
    public required RequestChange Request { get; init; }

    /// <summary>Changes of answers.</summary>
    public required AnswerChange Answer { get; init; }

    /// <summary>True when there are headers that are never shown.</summary>
    public required bool HasSecretHeaders { get; init; }

    /// <summary>Whether it is open.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Counts changes; for <c>If-Match</c>.</summary>
    public required int Version { get; init; }

    /// <summary>How the targets do on the node that answers; only when one route is asked for.</summary>
    public IReadOnlyList<TargetHealth>? Health { get; init; }
}

/// <summary>How a target does, as this node sees it.</summary>
internal sealed record TargetHealth
{
    /// <summary>Its address.</summary>
    public required string Target { get; init; }

    /// <summary><c>closed</c>: calls go through; <c>open</c>: none do, it failed too often; <c>trying</c>: one call is let through to see.</summary>
    public required string Circuit { get; init; }

    /// <summary>Calls to it at this moment.</summary>
    public required int AtOnce { get; init; }

    /// <summary>Failures in a row.</summary>
    public required int Failures { get; init; }
}
