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
    private static readonly SearchValues<char> Value = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_.~!@#%^&*?-");
    private static readonly SearchValues<string> HarmlessNames = SearchValues.Create(
        ["public", "pubkey", "keyword", "keyboard", "keyframe", "keypress", "keycode", "keytab", "keystore", "keyfile", "keysize", "keylength", "key_length", "key_size", "keyid", "key_id", "keyname", "key_name",
         "tokenizer", "token_type", "tokentype", "tokenurl", "token_url", "tokenid", "token_file", "tokenfile", "token_count", "max_token", "secretname", "secret_name", "secretid", "secretsid", "secret_length", "secretsize", "csrf", "xsrf",
         "publictoken", "publishable", "monkey", "hotkey", "primary", "foreign", "partition", "cache", "sort", "primarykey", "bucket_key", "object_key", "map", "vault", "checksum", "integrity", "commit", "sha", "sequence", "license", "licence", "site_key", "sitekey", "translation", "i18n", "locale", "password_hash", "passwordhash", "hashed", "credentialid", "credential_id", "path", "url", "uri", "storekey", "public_key", "authenticity", "author", "nonce", "idempot"],
        StringComparison.OrdinalIgnoreCase);

    public static void Find(ReadOnlySpan<char> text, int at, SecretRule rule, List<Hit> hits)
    {
        var name = at;
        while (name > 0 && at - name < MaxNameTail && IsName(text[name - 1])) name--;
        var end = at;
        while (end < text.Length && end - at < MaxNameTail && IsName(text[end])) end++;
        var start = AfterOperator(text, end);
        if (start < 0) return;
        var length = text[start..Math.Min(text.Length, start + MaxLength)].IndexOfAnyExcept(Value);
        if (length < 0) length = Math.Min(text.Length - start, MaxLength);
        var value = text.Slice(start, length).TrimEnd('.');
        if (value.Length < MinLength || text[(start + value.Length)..].StartsWith("..") || text[name..end].ContainsAny(HarmlessNames)) return;
        var quoted = start > 0 && text[start - 1] is '"' or '\'' or '`';
        if (!Closes(text, start + value.Length, quoted) || !LooksMade(value, quoted) || !Judgement.IsSecret(rule, value)) return;
        hits.Add(new Hit(rule, start, value.Length));
    }

    // Over quotes, brackets, blanks and one operator; -1 when no value follows.
    private static int AfterOperator(ReadOnlySpan<char> text, int at)
    {
        if (at < text.Length && text[at] is '"' or '\'' or '`' or ']') at++;
        if (at < text.Length && text[at] is ']') at++;
        at = SkipBlanks(text, at);
        var from = at;
        while (at < text.Length && at - from < 3 && text[at] is '=' or ':' or '>') at++;
        if (at == from) return -1;
        if (at - from == 2 && text[from] == '=' && text[from + 1] == '=') return -1;
        at = SkipBlanks(text, at);
        if (at < text.Length && text[at] is '"' or '\'' or '`') at++;
        return at < text.Length ? at : -1;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        for (var steps = 0; at < text.Length && steps < 8 && text[at] is ' ' or '\t'; steps++) at++;
        return at;
    }

    private static bool Closes(ReadOnlySpan<char> text, int at, bool quoted) =>
        at >= text.Length || (quoted ? text[at] is '"' or '\'' or '`' or '\\' or '\n' : text[at] is '\n' or '\r' or ' ' or '\t' or ';' or ',' or '"' or '\'' or '<' or '\\' or '.');

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
        return !IsWordy(value);
    }

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

    private static bool IsName(char symbol) => char.IsAsciiLetterOrDigit(symbol) || symbol is '_' or '-' or '.';
}
