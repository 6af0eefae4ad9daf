using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>What a program asks somebody's browser to bring here (OAuth 2.1, 4.1.1).</summary>
internal sealed record AuthorizationRequest
{
    /// <summary><c>code</c>; nothing else is given.</summary>
    public string? ResponseType { get; init; }

    /// <summary>The program.</summary>
    public string? ClientId { get; init; }

    /// <summary>Where the answer goes; may be left out when only one is registered.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>What it asks for, with spaces between.</summary>
    public string? Scope { get; init; }

    /// <summary>Comes back unchanged.</summary>
    public string? State { get; init; }

    /// <summary>SHA-256 of the verifier, base64url (RFC 7636).</summary>
    public string? CodeChallenge { get; init; }

    /// <summary><c>S256</c>.</summary>
    public string? CodeChallengeMethod { get; init; }

    /// <summary>Finds the program and where to answer. Until both are certain nothing is sent anywhere: the person is told.</summary>
    /// <exception cref="Refusal"><c>identity.app_unknown</c>, <c>identity.redirect_unknown</c>.</exception>
    internal async Task<(App App, string RedirectUri)> FindAsync(TenantSession platform, CancellationToken cancel)
    {
        var app = Guid.TryParseExact(ClientId, "D", out var id) ? await AppStore.FindAsync(platform, id, cancel) : null;
        if (app is null) throw new Refusal("identity.app_unknown", "The program that sent you here is not known to this platform; do not go on.", 404);
        var target = string.IsNullOrEmpty(RedirectUri) && app.RedirectUris.Length == 1 ? app.RedirectUris[0] : RedirectUri ?? "";
        return OAuth.RedirectUri.IsRegistered(target, app.RedirectUris)
            ? (app, target)
            : throw new Refusal("identity.redirect_unknown", $"{app.Name} wants the answer sent to an address it has not registered; do not go on.", 400);
    }

    /// <summary>What is wrong with the rest; told to the program by its address.</summary>
    /// <exception cref="OAuthError">In the protocol's words.</exception>
    internal IReadOnlyList<string> RequireWhole(App app)
    {
        if (ResponseType != "code") throw new OAuthError("unsupported_response_type", "Only response_type=code is given.");
        if (CodeChallengeMethod != "S256" || !Pkce.IsChallenge(CodeChallenge)) throw new OAuthError("invalid_request", "Send code_challenge with code_challenge_method=S256.");
        if (State?.Length > 1000) throw new OAuthError("invalid_request", "state is too long.");
        return app.Asked(Scope);
    }

    /// <summary>The address that carries an answer back: <paramref name="target"/> with these fields, the state, and who answers (RFC 9207).</summary>
    internal string Answer(string target, (string Name, string Value)[] fields, string issuer)
    {
        var parts = fields.Append(("state", State ?? "")).Append(("iss", issuer)).Where(field => field.Item2.Length > 0).Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2)}");
        return target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + string.Join('&', parts);
    }
}
