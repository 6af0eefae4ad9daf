using System.ComponentModel.DataAnnotations;

namespace Rialto.Identity.OAuth;

/// <summary>The request as a browser brings it.</summary>
internal sealed record ConsentQuery
{
    public string? ResponseType { get; init; }

    public string? ClientId { get; init; }

    public string? RedirectUri { get; init; }

    public string? Scope { get; init; }

    public string? State { get; init; }

    public string? CodeChallenge { get; init; }

    public string? CodeChallengeMethod { get; init; }

    /// <summary>The same as one value.</summary>
    internal AuthorizationRequest Request => new()
    {
        ResponseType = ResponseType, ClientId = ClientId, RedirectUri = RedirectUri, Scope = Scope, State = State, CodeChallenge = CodeChallenge, CodeChallengeMethod = CodeChallengeMethod,
    };
}

/// <summary>The answer of the person, with the request it is about.</summary>
internal sealed record GiveConsent
{
    /// <summary><c>code</c>.</summary>
    public string? ResponseType { get; init; }

    /// <summary>The program.</summary>
    public string? ClientId { get; init; }

    /// <summary>Where the answer goes.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>What it asks for.</summary>
    public string? Scope { get; init; }

    /// <summary>Comes back unchanged.</summary>
    public string? State { get; init; }

    /// <summary>SHA-256 of the verifier.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary><c>S256</c>.</summary>
    public string? CodeChallengeMethod { get; init; }

    /// <summary>True to let it in.</summary>
    [Required]
    public required bool Allow { get; init; }

    internal AuthorizationRequest Request => new()
    {
        ResponseType = ResponseType, ClientId = ClientId, RedirectUri = RedirectUri, Scope = Scope, State = State, CodeChallenge = CodeChallenge, CodeChallengeMethod = CodeChallengeMethod,
    };
}

/// <summary>A program that was let in.</summary>
internal sealed record Grant
{
    /// <summary>Names it to <c>identity.end_grant</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary>The program; null for the platform's own.</summary>
    public Guid? App { get; init; }

    /// <summary>Its name when it was let in.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>Since when.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When it last asked for a fresh token.</summary>
    public required DateTime LastUsedAt { get; init; }
}

/// <param name="Items">Newest first.</param>
internal sealed record GrantList(IReadOnlyList<Grant> Items);
