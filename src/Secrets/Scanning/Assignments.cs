using System.Buffers;
using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Scanning;

/// <summary>
/// Finds <c>name = value</c> where the name speaks of a secret and the value looks made by a machine. Written by hand because
/// its keywords stand on every second line of ordinary code.
/// </summary>
internal static class Assignments
{
    private const int MaxNameTail = 40;
    private const int MinLength = 10;
    private const int MaxLength = 200;
    private static readonly SearchValues<byte> Value = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_.~!@#%^&*?-"u8);
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<string> HarmlessNames = SearchValues.Create(
        ["public", "pubkey", "keyword", "keyboard", "keyframe", "keypress", "keycode", "keytab", "keystore", "keyfile", "keysize", "keylength", "key_length", "key_size", "keyid", "key_id", "keyname", "key_name",
         "tokenizer", "token_type", "tokentype", "tokenurl", "token_url", "tokenid", "token_file", "tokenfile", "token_count", "max_token", "secretname", "secret_name", "secretid", "secretsid", "secret_length", "secretsize", "csrf", "xsrf",
         "publictoken", "publishable", "monkey", "hotkey", "primary", "foreign", "partition", "cache", "sort", "primarykey", "bucket_key", "object_key", "map", "vault", "checksum", "integrity", "commit", "sha", "sequence", "license", "licence", "site_key", "sitekey", "translation", "i18n", "locale", "password_hash", "passwordhash", "hashed", "credentialid", "credential_id", "path", "url", "uri", "storekey", "public_key", "authenticity", "author", "nonce", "idempot"],
        StringComparison.OrdinalIgnoreCase);

    public static void Find(ReadOnlySpan<byte> text, int at, SecretRule rule, List<Hit> hits)
    {
        var end = at;
        while (end < text.Length && end - at < MaxNameTail && IsName(text[end])) end++;
        var start = AfterOperator(text, end);
        if (start < 0) return;
        var length = text[start..Math.Min(text.Length, start + MaxLength)].IndexOfAnyExcept(Value);
        if (length < 0) length = Math.Min(text.Length - start, MaxLength);
        if (length < MinLength) return;
        length = text.Slice(start, length).TrimEnd((byte)'.').Length;
        if (length < MinLength || text[(start + length)..].StartsWith(".."u8)) return;
        var quoted = start > 0 && text[start - 1] is (byte)'"' or (byte)'\'' or (byte)'`';
        if (!Closes(text, start + length, quoted)) return;
        Span<char> value = stackalloc char[length];
        Latin.Widen(text.Slice(start, length), value);
        if (!LooksMade(value, quoted) || IsHarmless(text, at, end) || !Judgement.IsSecret(rule, value)) return;
        hits.Add(new Hit(rule, start, length));
    }

    private static bool IsHarmless(ReadOnlySpan<byte> text, int at, int end)
    {
        var start = at;
        while (start > 0 && at - start < MaxNameTail && IsName(text[start - 1])) start--;
        Span<char> name = stackalloc char[end - start];
        Latin.Widen(text[start..end], name);
        return name.ContainsAny(HarmlessNames);
    }

    // Over quotes, brackets, blanks and one operator; -1 when no value follows.
    private static int AfterOperator(ReadOnlySpan<byte> text, int at)
    {
        if (at < text.Length && text[at] is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)']') at++;
        if (at < text.Length && text[at] is (byte)']') at++;
        at = SkipBlanks(text, at);
        var from = at;
        while (at < text.Length && at - from < 3 && text[at] is (byte)'=' or (byte)':' or (byte)'>') at++;
        if (at == from) return -1;
        if (at - from == 2 && text[from] == '=' && text[from + 1] == '=') return -1;
        at = SkipBlanks(text, at);
        if (at < text.Length && text[at] is (byte)'"' or (byte)'\'' or (byte)'`') at++;
        return at < text.Length ? at : -1;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        for (var steps = 0; at < text.Length && steps < 8 && text[at] is (byte)' ' or (byte)'\t'; steps++) at++;
        return at;
    }

    private static bool Closes(ReadOnlySpan<byte> text, int at, bool quoted) =>
        at >= text.Length || (quoted ? text[at] is (byte)'"' or (byte)'\'' or (byte)'`' or (byte)'\\' or (byte)'\n' : text[at] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t' or (byte)';' or (byte)',' or (byte)'"' or (byte)'\'' or (byte)'<' or (byte)'\\' or (byte)'.');

    // Letters and digits mixed, not a name, a path, a hash, a UUID, a version or a sentence in disguise.
    private static bool LooksMade(ReadOnlySpan<char> value, bool quoted)
    {
        var digits = 0;
        var letters = 0;
        var dots = 0;
        foreach (var symbol in value)
        {
            if (char.IsAsciiDigit(symbol)) digits++;
            else if (char.IsAsciiLetter(symbol)) letters++;
            else if (symbol is '.' or '/') dots++;
        }
        if (digits < 1 || (digits < 2 && value.Length < 16) || letters < 3 || dots > 2 || (!quoted && value.Contains('.'))) return false;
        if (value.ContainsAny(['(', ')', '&']) || value[0] is '.' or '/' or '#' or '@') return false;
        // An account or contract of a chain is public.
        if (IsUuid(value) || (value.Length == 42 && value.StartsWith("0x"))) return false;
        return !IsWordy(value) && !IsTypedHex(value);
    }

    // A machine writes hexadecimal digits in one case; both in one number were typed by somebody.
    private static bool IsTypedHex(ReadOnlySpan<char> value) =>
        !value.ContainsAnyExcept(HexDigits) && value.ContainsAnyInRange('A', 'F') && value.ContainsAnyInRange('a', 'f');

    private static bool IsUuid(ReadOnlySpan<char> value) => value.Length == 36 && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-';

    // "Key128Bit", "aws-prod-v2", "X25519_key_length": words joined, where changes between letters and digits are few.
    private static bool IsWordy(ReadOnlySpan<char> value)
    {
        var changes = 0;
        for (var index = 1; index < value.Length; index++)
            if (Class(value[index]) != Class(value[index - 1])) changes++;
        return changes * 4 < value.Length || IsJoined(value);
    }

    // Three or more parts, each plain letters with a number after them at most: "id-Gost28147-89-None".
    private static bool IsJoined(ReadOnlySpan<char> value)
    {
        var parts = 0;
        foreach (var range in value.SplitAny('-', '_', '=', '.', '/'))
        {
            parts++;
            var digitsFrom = value[range].IndexOfAnyInRange('0', '9');
            if (digitsFrom >= 0 && value[range][digitsFrom..].ContainsAnyExceptInRange('0', '9')) return false;
        }
        return parts >= 3;
    }

    private static int Class(char symbol) => char.IsAsciiDigit(symbol) ? 1 : char.IsAsciiLetterUpper(symbol) ? 2 : char.IsAsciiLetterLower(symbol) ? 3 : 4;

    private static bool IsName(byte symbol) => char.IsAsciiLetterOrDigit((char)symbol) || symbol is (byte)'_' or (byte)'-' or (byte)'.';
}
