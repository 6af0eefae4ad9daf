using System.Text.RegularExpressions;

namespace Rialto.Kernel;

/// <summary>
/// The last gate before a log line leaves: credentials, tokens, keys, passwords in connection strings and addresses, cookies and e-mail addresses go.
/// Whoever logs should not have put them there; this is for when somebody did, or when a library's exception does.
/// </summary>
public static class LogRedaction
{
    private const int LongestText = 32 * 1024;
    private const string Mark = Redaction.Mark;

    // Words in the names of values whose content is never written, however it looks.
    private static readonly string[] SecretNames = ["password", "passwd", "pwd", "passphrase", "secret", "token", "authorization", "cookie", "apikey", "api_key", "privatekey", "private_key", "credential", "connectionstring"];

    private static readonly LinearPattern Tokens = new(
        @"\b(rlt_[A-Za-z0-9_-]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}|[rs]k_(live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{10,}"
        + @"|sk-[A-Za-z0-9_-]{20,}|(AKIA|ASIA)[0-9A-Z]{16}|AIza[A-Za-z0-9_-]{30,}|npm_[A-Za-z0-9]{30,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,})");

    private static readonly LinearPattern Schemes = new(@"\b(bearer|basic|token)\s+[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase);

    // password=…; in a connection string, "token": "…" in JSON, ?access_token=… in an address, --secret … on a command line.
    private static readonly LinearPattern Named = new(
        @"((password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|signature|credential)[A-Za-z0-9_]*[""']?\s*[=:]\s*)(""[^""]*""|'[^']*'|[^\s;,&""'<>}\])]+)", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Cookies = new(@"\b((set-)?cookie:)[^\r\n]*", RegexOptions.IgnoreCase);

    private static readonly LinearPattern PrivateKeys = new(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\s]*(-----END [A-Z ]*PRIVATE KEY-----)?");

    private static readonly LinearPattern Mail = new(@"[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}");

    /// <summary><paramref name="text"/> as it may be written; cut after 32 K characters.</summary>
    public static string Clean(string text)
    {
        if (text.Length == 0) return text;
        if (text.Length > LongestText) text = text[..LongestText] + " …";
        text = Redaction.Clean(text);
        text = PrivateKeys.Replace(text, Mark);
        text = Cookies.Replace(text, "$1 " + Mark);
        text = Schemes.Replace(text, "$1 " + Mark);
        text = Tokens.Replace(text, Mark);
        text = Named.Replace(text, "$1" + Mark);
        return text.Contains('@', StringComparison.Ordinal) ? Mail.Replace(text, Mark + "@" + Mark) : text;
    }

    /// <summary>True when a value of this name is not written at all.</summary>
    public static bool IsSecretName(string name)
    {
        foreach (var word in SecretNames)
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
