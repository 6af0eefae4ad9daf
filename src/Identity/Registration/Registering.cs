using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Makes an account of a mailed link.</summary>
internal sealed class Registering(SigningIn signingIn, PasswordRules rules, SettingLayers settings, TimeProvider clock)
{
    public async Task<SignInStep> CompleteAsync(TenantSession platform, HttpContext http, CompleteRegistration request, CancellationToken cancel)
    {
        OwnPage.RequireOrigin(http);
        if (await OneTimeLinks.PeekAsync(platform, request.Token, clock, cancel) is not { Purpose: LinkPurpose.Register or LinkPurpose.Invitation } link) throw OneTimeLinks.Invalid();
        if (link.Purpose == LinkPurpose.Register && settings.Get(IdentitySettings.SignUp) == "invited")
            throw new Refusal("identity.sign_up_closed", "This platform takes whoever was invited; ask one of its organisations.", 403);
        var email = EmailAddress.Require(link.Email);
        if (request.Password is { } chosen) await rules.RequireAsync(chosen, email, cancel);
        // A link to an organisation is used up when the invitation is accepted; one for an account here.
        if (link.Purpose == LinkPurpose.Register) await OneTimeLinks.UseAsync(platform, request.Token, clock, cancel, LinkPurpose.Register);
        platform.Actor = Caller.Anonymous(http.Connection.RemoteIpAddress).Subject;
        var account = await AccountStore.CreateAsync(platform, email, request.Name?.Trim() ?? "", RequestLanguage.Of(http).Code, cancel);
        platform.Actor = account.Subject;
        if (request.Password is { } password) await AccountStore.SetPasswordAsync(platform, account.Id, await PasswordHash.MakeAsync(password, (int)settings.Get(IdentitySettings.PasswordRounds), cancel), clock.GetUtcNow(), cancel);
        if (request.Organisation is { } name)
        {
            var organisation = await Organisations.CreateAsync(platform, request.Handle ?? HandleOf(name), name, cancel);
            await MemberStore.AddAsync(platform, organisation, account, Roles.Owner, cancel);
        }
        return await signingIn.ProvenAsync(platform, http, account.Id, "link", cancel);
    }

    /// <summary>A handle out of a name: its ASCII letters and digits with hyphens between; letters of other scripts fall away, and then it is <c>org</c> and some digits.</summary>
    internal static string HandleOf(string name)
    {
        var handle = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter)) handle.Append(letter);
            else if (letter is ' ' or '-' or '_' or '.' && handle.Length > 0 && handle[^1] != '-') handle.Append('-');
            if (handle.Length == 40) break;
        }
        var text = handle.ToString().Trim('-');
        return text.Length > 0 ? text : "org-" + Guid.NewGuid().ToString("N")[..8];
    }
}
