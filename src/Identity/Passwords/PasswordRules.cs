using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// What a password must be (NIST SP 800-63B, ASVS 5.0 chapter 6): long enough, not known to have been stolen, not made of the address or of repetition. No rule
/// about kinds of characters, and none about changing it from time to time.
/// </summary>
internal sealed class PasswordRules(SettingLayers settings)
{
    public const int Longest = 1000;
    private static readonly string[] Sequences = ["abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", "01234567890123456789"];

    /// <exception cref="Refusal"><c>identity.password_weak</c>, with the reason as a detail.</exception>
    public async Task RequireAsync(string password, EmailAddress of, CancellationToken cancel)
    {
        var shortest = settings.Get(IdentitySettings.ShortestPassword);
        var text = password.Normalize();
        if (text.EnumerateRunes().Count() < shortest) throw Weak("short", $"A password has at least {shortest} characters; a few words that you alone put together are good.");
        if (IsRepetition(text) || IsSequence(text)) throw Weak("simple", "This password repeats itself or follows the keyboard; choose one that nobody guesses.");
        if (IsMadeOf(text, of)) throw Weak("personal", "This password is made of your address; choose one that has nothing to do with you.");
        if (settings.Get(IdentitySettings.BreachedPasswords) is { Length: > 0 } file && await BreachedPasswords.ContainsAsync(file, text, cancel))
            throw Weak("breached", "This password is in a list of stolen ones; choose another, and change it wherever else you use it.");
    }

    internal static bool IsRepetition(string text)
    {
        if (text.EnumerateRunes().Distinct().Count() < 5) return true;
        for (var length = 1; length <= text.Length / 2; length++)
            if (text.Length % length == 0 && Enumerable.Range(length, text.Length - length).All(at => text[at] == text[at - length])) return true;
        return false;
    }

    internal static bool IsSequence(string text)
    {
        var low = text.ToLowerInvariant();
        return Sequences.Any(line => Runs(low, line) || Runs(low, string.Concat(line.Reverse())));
    }

    internal static bool IsMadeOf(string text, EmailAddress of)
    {
        var low = text.ToLowerInvariant();
        var rest = new[] { of.Key, of.Key[..of.Key.LastIndexOf('@')], of.Key[(of.Key.LastIndexOf('@') + 1)..], "rialto", "password", "passwort" }
            .Where(part => part.Length >= 4).Aggregate(low, (left, part) => left.Replace(part, "", StringComparison.Ordinal));
        return rest.Length < low.Length && rest.Count(char.IsLetter) < 4 && rest.Length < 8;
    }

    // At least three quarters of it walk along the line.
    private static bool Runs(string text, string line)
    {
        var steps = 0;
        for (var at = 1; at < text.Length; at++)
            if (line.IndexOf(text[at - 1], StringComparison.Ordinal) is >= 0 and var here && here + 1 < line.Length && line[here + 1] == text[at]) steps++;
        return steps * 4 >= (text.Length - 1) * 3;
    }

    private static Refusal Weak(string reason, string words) => new("identity.password_weak", words, 422) { Details = new Dictionary<string, string> { ["reason"] = reason } };
}
