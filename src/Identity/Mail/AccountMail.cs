using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Mail to be sent. Only what it is about: the secrets of its links are made when it is sent and stand in no queue.</summary>
/// <param name="Kind">Which text: <c>sign_in</c>, <c>register</c>, <c>recover</c>, <c>change_email</c>, <c>email_changed</c>, <c>password_changed</c>, <c>factor_changed</c>, <c>invitation</c>.</param>
/// <param name="Email">To whom.</param>
/// <param name="Language">In which language, when the account does not say.</param>
internal sealed record AccountMail(string Kind, string Email, string Language)
{
    /// <summary>About whom; null when that is found by the address.</summary>
    public Guid? Account { get; init; }

    /// <summary>For invitations: which, and of whom.</summary>
    public Guid? Invitation { get; init; }

    /// <summary>For invitations: the organisation.</summary>
    public Guid? Organisation { get; init; }

    internal static readonly JobKind<AccountMail> Job = new("identity.mail", "mail", IdentityJson.Default.AccountMail);

    /// <summary>Has it sent once the session commits. The platform's session, whoever it is about.</summary>
    public Task SendAsync(TenantSession session, CancellationToken cancel) => session.Tenant == TenantId.Platform
        ? session.EnqueueAsync(Job, this, cancel: cancel)
        : session.AcrossAsync(TenantId.Platform, platform => platform.EnqueueAsync(Job, this, cancel: cancel), cancel);
}
