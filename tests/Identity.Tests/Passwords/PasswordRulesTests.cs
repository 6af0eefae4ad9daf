using System.Security.Cryptography;
using System.Text;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests;

public sealed class PasswordRulesTests
{
    private static readonly EmailAddress Ada = EmailAddress.Require("ada.lovelace@engines.example");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("short", "short")]
    [InlineData("eleven char", "short")]
    [InlineData("aaaaaaaaaaaaaaaa", "simple")]
    [InlineData("abababababababab", "simple")]
    [InlineData("passwordpassword", "simple")]
    [InlineData("123456789012345", "simple")]
    [InlineData("abcdefghijklmnop", "simple")]
    [InlineData("qwertyuiopasdf", "simple")]
    [InlineData("ponmlkjihgfedcba", "simple")]
    [InlineData("ada.lovelace1815", "personal")]
    [InlineData("Ada.Lovelace@engines.example", "personal")]
    [InlineData("rialtopassword1", "personal")]
    [InlineData("\U0001F600\U0001F601\U0001F602\U0001F603\U0001F604\U0001F605", "short")]
    public async Task These_are_refused_with_the_reason(string password, string reason)
    {
        var refusal = await Should.ThrowAsync<Refusal>(() => Rules().RequireAsync(password, Ada, Cancel));
        (refusal.Code, refusal.Details["reason"]).ShouldBe(("identity.password_weak", reason));
    }

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("four words nobody joined")]
    [InlineData("ßäöü€ 漢字 حروف 123")]
    [InlineData("Tr0ub4dor&3-and-more")]
    [InlineData("lovelace invented loops before computers")]
    [InlineData("no capital and no digit here")]
    public async Task These_are_taken(string password) => await Rules().RequireAsync(password, Ada, Cancel);

    [Fact]
    public async Task A_very_long_one_is_taken_whole()
    {
        var password = string.Concat(Enumerable.Range(0, 90).Select(number => $"word{number} "));
        await Rules().RequireAsync(password, Ada, Cancel);
        var kept = await PasswordHash.MakeAsync(password, 1000, Cancel);
        (await PasswordHash.CheckAsync(password[..^1], kept, 1000, Cancel)).ShouldBe(PasswordVerdict.Wrong);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task A_list_of_stolen_passwords_of_any_size_is_searched_exactly(int count)
    {
        var file = Path.GetTempFileName();
        var sums = Enumerable.Range(0, count).Select(number => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes($"stolen password {number}")))).Order(StringComparer.Ordinal).ToArray();
        try
        {
            foreach (var (end, tail) in new[] { ("\n", ""), ("\r\n", ":12345"), ("\n", ":7") })
            {
                await File.WriteAllTextAsync(file, string.Concat(sums.Select((sum, index) => index % 2 == 0 ? sum + tail + end : sum.ToLowerInvariant() + tail + end)), Cancel);
                for (var number = 0; number < count; number += Math.Max(1, count / 50)) (await BreachedPasswords.ContainsAsync(file, $"stolen password {number}", Cancel)).ShouldBeTrue($"{number} of {count}{tail}");
                for (var number = 0; number < 50; number++) (await BreachedPasswords.ContainsAsync(file, $"good password {number}", Cancel)).ShouldBeFalse();
            }
            (await Should.ThrowAsync<Refusal>(() => Rules(file).RequireAsync("stolen password 0", Ada, Cancel))).Details["reason"].ShouldBe("breached");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_list_that_is_not_there_is_said_and_not_passed_over() =>
        (await Should.ThrowAsync<Refusal>(() => Rules("/no/such/list").RequireAsync("correct horse battery staple", Ada, Cancel))).Code.ShouldBe("identity.breached_list_unreadable");

    private static PasswordRules Rules(string? breached = null) => new(SettingLayers.Read(IdentitySettings.All, null, name => name == "RIALTO_IDENTITY__BREACHED_PASSWORDS" ? breached : null));
}
