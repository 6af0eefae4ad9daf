using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// Making and using passkeys, by the framework's handler. What a browser is asked to sign is kept behind a ticket that holds five minutes and one
/// time. The authenticator must have verified its owner, so a passkey is both factors at once.
/// </summary>
internal sealed class Passkeys(SettingLayers settings, TimeProvider clock)
{
    private static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(5);

    /// <summary>What a browser is to be asked so that it makes a passkey for an account.</summary>
    public async Task<PasskeyQuestion> BeginMakingAsync(TenantSession platform, HttpContext http, Account account, CancellationToken cancel)
    {
        using var manager = Manager(platform);
        var options = await Handler(manager).MakeCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email, DisplayName = account.Name.Length > 0 ? account.Name : account.Email }, http);
        var ticket = await OneTimeLinks.MakeAsync(platform, LinkPurpose.Passkey, account.Id, "make", TicketLifetime, clock, options.AttestationState, cancel);
        return new PasskeyQuestion { Ticket = ticket.Text, Options = JsonNode.Parse(options.CreationOptionsJson)!.AsObject() };
    }

    /// <summary>Keeps the passkey a browser has made.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>, <c>identity.passkey_refused</c>.</exception>
    public async Task FinishMakingAsync(TenantSession platform, HttpContext http, Guid account, PasskeyAnswer answer, string? name, CancellationToken cancel)
    {
        var link = await OneTimeLinks.UseAsync(platform, answer.Ticket, clock, cancel, LinkPurpose.Passkey);
        if (link.Account != account || link.Email != "make") throw OneTimeLinks.Invalid();
        using var manager = Manager(platform);
        var result = await Handler(manager).PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = answer.Credential.ToJsonString(), AttestationState = link.Data });
        if (!result.Succeeded) throw Refused(result.Failure);
        var user = await manager.FindByIdAsync(account.ToString());
        if (await manager.FindByPasskeyIdAsync(result.Passkey.CredentialId) is not null) throw Refused();
        result.Passkey.Name = name ?? BrowserName.Of(http.Request.Headers.UserAgent.ToString());
        await new PasskeyUsers(platform, clock).AddOrUpdatePasskeyAsync(user!, result.Passkey, cancel);
    }

    /// <summary>What a browser is to be asked so that it uses a passkey, whoever's.</summary>
    public async Task<PasskeyQuestion> BeginUsingAsync(TenantSession platform, HttpContext http, CancellationToken cancel)
    {
        using var manager = Manager(platform);
        var options = await Handler(manager).MakeRequestOptionsAsync(null, http);
        var ticket = await OneTimeLinks.MakeAsync(platform, LinkPurpose.Passkey, null, "use", TicketLifetime, clock, options.AssertionState, cancel);
        return new PasskeyQuestion { Ticket = ticket.Text, Options = JsonNode.Parse(options.RequestOptionsJson)!.AsObject() };
    }

    /// <summary>Whose passkey answered.</summary>
    /// <exception cref="Refusal"><c>identity.link_invalid</c>, <c>identity.passkey_refused</c>.</exception>
    public async Task<Guid> FinishUsingAsync(TenantSession platform, HttpContext http, PasskeyAnswer answer, CancellationToken cancel)
    {
        var link = await OneTimeLinks.UseAsync(platform, answer.Ticket, clock, cancel, LinkPurpose.Passkey);
        if (link.Email != "use") throw OneTimeLinks.Invalid();
        using var manager = Manager(platform);
        var result = await Handler(manager).PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = answer.Credential.ToJsonString(), AssertionState = link.Data });
        if (!result.Succeeded) throw Refused(result.Failure);
        await new PasskeyUsers(platform, clock).AddOrUpdatePasskeyAsync(result.User, result.Passkey, cancel);
        return result.User.Id;
    }

    private PasskeyHandler<PasskeyUser> Handler(UserManager<PasskeyUser> manager)
    {
        var options = new IdentityPasskeyOptions
        {
            UserVerificationRequirement = "required", ResidentKeyRequirement = "required", AttestationConveyancePreference = "none", AuthenticatorTimeout = TicketLifetime,
            VerifyAttestationStatement = statement => ValueTask.FromResult(AttestationCheck.IsSound(statement.AttestationObject, statement.ClientDataHash)),
        };
        // What ends TLS in front of us makes the request's own address differ from the browser's; what the operator set counts then. The header
        // Origin is not asked: a page that sends no referrer sends it as null.
        var set = settings.Get(IdentitySettings.PublicUrl) is { Length: > 0 } text ? new Uri(text) : null;
        if (set is not null) options.ServerDomain = set.Host;
        options.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == (set?.GetLeftPart(UriPartial.Authority) ?? $"{asked.HttpContext.Request.Scheme}://{asked.HttpContext.Request.Host}"));
        return new PasskeyHandler<PasskeyUser>(manager, Options.Create(options));
    }

    private UserManager<PasskeyUser> Manager(TenantSession platform) =>
        new(new PasskeyUsers(platform, clock), Options.Create(new IdentityOptions()), null!, [], [], null!, new IdentityErrorDescriber(), null!, NullLogger<UserManager<PasskeyUser>>.Instance);

    private static Refusal Refused(PasskeyException? why = null) => new("identity.passkey_refused", "This passkey cannot be taken; try again, or use another way.", 422)
    {
        Details = why is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["reason"] = why.Message },
    };
}

/// <summary>What a browser is to be asked.</summary>
internal sealed record PasskeyQuestion
{
    /// <summary>To be sent back with the answer, within five minutes.</summary>
    public required string Ticket { get; init; }

    /// <summary>For <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> or <c>parseRequestOptionsFromJSON</c>.</summary>
    public required JsonObject Options { get; init; }
}

/// <summary>What the browser answered.</summary>
internal record PasskeyAnswer
{
    [System.ComponentModel.DataAnnotations.Required, System.ComponentModel.DataAnnotations.StringLength(100, MinimumLength = 1)]
    public required string Ticket { get; init; }

    /// <summary>The credential's <c>toJSON()</c>.</summary>
    [System.ComponentModel.DataAnnotations.Required]
    public required JsonObject Credential { get; init; }
}

/// <summary>A passkey that was made.</summary>
internal sealed record NewPasskey : PasskeyAnswer
{
    /// <summary>What its owner calls it; left out: the browser's name.</summary>
    [System.ComponentModel.DataAnnotations.StringLength(100, MinimumLength = 1)]
    public string? Name { get; init; }
}
