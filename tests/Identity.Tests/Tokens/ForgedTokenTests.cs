using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Identity.Tokens;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Identity.Tests.Tokens;

/// <summary>The families of bad tokens and bad signatures that Project Wycheproof collects, made here with a key of our own.</summary>
public sealed class ForgedTokenTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public void A_token_of_ours_holds() => Check().Verify(Token(), Now).Needed("sub").ShouldBe("user:ada");

    [Theory]
    [InlineData("""{"alg":"none"}""", "token.algorithm_refused")]
    [InlineData("""{"alg":"None"}""", "token.algorithm_refused")]
    [InlineData("""{"alg":"NONE"}""", "token.algorithm_refused")]
    [InlineData("""{"alg":""}""", "token.algorithm_refused")]
    [InlineData("""{"alg":"es256"}""", "token.algorithm_refused")]
    [InlineData("""{"alg":"ES256 "}""", "token.algorithm_refused")]
    [InlineData("""{"alg":"ES384"}""", "token.algorithm_refused")]
    [InlineData("""{"alg":"HS256"}""", "token.algorithm_refused")]
    [InlineData("""{"typ":"at+jwt"}""", "token.algorithm_refused")]
    [InlineData("""{"alg":["ES256"],"typ":"at+jwt"}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","alg":"none","typ":"at+jwt"}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","crit":["exp"],"exp":1}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","crit":[]}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","b64":false}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","jku":"https://evil.example/keys"}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","x5u":"https://evil.example/cert"}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","x5c":["MIIB"]}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","jwk":{"kty":"EC"}}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","zip":"DEF"}""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"JWT"}""", "token.not_for_us")]
    [InlineData("""{"alg":"ES256"}""", "token.not_for_us")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":"another"}""", "token.signature_invalid")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt","kid":7}""", "token.malformed")]
    [InlineData("""["ES256"]""", "token.malformed")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"} x""", "token.malformed")]
    [InlineData("", "token.malformed")]
    public void A_wrong_header_is_refused_although_it_is_signed(string header, string code) => Refused(Token(header), code);

    [Theory]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","sub":"user:ada"}""", "token.malformed")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":"1790000600"}""", "token.malformed")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":1e400}""", "token.malformed")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":-1}""", "token.malformed")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":null}""", "token.malformed")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":1789999000}""", "token.expired")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":1790000600,"nbf":1790000061}""", "token.not_yet")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":1790000600,"iat":1790000061}""", "token.not_yet")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":1790090001,"iat":1790000000}""", "token.not_for_us")]
    [InlineData("""{"iss":"https://rialto.test.evil.example","aud":"rialto","exp":1790000600}""", "token.not_for_us")]
    [InlineData("""{"iss":["https://rialto.test"],"aud":"rialto","exp":1790000600}""", "token.malformed")]
    [InlineData("""{"aud":"rialto","exp":1790000600}""", "token.not_for_us")]
    [InlineData("""{"iss":"https://rialto.test","exp":1790000600}""", "token.not_for_us")]
    [InlineData("""{"iss":"https://rialto.test","aud":"Rialto","exp":1790000600}""", "token.not_for_us")]
    [InlineData("""{"iss":"https://rialto.test","aud":["other",7],"exp":1790000600}""", "token.malformed")]
    [InlineData("""{"iss":"https://rialto.test","aud":{"a":"rialto"},"exp":1790000600}""", "token.malformed")]
    [InlineData("""{"iss":"https://rialto.test","aud":"rialto","exp":1790000600,"exp":1890000600}""", "token.malformed")]
    [InlineData("[]", "token.malformed")]
    [InlineData("null", "token.malformed")]
    public void Wrong_claims_are_refused_although_they_are_signed(string claims, string code) => Refused(Token(claims: claims), code);

    [Theory]
    [InlineData("aud", """{"iss":"https://rialto.test","aud":["other","rialto"],"exp":1790000600,"sub":"user:ada"}""")]
    [InlineData("fraction", """{"iss":"https://rialto.test","aud":"rialto","exp":1790000600.75,"sub":"user:ada"}""")]
    [InlineData("skew", """{"iss":"https://rialto.test","aud":"rialto","exp":1789999941,"nbf":1790000060,"sub":"user:ada"}""")]
    public void What_may_vary_may_vary(string why, string claims) => Check().Verify(Token(claims: claims), Now).Needed("sub").ShouldBe("user:ada", why);

    [Fact]
    public void Signatures_of_another_form_are_refused()
    {
        var (signed, good) = Parts();
        var (r, s) = (good[..32], good[32..]);
        byte[] zero = new byte[32], one = [.. new byte[31], 1];
        var forms = new Dictionary<string, byte[]>
        {
            ["both zero"] = [.. zero, .. zero], ["r zero"] = [.. zero, .. s], ["s zero"] = [.. r, .. zero], ["both one"] = [.. one, .. one], ["r is the order"] = [.. Order, .. s],
            ["s is the order"] = [.. r, .. Order], ["both the order"] = [.. Order, .. Order], ["r and order minus s, half"] = [.. r, .. s[..31]], ["a byte more"] = [.. good, 0],
            ["a byte before"] = [0, .. good], ["twice"] = [.. good, .. good], ["r only"] = r, ["swapped"] = [.. s, .. r], ["all bits"] = Enumerable.Repeat((byte)255, 64).ToArray(),
            ["in DER"] = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        };
        foreach (var (name, form) in forms)
            Should.Throw<Refusal>(() => Check().Verify(signed + "." + Base64Url.EncodeToString(form), Now), name).Code.ShouldBe("token.signature_invalid", name);
    }

    [Fact]
    public void Another_spelling_of_the_same_bytes_is_refused()
    {
        var token = Token();
        var (head, signature) = (token[..token.LastIndexOf('.')], token[(token.LastIndexOf('.') + 1)..]);
        // 64 bytes take 86 letters; the last carries four bits that no byte takes.
        var last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(signature[^1]);
        var spelled = signature[..^1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last + 1];
        foreach (var other in new[] { signature + "=", signature + "==", spelled, signature.Insert(8, "\n"), " " + signature, signature + "%3D", signature.Insert(4, "+"), signature.Insert(4, "/") })
            Refused(head + "." + other, "token.malformed");
        foreach (var other in new[] { token + ".", "." + token, token + ".e30", head, head + ".", "..", ".", "", new string('a', 20), token.Replace('.', ':'), new string('a', SignedToken.LongestChars + 1) })
            Refused(other, "token.malformed");
    }

    [Fact]
    public void A_token_of_another_key_is_refused_and_of_a_second_known_one_holds()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = Token(signer: other, header: """{"alg":"ES256","typ":"at+jwt","kid":"two"}""");
        Refused(token, "token.signature_invalid");
        (Check() with { Keys = [VerificationKey.Of("one", key), VerificationKey.Of("two", other)] }).Verify(token, Now).Needed("sub").ShouldBe("user:ada");
        // A key of another name does not help, although it would fit.
        Should.Throw<Refusal>(() => (Check() with { Keys = [VerificationKey.Of("three", other)] }).Verify(token, Now)).Code.ShouldBe("token.signature_invalid");
    }

    [Theory]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""", "token.key_invalid")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}""", "token.key_invalid")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""", "token.key_invalid")]
    [InlineData("""{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp","e":"AQAB"}""", "token.key_weak")]
    [InlineData("""{"kty":"RSA","e":"AQAB"}""", "token.key_invalid")]
    [InlineData("\"text\"", "token.key_invalid")]
    public void Bad_keys_are_refused(string jwk, string code)
    {
        using var document = JsonDocument.Parse(jwk);
        Should.Throw<Refusal>(() => VerificationKey.FromJwk(document.RootElement)).Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"}""")]
    [InlineData("""{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0i"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","use":"enc","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","alg":"ECDH-ES","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""")]
    public void Keys_for_something_else_are_passed_over(string jwk)
    {
        using var document = JsonDocument.Parse(jwk);
        VerificationKey.FromJwk(document.RootElement).ShouldBeNull();
    }

    [Fact]
    public void A_short_shared_secret_is_refused() => Should.Throw<Refusal>(() => VerificationKey.Shared(null, new byte[31])).Code.ShouldBe("token.key_weak");

    private void Refused(string token, string code)
    {
        var refusal = Should.Throw<Refusal>(() => Check().Verify(token, Now), token);
        (refusal.Code, refusal.Status).ShouldBe((code, 401), token);
    }

    private TokenCheck Check() => new()
    {
        Issuer = "https://rialto.test", Audience = "rialto", Type = "at+jwt", Keys = [VerificationKey.Of("one", key)], Algorithms = new HashSet<SignatureAlgorithm> { SignatureAlgorithm.ES256 },
    };

    private (string Signed, byte[] Signature) Parts()
    {
        var token = Token();
        var dot = token.LastIndexOf('.');
        return (token[..dot], StrictBase64Url.Decode(token.AsSpan(dot + 1))!);
    }

    private string Token(string header = """{"alg":"ES256","typ":"at+jwt","kid":"one"}""",
        string claims = """{"iss":"https://rialto.test","aud":"rialto","exp":1790000600,"iat":1790000000,"sub":"user:ada"}""", ECDsa? signer = null)
    {
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Base64Url.EncodeToString((signer ?? key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }
}
