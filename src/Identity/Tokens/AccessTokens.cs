using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Kernel;

namespace Rialto.Identity.Tokens;

/// <summary>
/// Access tokens: JWTs of ten minutes signed with ES256 (RFC 9068). Checking one asks the database nothing; what was taken away holds
/// until the token ends, at most those ten minutes.
/// </summary>
internal sealed class AccessTokens(SigningKeys keys, SettingLayers settings, TimeProvider clock)
{
    /// <summary>How long one holds.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const string Type = "at+jwt";
    private const int MostRemembered = 10_000;
    private static readonly HashSet<SignatureAlgorithm> Ours = [SignatureAlgorithm.ES256];
    // Checking a signature costs a tenth of a millisecond; a token is used many times.
    private readonly ConcurrentDictionary<string, Checked> remembered = new(StringComparer.Ordinal);

    /// <summary>Who signs and for whom: the address of this platform.</summary>
    public string Issuer => settings.Get(IdentitySettings.PublicUrl) is { Length: > 0 } url ? url.TrimEnd('/') : "urn:rialto";

    /// <summary>Makes one.</summary>
    /// <param name="grant">Who acts, where, and what they may do.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<string> IssueAsync(TokenGrant grant, CancellationToken cancel)
    {
        var key = await keys.CurrentAsync(cancel);
        var now = clock.GetUtcNow();
        var claims = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(claims))
        {
            json.WriteStartObject();
            json.WriteString("iss", Issuer);
            json.WriteString("aud", Issuer);
            json.WriteString("sub", grant.Subject);
            json.WriteString("tid", grant.Tenant.ToString());
            json.WriteString("scope", string.Join(' ', grant.Scopes));
            if (grant.App is { } app) json.WriteString("client_id", app.ToString());
            if (grant.Family is { } family) json.WriteString("fam", family.ToString());
            json.WriteString("jti", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)));
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + Life).ToUnixTimeSeconds());
            json.WriteEndObject();
        }
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","typ":"{{Type}}","kid":"{{key.Id}}"}""")) + "." + Base64Url.EncodeToString(claims.WrittenSpan);
        var signature = key.Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return signed + "." + Base64Url.EncodeToString(signature);
    }

    /// <summary>Whom a token speaks for.</summary>
    /// <exception cref="Refusal">Any of <c>token.*</c>.</exception>
    public async ValueTask<Caller> CallerAsync(string token, CancellationToken cancel) => (await CheckAsync(token, cancel)).Caller;

    /// <summary>What a token says, once it was found true.</summary>
    /// <exception cref="Refusal">Any of <c>token.*</c>.</exception>
    public async ValueTask<TokenClaims> ClaimsAsync(string token, CancellationToken cancel) => (await CheckAsync(token, cancel)).Claims;

    private async ValueTask<Checked> CheckAsync(string token, CancellationToken cancel)
    {
        if (token.Length > SignedToken.LongestChars) throw new Refusal("token.malformed", "The token cannot be read: it is too long.", 401);
        var now = clock.GetUtcNow();
        var published = await keys.PublishedAsync(cancel);
        // Remembered by hash: a token does not stay in memory. A key that was withdrawn takes with it what it signed.
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (remembered.TryGetValue(hash, out var known) && known.Ends > now && published.Any(key => key.Id == known.KeyId)) return known;
        var claims = new TokenCheck
        {
            Issuer = Issuer, Audience = Issuer, Type = Type, Algorithms = Ours, Skew = TimeSpan.Zero, LongestLife = Life, Keys = [.. published.Select(key => key.Public)],
        }.Verify(token, now);
        if (!Guid.TryParse(claims.Needed("tid"), out var tenant)) throw new Refusal("token.malformed", "The token's tid is not what it should be.", 401);
        var caller = new Caller(new TenantId(tenant), claims.Needed("sub"), claims.Needed("scope").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet())
        {
            // A program that acts for somebody cannot prove that they are there.
            ConfirmedUntil = DateTimeOffset.MinValue,
        };
        if (remembered.Count >= MostRemembered) remembered.Clear();
        return remembered[hash] = new Checked(caller, claims, claims.Time("exp")!.Value, SignedToken.Parse(token).KeyId ?? "");
    }

    private sealed record Checked(Caller Caller, TokenClaims Claims, DateTimeOffset Ends, string KeyId);
}

/// <summary>What an access token gives.</summary>
/// <param name="Tenant">Where.</param>
/// <param name="Subject">Who acts.</param>
/// <param name="Scopes">What they may do.</param>
/// <param name="App">The program that acts for them.</param>
/// <param name="Family">The refresh family it came from.</param>
internal sealed record TokenGrant(TenantId Tenant, string Subject, IReadOnlyCollection<string> Scopes, Guid? App = null, Guid? Family = null);
