using System.Buffers;
using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Scanning;

/// <summary>Tells secrets from placeholders, names and references to secrets.</summary>
internal static class Judgement
{
    private const int MaxRun = 6;
    private const int MaxSequence = 20;
    private static readonly SearchValues<string> PlaceholderWords = SearchValues.Create(
        ["example", "changeme", "change_me", "change-me", "placeholder", "redacted", "your_", "your-", "yourpass", "yourtoken", "yoursecret", "insert", "replace", "dummy", "sample", "xxxx", "****", "....", "notreal", "not_real", "not-a-", "mypass", "my_pass", "my-pass", "mysecret", "my_secret", "my-secret"],
        StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Reference = SearchValues.Create(["${", "{{", "$(", "#{", "<%", "%(", "}}", "[[", "<"], StringComparison.Ordinal);
    private static readonly HashSet<string> CommonPasswords = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "passwd", "pass", "pwd", "secret", "token", "test", "testing", "admin", "root", "user", "username", "guest", "foo", "bar", "baz", "abc", "abc123", "123", "1234", "12345", "123456",
        "postgres", "mysql", "mypass", "hunter2", "string", "null", "none", "true", "false", "yyy", "zzz", "hello", "world", "pw", "p", "x", "apikey", "api_key", "key", "value", "port", "rabbitmq",
        "mongo", "redis", "default", "demo", "localhost", "passw0rd", "pass123", "secret123", "password123", "s3cr3t", "sekret", "letmein", "qwerty", "credentials", "masterkey", "sysdba", "my-token", "bearer", "basic", "some-token", "sometoken",
    };

    /// <summary>Whether <paramref name="secret"/>, found by <paramref name="rule"/>, is one.</summary>
    public static bool IsSecret(SecretRule rule, ReadOnlySpan<char> secret)
    {
        if (rule.NeedsDigit && !secret.ContainsAnyInRange('0', '9')) return false;
        if (rule.Allows(secret)) return false;
        if (rule.Kind is not RuleKind.Token) return !IsPlaceholder(secret) && Entropy.Of(secret) >= rule.Entropy;
        return !HasRun(secret) && !HasSequence(secret) && Entropy.Of(secret) >= rule.Entropy && !(rule.Id == "google-api-key" && PublishedKeys.Contains(secret));
    }

    /// <summary>Words people write where a secret would stand.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value)
    {
        var trimmed = value.Trim("\"'`$%<>[](){}_-:.!");
        if (trimmed.Length == 0 || value[0] is '$' or '%' or '<') return true;
        if (CommonPasswords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(trimmed)) return true;
        return value.ContainsAny(PlaceholderWords) || value.ContainsAny(Reference) || HasRun(value) || HasSequence(value);
    }

    /// <summary>Whether the alphabet or the digits are recited.</summary>
    public static bool HasSequence(ReadOnlySpan<char> value)
    {
        var run = 1;
        for (var index = 1; index < value.Length; index++)
        {
            run = value[index] == value[index - 1] + 1 ? run + 1 : 1;
            if (run >= MaxSequence) return true;
        }
        return value.Contains("1234-1234", StringComparison.Ordinal);
    }

    /// <summary>Whether one character is repeated as no machine would.</summary>
    public static bool HasRun(ReadOnlySpan<char> value)
    {
        var run = 1;
        for (var index = 1; index < value.Length; index++)
        {
            run = value[index] == value[index - 1] && value[index] is not ('-' or 'A' or '=') ? run + 1 : 1;
            if (run >= MaxRun) return true;
        }
        return false;
    }
}
