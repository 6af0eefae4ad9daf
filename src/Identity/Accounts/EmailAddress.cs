using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// An address of mail as this platform takes it: a plain <c>local@domain</c> of at most 254 bytes, without quotes, comments or control
/// characters. Two that differ in case only are one; nothing else is folded, since dots and plus signs mean something at some hosts.
/// </summary>
internal sealed record EmailAddress(string Text)
{
    private const int LongestBytes = 254, LongestLocal = 64;

    /// <summary>As addresses are compared.</summary>
    public string Key { get; } = Text.ToLowerInvariant();

    /// <exception cref="Refusal"><c>identity.email_invalid</c>.</exception>
    public static EmailAddress Require(string? text) => TryParse(text) ?? throw new Refusal("identity.email_invalid", "This is no address of mail; write it as name@example.org.", 400);

    public static EmailAddress? TryParse(string? text)
    {
        text = text?.Trim().Normalize() ?? "";
        var at = text.LastIndexOf('@');
        if (at is < 1 or > LongestLocal || System.Text.Encoding.UTF8.GetByteCount(text) > LongestBytes) return null;
        var (local, domain) = (text[..at], text[(at + 1)..]);
        return IsLocal(local) && IsDomain(domain) ? new EmailAddress(text) : null;
    }

    // Letters beyond ASCII are let through (RFC 6531); what could end a header or a command is not.
    private static bool IsLocal(string local) => local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.All(letter => char.IsLetterOrDigit(letter) || letter > 127 && !char.IsControl(letter) && !char.IsWhiteSpace(letter) || "!#$%&'*+/=?^_`{|}~.-".Contains(letter, StringComparison.Ordinal));

    private static bool IsDomain(string domain) => domain.Length is > 0 and <= 253 && domain.Split('.').All(label =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(letter => char.IsLetterOrDigit(letter) || letter == '-'));
}
