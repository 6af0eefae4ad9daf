using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>One's own account: password, address, profile.</summary>
internal static class AccountOperations
{
    private static readonly RefusalNote NotAPerson = new("identity.not_a_person", 403, "a key has no account"), Confirm = new("caller.confirmation_needed", 403, "one has not proven oneself shortly before");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/account", Show).As(new Operation("identity.show_account", Roles.Self, "Shows one's own account.") { OnPlatform = true, Refusals = [NotAPerson] });
        routes.MapPatch("/api/v1/identity/account", Change).As(new Operation("identity.change_account", Roles.Self, "Changes one's name, language or time zone.")
        {
            Changes = true, OnPlatform = true, Refusals = [NotAPerson, new RefusalNote("identity.language_unknown", 422, "the platform does not speak it"), new RefusalNote("identity.time_zone_unknown", 422, "there is no such time zone")],
            Example = """{"name":"Ada Lovelace","language":"de","timeZone":"Europe/Rome"}""",
        });
        routes.MapPut("/api/v1/identity/account/password", SetPassword).As(new Operation("identity.set_password", Roles.Self, "Sets a new password; all other sessions end.")
        {
            Changes = true, OnPlatform = true, NeedsConfirmation = true, Refusals = [NotAPerson, Confirm, new RefusalNote("identity.password_weak", 422, "the password is too easy; says why")], Example = """{"password":"four words nobody joined"}""",
        });
        routes.MapPost("/api/v1/identity/account/email", ChangeEmail).As(new Operation("identity.change_email", Roles.Self, "Sends a link to a new address; opening it makes it the account's.")
        {
            Changes = true, OnPlatform = true, NeedsConfirmation = true, MostPerMinute = 5, Refusals = [NotAPerson, Confirm, new RefusalNote("identity.email_invalid", 400, "this is no address of mail")], Example = """{"email":"ada@example.com"}""",
        });
        routes.MapPost("/api/v1/identity/account/email/confirm", ConfirmEmail).As(new Operation("identity.confirm_email", Roles.Self, "Makes the address a link was sent to the account's; the old one is told and can take it back.")
        {
            Changes = true, IsOpen = true, OnPlatform = true, Refusals = [SignInOperations.LinkInvalid, new RefusalNote("identity.email_taken", 409, "another account has it"), SignInOperations.Forged],
        });
        routes.MapPost("/api/v1/identity/account/email/undo", UndoEmail).As(new Operation("identity.undo_email", Roles.Self, "Takes a change of address back: the old address holds again, all sessions and links end, the password is taken off.")
        {
            Changes = true, IsOpen = true, OnPlatform = true, Refusals = [SignInOperations.LinkInvalid, SignInOperations.Forged],
        });
    }

    private static async Task<Ok<Account>> Show(Caller caller, TenantSession platform, CancellationToken cancel) => TypedResults.Ok(await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel));

    private static async Task<Ok<Account>> Change(ChangeAccount request, Caller caller, TenantSession platform, SessionCallers sessions, CancellationToken cancel)
    {
        var id = SessionOperations.RequireAccount(caller);
        if (request.Language is { } language && Language.Find(language)?.Code != language) throw new Refusal("identity.language_unknown", $"The platform speaks {string.Join(", ", Language.All.Select(one => one.Code))}.", 422);
        if (request.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) throw new Refusal("identity.time_zone_unknown", "Name a time zone as Europe/Rome.", 422);
        await platform.Connection.ExecuteAsync(AccountStore.Command(
            """
            update identity.accounts set name = coalesce(@Name, name), language = coalesce(@Language, language), time_zone = coalesce(@TimeZone, time_zone)
            where tenant_id = kernel.current_tenant() and id = @id
            """, new { id, request.Name, request.Language, request.TimeZone }, cancel));
        if (request.Name is { } name) await MemberStore.RenameAsync(platform, id, name, null, cancel);
        platform.AfterCommit(() => sessions.Forget(id));
        return TypedResults.Ok(await AccountStore.GetAsync(platform, id, cancel));
    }

    private static async Task<NoContent> SetPassword(SetPassword request, HttpContext http, Caller caller, TenantSession platform, PasswordRules rules, SessionCallers sessions, SettingLayers settings, TimeProvider clock, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel);
        await rules.RequireAsync(request.Password, EmailAddress.Require(account.Email), cancel);
        await AccountStore.SetPasswordAsync(platform, account.Id, await PasswordHash.MakeAsync(request.Password, (int)settings.Get(IdentitySettings.PasswordRounds), cancel), clock.GetUtcNow(), cancel);
        await EndEverythingElseAsync(platform, account, (await sessions.FindAsync(http, cancel))?.Session, sessions, clock, cancel);
        await platform.AnnounceAsync(AccountEvents.PasswordChanged, new AccountChanged(account.Id), account.Subject, cancel);
        await new AccountMail("password_changed", account.Email, account.Language) { Account = account.Id }.SendAsync(platform, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Accepted<MailAsked>> ChangeEmail(AskForMail request, Caller caller, TenantSession platform, TimeProvider clock, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel);
        var email = EmailAddress.Require(request.Email);
        await OneTimeLinks.EndAsync(platform, account.Id, clock, cancel, LinkPurpose.ChangeEmail);
        await new AccountMail("change_email", email.Text, account.Language) { Account = account.Id }.SendAsync(platform, cancel);
        return TypedResults.Accepted((string?)null, new MailAsked());
    }

    private static async Task<NoContent> ConfirmEmail(LinkRequest request, HttpContext http, TenantSession platform, SessionCallers sessions, TimeProvider clock, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        var link = await OneTimeLinks.UseAsync(platform, request.Token, clock, cancel, LinkPurpose.ChangeEmail);
        var before = await AccountStore.GetAsync(platform, link.Account!.Value, cancel);
        await TakeAddressAsync(platform, before.Id, EmailAddress.Require(link.Email), cancel);
        // Links that went to the old address hold no more, but for the one that takes this back.
        await OneTimeLinks.EndAsync(platform, before.Id, clock, cancel, LinkPurpose.SignIn, LinkPurpose.Recover, LinkPurpose.ChangeEmail);
        await new AccountMail("email_changed", before.Email, before.Language) { Account = before.Id }.SendAsync(platform, cancel);
        platform.AfterCommit(() => sessions.Forget(before.Id));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> UndoEmail(LinkRequest request, HttpContext http, TenantSession platform, SessionCallers sessions, TimeProvider clock, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        var link = await OneTimeLinks.UseAsync(platform, request.Token, clock, cancel, LinkPurpose.UndoEmail);
        var account = await AccountStore.GetAsync(platform, link.Account!.Value, cancel);
        await TakeAddressAsync(platform, account.Id, EmailAddress.Require(link.Email), cancel);
        // Whoever changed the address may have changed the password as well: only mail to the old address opens the account now.
        await platform.Connection.ExecuteAsync(AccountStore.Command("update identity.accounts set password_hash = null where tenant_id = kernel.current_tenant() and id = @Id", new { account.Id }, cancel));
        // And what they may have added since.
        await SecondFactors.DropAsync(platform, account.Id, link.MadeAt, cancel);
        await EndEverythingElseAsync(platform, account, null, sessions, clock, cancel);
        return TypedResults.NoContent();
    }

    private static async Task TakeAddressAsync(TenantSession platform, Guid id, EmailAddress email, CancellationToken cancel)
    {
        try
        {
            await platform.Connection.ExecuteAsync(AccountStore.Command("update identity.accounts set email = @Text, email_key = @Key where tenant_id = kernel.current_tenant() and id = @id", new { id, email.Text, email.Key }, cancel));
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new Refusal("identity.email_taken", "Another account has this address.", 409);
        }
        await MemberStore.RenameAsync(platform, id, null, email.Text, cancel);
        await platform.AnnounceAsync(AccountEvents.EmailChanged, new AccountChanged(id), Account.SubjectOf(id), cancel);
    }

    private static async Task EndEverythingElseAsync(TenantSession platform, Account account, Guid? but, SessionCallers sessions, TimeProvider clock, CancellationToken cancel)
    {
        await SessionStore.EndAsync(platform, account.Id, null, but, clock.GetUtcNow(), cancel);
        await OneTimeLinks.EndAsync(platform, account.Id, clock, cancel, LinkPurpose.SignIn, LinkPurpose.Recover, LinkPurpose.ChangeEmail, LinkPurpose.SecondFactor);
        platform.AfterCommit(() => sessions.Forget(account.Id));
    }
}

/// <summary>What is to be different; what is left out stays.</summary>
internal sealed record ChangeAccount
{
    [StringLength(100)]
    public string? Name { get; init; }

    /// <summary><c>en</c>, <c>de</c>, <c>es</c>, <c>ar</c>.</summary>
    [StringLength(10)]
    public string? Language { get; init; }

    /// <summary>IANA name.</summary>
    [StringLength(60)]
    public string? TimeZone { get; init; }
}

/// <summary>A new password.</summary>
internal sealed record SetPassword
{
    [Required, StringLength(PasswordRules.Longest, MinimumLength = 1)]
    public required string Password { get; init; }
}
