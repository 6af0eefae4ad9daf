using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>A person, on the whole platform. What they may do is decided by each organisation they belong to.</summary>
public sealed record Account
{
    /// <summary>Its id; a person's subject as a caller is <c>user:</c> and this.</summary>
    public required Guid Id { get; init; }

    /// <summary>Address their mail goes to, proven by a link sent there.</summary>
    public required string Email { get; init; }

    /// <summary>What they are called; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Language of pages and mail: a BCP 47 tag such as <c>de</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Time zone by its IANA name: <c>Europe/Rome</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Whether a password is set; without one they sign in by link or passkey.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>Whether there is a picture.</summary>
    public required bool HasAvatar { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Name of this person as a caller.</summary>
    public string Subject => SubjectOf(Id);

    internal static string SubjectOf(Guid id) => $"user:{id}";

    /// <summary>The account of a caller; null when the caller is a program or nobody.</summary>
    public static Guid? Of(Caller caller) => caller.Subject.StartsWith("user:", StringComparison.Ordinal) && Guid.TryParse(caller.Subject.AsSpan(5), out var id) ? id : null;
}
