using System.Text.Json;
using Rialto.Kernel;

namespace Rialto.Identity.Tokens;

/// <summary>What a token must be to be believed. Everything is compared exactly; nothing is optional that is named here.</summary>
internal sealed record TokenCheck
{
    /// <summary><c>iss</c> must be this.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>aud</c> must be this or contain it; null only for issuers that name no audience.</summary>
    public required string? Audience { get; init; }

    /// <summary>Keys of the issuer.</summary>
    public required IReadOnlyList<VerificationKey> Keys { get; init; }

    /// <summary>Algorithms this issuer may use.</summary>
    public required IReadOnlySet<SignatureAlgorithm> Algorithms { get; init; }

    /// <summary><c>typ</c> must be this, without regard to case; null for any (RFC 8725, 3.11).</summary>
    public string? Type { get; init; }

    /// <summary>How wrong a clock may be, either way.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest life accepted, from <c>iat</c> to <c>exp</c>.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The claims of <paramref name="text"/>, once all of it has been found true.</summary>
    /// <exception cref="Refusal"><c>token.malformed</c>, <c>token.algorithm_refused</c>, <c>token.signature_invalid</c>, <c>token.expired</c>, <c>token.not_yet</c>, <c>token.not_for_us</c>; all 401.</exception>
    public TokenClaims Verify(string text, DateTimeOffset now)
    {
        var token = SignedToken.Parse(text);
        if (!Algorithms.Contains(token.Algorithm)) throw new Refusal("token.algorithm_refused", "The token is signed by an algorithm that is not accepted here.", 401);
        if (Type is not null && !IsOfType(token.Type)) throw NotForUs("it is a token of another kind");
        if (!Keys.Any(key => key.Algorithm == token.Algorithm && (token.KeyId is null || key.Id is null || key.Id == token.KeyId) && key.Verify(token.Signed, token.Signature)))
            throw new Refusal("token.signature_invalid", "The token's signature is not one of its issuer's; get a new token.", 401);
        var claims = new TokenClaims(token.Claims);
        if (claims.Text("iss") != Issuer) throw NotForUs("its issuer is another");
        if (Audience is not null && !claims.Audiences.Contains(Audience)) throw NotForUs("its audience is another");
        CheckTimes(claims, now);
        return claims;
    }

    private void CheckTimes(TokenClaims claims, DateTimeOffset now)
    {
        var expires = claims.Time("exp") ?? throw new Refusal("token.malformed", "The token has no end (exp).", 401);
        if (now >= expires + Skew) throw new Refusal("token.expired", "The token has expired; get a new one.", 401);
        if (claims.Time("nbf") is { } notBefore && now < notBefore - Skew) throw NotYet();
        if (claims.Time("iat") is not { } issued) return;
        if (now < issued - Skew) throw NotYet();
        if (expires - issued > LongestLife) throw NotForUs($"it lives longer than {LongestLife.TotalHours:0.#} hours");
    }

    private bool IsOfType(string? type) =>
        string.Equals(type, Type, StringComparison.OrdinalIgnoreCase) || string.Equals(type, "application/" + Type, StringComparison.OrdinalIgnoreCase);

    private static Refusal NotYet() => new("token.not_yet", "The token is from the future; look at the clocks of both sides.", 401);

    private static Refusal NotForUs(string why) => new("token.not_for_us", $"The token does not hold here: {why}.", 401);
}
