using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// Writes and sends one mail. Whether somebody has an account is found out here and not in the request that asked for mail, so that the
/// request takes equally long for everybody.
/// </summary>
internal sealed class AccountMailJob(Database database, IMailCarrier carrier, PlatformAddress address, TimeProvider clock) : IJobHandler<AccountMail>
{
    internal static readonly TimeSpan SignInLifetime = TimeSpan.FromMinutes(10), RegisterLifetime = TimeSpan.FromHours(24), UndoLifetime = TimeSpan.FromDays(7);

    public async Task HandleAsync(AccountMail wanted, Job job, CancellationToken cancel)
    {
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        var email = EmailAddress.Require(wanted.Email);
        var account = wanted.Account is { } id ? await AccountStore.GetAsync(platform, id, cancel) : await AccountStore.FindAsync(platform, email, cancel);
        var say = IdentityModule.Texts.In(Language.Find(account?.Language) ?? Language.Find(wanted.Language) ?? Language.English);
        if (await WriteAsync(platform, wanted, account, say, cancel) is not { } message) return;
        // The link holds before the mail can arrive.
        await platform.CommitAsync(cancel);
        await carrier.SendAsync(message, cancel);
    }

    // Null: nobody is to be written to.
    private async Task<MailMessage?> WriteAsync(TenantSession platform, AccountMail wanted, Account? account, Wording say, CancellationToken cancel) => (wanted.Kind, account) switch
    {
        ("register", null) => await WithLinkAsync(platform, wanted, null, say, "register", LinkPurpose.Register, RegisterLifetime, cancel),
        // Somebody who has an account is let in: to them that is what they wanted, and nobody else learns of it.
        ("register" or "sign_in", { } known) => await WithLinkAsync(platform, wanted, known, say, "sign_in", LinkPurpose.SignIn, SignInLifetime, cancel),
        ("recover", { } known) => await WithLinkAsync(platform, wanted, known, say, "recover", LinkPurpose.Recover, SignInLifetime, cancel),
        ("change_email", { } known) => await WithLinkAsync(platform, wanted, known, say, "change_email", LinkPurpose.ChangeEmail, RegisterLifetime, cancel),
        ("email_changed", { } known) => await WithLinkAsync(platform, wanted, known, say, "email_changed", LinkPurpose.UndoEmail, UndoLifetime, cancel),
        ("password_changed" or "factor_changed", { } known) => Message(wanted, say, wanted.Kind, ("name", Called(known))),
        ("invitation", _) => await InviteAsync(platform, wanted, say, cancel),
        _ => null,
    };

    private async Task<MailMessage> WithLinkAsync(TenantSession platform, AccountMail wanted, Account? account, Wording say, string text, LinkPurpose purpose, TimeSpan lifetime, CancellationToken cancel)
    {
        var secret = await OneTimeLinks.MakeAsync(platform, purpose, account?.Id, wanted.Email, lifetime, clock, cancel: cancel);
        return Message(wanted, say, text, ("name", Called(account)), ("link", Operator.LinkOf(address.Current, secret.Text)), ("until", clock.GetUtcNow() + lifetime));
    }

    private async Task<MailMessage?> InviteAsync(TenantSession platform, AccountMail wanted, Wording say, CancellationToken cancel)
    {
        var organisation = await OrganisationStore.FindAsync(platform, wanted.Organisation ?? Guid.Empty, cancel);
        if (organisation is null) return null;
        var secret = await OneTimeLinks.MakeAsync(platform, LinkPurpose.Invitation, null, wanted.Email, InvitationLifetime, clock, $"{organisation.Id} {wanted.Invitation}", cancel);
        return Message(wanted, say, "invitation", ("organisation", organisation.Name), ("link", Operator.LinkOf(address.Current, secret.Text)), ("until", clock.GetUtcNow() + InvitationLifetime));
    }

    internal static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(7);

    private static MailMessage Message(AccountMail wanted, Wording say, string text, params ReadOnlySpan<(string, object?)> values) =>
        new(wanted.Email, say.Find($"mail.{text}.subject", values)!, say.Find($"mail.{text}.text", values)!) { Language = say.Language.Code };

    private static string Called(Account? account) => account is { Name.Length: > 0 } ? account.Name : account?.Email ?? "";
}
