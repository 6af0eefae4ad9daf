using System.Security.Cryptography;
using System.Text;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, all three algorithms with their own secrets.
    [Theory]
    [InlineData(59, "94287082", "46119246", "90693936")]
    [InlineData(1111111109, "07081804", "68084774", "25091201")]
    [InlineData(1111111111, "14050471", "67062674", "99943326")]
    [InlineData(1234567890, "89005924", "91819424", "93441116")]
    [InlineData(2000000000, "69279037", "90698825", "38618901")]
    [InlineData(20000000000, "65353130", "77737706", "47863826")]
    public void The_codes_are_those_of_rfc_6238(long seconds, string sha1, string sha256, string sha512)
    {
        var step = Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds));
        Totp.Code(Secret, step, 8).ShouldBe(sha1);
        Totp.Code(Encoding.ASCII.GetBytes("12345678901234567890123456789012"), step, 8, HashAlgorithmName.SHA256).ShouldBe(sha256);
        Totp.Code(Encoding.ASCII.GetBytes("1234567890123456789012345678901234567890123456789012345678901234"), step, 8, HashAlgorithmName.SHA512).ShouldBe(sha512);
    }

    // RFC 4226, appendix D.
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(2, "359152")]
    [InlineData(3, "969429")]
    [InlineData(4, "338314")]
    [InlineData(5, "254676")]
    [InlineData(6, "287922")]
    [InlineData(7, "162583")]
    [InlineData(8, "399871")]
    [InlineData(9, "520489")]
    public void The_codes_of_counters_are_those_of_rfc_4226(long counter, string code) => Totp.Code(Secret, counter).ShouldBe(code);

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_half_a_minute_off_and_no_more(int steps, bool isTaken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_010);
        (Totp.Match(Secret, Totp.Code(Secret, Totp.StepOf(now) + steps), now) == Totp.StepOf(now) + steps).ShouldBe(isTaken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("١٢٣٤٥٦")]
    public void What_is_no_code_matches_nothing(string code) => Totp.Match(Secret, code, DateTimeOffset.UnixEpoch.AddYears(50)).ShouldBeNull();

    // RFC 4648, section 10, without the padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_rfc_4648(string text, string base32) => Base32.Write(Encoding.ASCII.GetBytes(text)).ShouldBe(base32);

    [Fact]
    public void The_address_for_authenticators_names_account_and_secret() =>
        Totp.UriOf("ada@example.org", Secret).ShouldBe("otpauth://totp/Rialto:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Rialto&algorithm=SHA1&digits=6&period=30");
}
