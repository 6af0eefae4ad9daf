using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>What whoever owns the machine may do about people, past all questions: for the command line and the first start.</summary>
public static class Operator
{
    /// <summary>Address of the owner whom the very first start makes; they put their own in its place.</summary>
    public const string FirstAddress = "owner@localhost.invalid";

    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1), FirstLinkLifetime = TimeSpan.FromHours(24);

    /// <summary>Makes the first owner of an organisation and the secret of a link, good for a day and one time, that signs them in.</summary>
    public static async Task<string> MakeFirstOwnerAsync(Database database, Organisation organisation, CancellationToken cancel = default)
    {
        await using var platform = await BeginAsync(database, cancel);
        var owner = await AccountStore.CreateAsync(platform, EmailAddress.Require(FirstAddress), "Owner", "en", cancel);
        await MemberStore.AddAsync(platform, organisation, owner, Roles.Owner, cancel);
        var secret = await OneTimeLinks.MakeAsync(platform, LinkPurpose.SignIn, owner.Id, owner.Email, FirstLinkLifetime, TimeProvider.System, cancel: cancel);
        await platform.CommitAsync(cancel);
        return secret.Text;
    }

    /// <summary>Makes the secret of a link, good for an hour and one time, that signs in whoever has this address.</summary>
    /// <param name="database">Where.</param>
    /// <param name="email">Whose.</param>
    /// <param name="owns">When there is no such account: the organisation to make one for, as an owner; null to refuse.</param>
    /// <param name="cancel">Cancels.</param>
    /// <exception cref="Refusal"><c>identity.account_unknown</c>, <c>identity.email_invalid</c>.</exception>
    public static async Task<string> MakeLinkAsync(Database database, string email, Organisation? owns = null, CancellationToken cancel = default)
    {
        await using var platform = await BeginAsync(database, cancel);
        var address = EmailAddress.Require(email);
        var account = await AccountStore.FindAsync(platform, address, cancel);
        if (account is null && owns is null) throw new Refusal("identity.account_unknown", $"There is no account {email}; with --create one is made.", 404);
        if (account is null)
        {
            account = await AccountStore.CreateAsync(platform, address, "", "en", cancel);
            await MemberStore.AddAsync(platform, owns!, account, Roles.Owner, cancel);
        }
        var secret = await OneTimeLinks.MakeAsync(platform, LinkPurpose.SignIn, account.Id, account.Email, LinkLifetime, TimeProvider.System, cancel: cancel);
        await platform.CommitAsync(cancel);
        return secret.Text;
    }

    /// <summary>Makes somebody a member of an organisation, with an account when they have none. Does nothing when they are one.</summary>
    /// <exception cref="Refusal"><c>identity.email_invalid</c>, <c>identity.role_unknown</c>.</exception>
    public static async Task AddMemberAsync(Database database, Organisation organisation, string email, string name, string role, CancellationToken cancel = default)
    {
        if (!Roles.All.Contains(role)) throw new Refusal("identity.role_unknown", $"{role} is no role; use one of {string.Join(", ", Roles.All)}.", 422);
        await using var platform = await BeginAsync(database, cancel);
        var address = EmailAddress.Require(email);
        var account = await AccountStore.FindAsync(platform, address, cancel) ?? await AccountStore.CreateAsync(platform, address, name, "en", cancel);
        await MemberStore.AddAsync(platform, organisation, account, role, cancel);
        await platform.CommitAsync(cancel);
    }

    /// <summary>Where such a secret is used: a page under the platform's address.</summary>
    public static string LinkOf(string platformAddress, string secret) => $"{platformAddress.TrimEnd('/')}{SignInPage.Path}?token={secret}";

    private static async Task<TenantSession> BeginAsync(Database database, CancellationToken cancel)
    {
        var platform = await database.BeginAsync(TenantId.Platform, cancel);
        platform.Actor = "operator";
        return platform;
    }
}
