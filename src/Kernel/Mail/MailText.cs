using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Kernel;

/// <summary>
/// A message as it travels (RFC 5322, MIME): headers in ASCII, the text in UTF-8 as base64, so that no line is too long, no byte has eight
/// bits and no line is a dot whatever was written.
/// </summary>
internal static class MailText
{
    private const int WordBytes = 42, LineLetters = 76;

    public static string Write(MailMessage message, string from, DateTimeOffset now)
    {
        var domain = from[(from.LastIndexOf('@') + 1)..];
        var text = new StringBuilder();
        void Header(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
        Header("From", $"Rialto <{Line(from)}>");
        Header("To", $"<{Line(message.To)}>");
        Header("Subject", Encode(Line(message.Subject)));
        Header("Date", now.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("Message-ID", $"<{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}@{domain}>");
        Header("MIME-Version", "1.0");
        Header("Content-Type", "text/plain; charset=utf-8");
        Header("Content-Transfer-Encoding", "base64");
        if (message.Language is { } language) Header("Content-Language", Line(language));
        // RFC 3834: nobody's holiday greeting answers this.
        Header("Auto-Submitted", "auto-generated");
        text.Append("\r\n");
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(message.Text.ReplaceLineEndings("\r\n")));
        for (var at = 0; at < body.Length; at += LineLetters) text.Append(body.AsSpan(at, Math.Min(LineLetters, body.Length - at))).Append("\r\n");
        return text.ToString();
    }

    // What a stranger wrote must not begin another header.
    private static string Line(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    /// <summary>Encoded words (RFC 2047), never cutting a letter in two.</summary>
    internal static string Encode(string text)
    {
        if (text.All(char.IsAscii) && text.Length < 60 && !text.Contains("=?", StringComparison.Ordinal)) return text;
        var words = new List<string>();
        var word = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            if (word.Count + bytes.Length > WordBytes) Flush();
            word.AddRange(bytes);
        }
        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(word.ToArray())}?=");
            word.Clear();
        }
    }
}
