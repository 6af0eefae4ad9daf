using System.Text.RegularExpressions;

namespace Rialto.Kernel;

/// <summary>Hides who a person is in words that others may read: the shape stays, so that two rows about one person still look alike to who works with them.</summary>
public static partial class PersonalData
{
    /// <summary>Permission to see personal data in full where a list or an export would mask it.</summary>
    public const string Permission = "personal.read";

    /// <summary><paramref name="text"/> with e-mail addresses, telephone numbers and network addresses masked.</summary>
    public static string Mask(string text)
    {
        if (text.Contains('@', StringComparison.Ordinal)) text = Emails().Replace(text, match => MaskEmail(match.Value));
        text = Phones().Replace(text, match => MaskPhone(match.Value));
        text = Addresses4().Replace(text, match => match.Value[..match.Value.LastIndexOf('.')] + ".x");
        return Addresses6().Replace(text, match => MaskAddress6(match.Value));
    }

    /// <summary><c>ada@example.org</c> becomes <c>a***@example.org</c>.</summary>
    public static string MaskEmail(string address) => address.LastIndexOf('@') is > 0 and var at ? $"{FirstOf(address)}***{address[at..]}" : "***";

    /// <summary><c>+44 20 7946 0958</c> becomes <c>+44 *** 58</c>.</summary>
    public static string MaskPhone(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length < 7 ? "***" : $"{(number.StartsWith('+') ? "+" : "")}{digits[..2]} *** {digits[^2..]}";
    }

    /// <summary><c>Ada Lovelace</c> becomes <c>A*** L***</c>.</summary>
    public static string MaskName(string name) => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => FirstOf(part) + "***"));

    /// <summary>The first character as a reader sees it.</summary>
    private static string FirstOf(string text) => System.Globalization.StringInfo.GetNextTextElement(text);

    private static string MaskAddress6(string address) => System.Net.IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
        ? string.Join(':', Convert.ToHexStringLower(parsed.GetAddressBytes().AsSpan(0, 6)).Chunk(4).Select(part => new string(part))) + "::x"
        : address;

    [GeneratedRegex(@"[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+", RegexOptions.NonBacktracking)]
    private static partial Regex Emails();

    // International form only: a plain run of digits is far more often an id or an amount.
    [GeneratedRegex(@"\+[1-9][0-9]{0,2}(?:[ .()-]{0,2}[0-9]){6,12}", RegexOptions.NonBacktracking)]
    private static partial Regex Phones();

    [GeneratedRegex(@"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Addresses4();

    [GeneratedRegex(@"[0-9a-fA-F]{0,4}:[0-9a-fA-F:]{2,38}", RegexOptions.NonBacktracking)]
    private static partial Regex Addresses6();
}
