using System.Text;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class PasswordHashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Computed with Python's hashlib.pbkdf2_hmac, another implementation.
    [Theory]
    [InlineData("password", "salt", 1, "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce")]
    [InlineData("password", "salt", 2, "e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53cf76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e")]
    [InlineData("password", "salt", 4096, "d197b1b33db0143e018b12f3d1d1479e6cdebdcc97c5c0f87f6902e072f457b5143f30602641b3d55cd335988cb36b84376060ecd532e039b742a239434af2d5")]
    [InlineData("passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4096, "8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71115b59f9e60cd9532fa33e0f75aefe30225c583a186cd82bd4daea9724a3d3b8")]
    public void It_is_pbkdf2_with_hmac_sha_512(string password, string salt, int rounds, string hash) =>
        Convert.ToHexStringLower(PasswordHash.Derive(password, Encoding.ASCII.GetBytes(salt), rounds)).ShouldBe(hash);

    [Fact]
    public async Task The_same_password_is_kept_differently_each_time_with_a_salt_of_32_bytes()
    {
        var (one, two) = (await PasswordHash.MakeAsync("secret", 1000, Cancel), await PasswordHash.MakeAsync("secret", 1000, Cancel));
        one.ShouldNotBe(two);
        var parts = one.Split('$');
        (parts[0], parts[1], Convert.FromBase64String(parts[2]).Length, Convert.FromBase64String(parts[3]).Length).ShouldBe(("pbkdf2-sha512", "1000", 32, 64));
    }

    [Theory]
    [InlineData("secret", "secret", true)]
    [InlineData("secret", "Secret", false)]
    [InlineData("secret", "secret ", false)]
    [InlineData("caf\u00e9", "cafe\u0301", true)]
    [InlineData("パスワード", "パスワード", true)]
    public async Task It_tells_right_from_wrong(string kept, string tried, bool isRight) =>
        (await PasswordHash.CheckAsync(tried, await PasswordHash.MakeAsync(kept, 1000, Cancel), 1000, Cancel)).ShouldBe(isRight ? PasswordVerdict.Right : PasswordVerdict.Wrong);

    [Fact]
    public async Task Other_rounds_than_wanted_are_told()
    {
        var kept = await PasswordHash.MakeAsync("secret", 1000, Cancel);
        (await PasswordHash.CheckAsync("secret", kept, 2000, Cancel)).ShouldBe(PasswordVerdict.RightButOld);
        (await PasswordHash.CheckAsync("wrong", kept, 2000, Cancel)).ShouldBe(PasswordVerdict.Wrong);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("md5$1$AAAA$AAAA")]
    [InlineData("pbkdf2-sha512$many$AAAA$AAAA")]
    public async Task What_is_no_kept_password_opens_to_none(string kept) => (await PasswordHash.CheckAsync(kept, kept, 1000, Cancel)).ShouldBe(PasswordVerdict.Wrong);
}
