using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>What happens to accounts. All are events of the platform, and none carries a secret or an address of mail.</summary>
public static class AccountEvents
{
    /// <summary>Somebody has an account now.</summary>
    public static readonly EventKind<AccountChanged> AccountCreated = new("identity.account_created", IdentityJson.Default.AccountChanged);

    /// <summary>Somebody has signed in.</summary>
    public static readonly EventKind<SessionChanged> SignedIn = new("identity.signed_in", IdentityJson.Default.SessionChanged);

    /// <summary>A session was ended, by its owner or for them.</summary>
    public static readonly EventKind<SessionChanged> SessionEnded = new("identity.session_ended", IdentityJson.Default.SessionChanged);

    /// <summary>A new password was set.</summary>
    public static readonly EventKind<AccountChanged> PasswordChanged = new("identity.password_changed", IdentityJson.Default.AccountChanged);

    /// <summary>The account has another address now.</summary>
    public static readonly EventKind<AccountChanged> EmailChanged = new("identity.email_changed", IdentityJson.Default.AccountChanged);

    /// <summary>A second factor or a passkey was added or taken off.</summary>
    public static readonly EventKind<AccountChanged> FactorChanged = new("identity.factor_changed", IdentityJson.Default.AccountChanged);

    /// <summary>Signing in failed too often; further tries are put off.</summary>
    public static readonly EventKind<AttemptsBlocked> AttemptsBlocked = new("identity.attempts_blocked", IdentityJson.Default.AttemptsBlocked);
}

/// <param name="Account">Whose.</param>
public sealed record AccountChanged(Guid Account);

/// <param name="Account">Whose.</param>
/// <param name="Session">Which.</param>
/// <param name="Method">How they signed in: <c>password</c>, <c>link</c>, <c>passkey</c>.</param>
/// <param name="Address">From where.</param>
public sealed record SessionChanged(Guid Account, Guid Session, string Method, string Address);

/// <param name="Kind">What the tries were counted for: <c>account</c> or <c>address</c>.</param>
/// <param name="Address">Where the last one came from.</param>
/// <param name="Seconds">How long further ones are put off.</param>
public sealed record AttemptsBlocked(string Kind, string Address, int Seconds);

/// <param name="Member">Who.</param>
/// <param name="Role">What they are, or were, in the organisation.</param>
public sealed record MemberChanged(Guid Member, string Role);
