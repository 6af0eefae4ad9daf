using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Identity.Tokens;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Identity.Tests.Tokens;

/// <summary>The examples of RFC 7515, appendix A. Their tokens ended in 2011: they are checked at that time.</summary>
public sealed class RfcVectorTests
{
    private const string Payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private const string Hs256 = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + Payload + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string HsKey = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    private const string Rs256 = "eyJhbGciOiJSUzI1NiJ9." + Payload
        + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    private const string RsKey = """
        {"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}
        """;
    private const string Es256 = "eyJhbGciOiJFUzI1NiJ9." + Payload + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    private const string EsKey = """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1300819000);

    [Theory]
    [InlineData(Hs256, "HS256")]
    [InlineData(Rs256, "RS256")]
    [InlineData(Es256, "ES256")]
    public void The_examples_hold(string token, string algorithm)
    {
        var claims = Check(algorithm).Verify(token, Then);
        claims.Text("iss").ShouldBe("joe");
        claims.Time("exp").ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1300819380));
        claims.All.GetProperty("http://example.com/is_root").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(Hs256, "HS256")]
    [InlineData(Rs256, "RS256")]
    [InlineData(Es256, "ES256")]
    public void Every_single_changed_letter_breaks_them(string token, string algorithm)
    {
        var check = Check(algorithm);
        for (var at = 0; at < token.Length; at++)
        {
            var changed = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
            Should.Throw<Refusal>(() => check.Verify(changed, Then), $"letter {at}").Status.ShouldBe(401);
        }
    }

    [Theory]
    [InlineData(59, "")]
    [InlineData(60, "token.expired")]
    public void They_end_on_the_second_after_the_skew(int secondsAfterEnd, string refusal)
    {
        void Verify() => Check("ES256").Verify(Es256, DateTimeOffset.FromUnixTimeSeconds(1300819380 + secondsAfterEnd));
        if (refusal.Length == 0) Verify();
        else Should.Throw<Refusal>(Verify).Code.ShouldBe(refusal);
    }

    [Fact]
    public void A_public_key_never_becomes_a_shared_secret()
    {
        // The classic confusion: HMAC keyed with the bytes of the RSA public key.
        using var document = JsonDocument.Parse(RsKey);
        var modulus = StrictBase64Url.Decode(document.RootElement.GetProperty("n").GetString()!)!;
        var signed = "eyJhbGciOiJIUzI1NiJ9." + Payload;
        var forged = signed + "." + System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(modulus, Encoding.ASCII.GetBytes(signed)));
        Should.Throw<Refusal>(() => Check("RS256").Verify(forged, Then)).Code.ShouldBe("token.algorithm_refused");
        var both = Check("RS256") with { Algorithms = new HashSet<SignatureAlgorithm> { SignatureAlgorithm.RS256, SignatureAlgorithm.HS256 } };
        Should.Throw<Refusal>(() => both.Verify(forged, Then)).Code.ShouldBe("token.signature_invalid");
    }

    private static TokenCheck Check(string algorithm)
    {
        using var document = JsonDocument.Parse(algorithm == "RS256" ? RsKey : EsKey);
        var key = algorithm == "HS256" ? VerificationKey.Shared(null, StrictBase64Url.Decode(HsKey)) : VerificationKey.FromJwk(document.RootElement)!;
        return new TokenCheck { Issuer = "joe", Audience = null, Keys = [key], Algorithms = new HashSet<SignatureAlgorithm> { Enum.Parse<SignatureAlgorithm>(algorithm) } };
    }
}
