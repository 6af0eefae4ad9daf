using Rialto.Kernel;
using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Secrets.Scanning;

/// <summary>
/// What stands around a hit, and where, can prove that it guards nothing. Looked at only for hits, so it costs nothing elsewhere.
/// A value with its vendor's own mark (<c>ghp_</c>, <c>AKIA</c>) is believed everywhere except where its vendor says that it is public.
/// </summary>
internal static class Circumstances
{
    private const int Near = 600;

    /// <summary>Rules that go by a name beside the value: in tests such values are made up. A private key or a token that can be read as one is believed there too.</summary>
    private static readonly HashSet<string> ByNameOnly = ["generic-secret", "basic-auth-header", "curl-header"];

    /// <param name="hit">What a rule found.</param>
    /// <param name="text">The whole text, one byte per letter.</param>
    /// <param name="path">Where it stands.</param>
    public static bool ShowHarmless(Hit hit, ReadOnlySpan<byte> text, string path)
    {
        var rule = hit.Rule.Id;
        var from = Math.Max(0, hit.Start - Near);
        var before = Encoding.Latin1.GetString(text[from..hit.Start]);
        var secret = Encoding.Latin1.GetString(text.Slice(hit.Start, hit.Length));
        var after = Encoding.Latin1.GetString(text[hit.End..Math.Min(text.Length, hit.End + Near)]);
        var line = before[(before.LastIndexOf('\n') + 1)..];
        return rule switch
        {
            _ when ByNameOnly.Contains(rule) && TestPath.IsMatch(path) => true,
            // Google: keys of Firebase services are public by design and identify the app only.
            "google-api-key" => FirebaseFile.IsMatch(path) || Firebase.Find(before + after).Count >= 2,
            // Algolia: a search-only key belongs into the page.
            "generic-secret" when secret.Length == 32 && DocSearch.IsMatch(before + after) => true,
            "generic-secret" => Prose.IsMatch(path) && (Made.IsMatch(line) || MakesOne(before + after)) || IsPlainText(secret),
            "jwt" => IsSampleToken(secret),
            "basic-auth-header" or "curl-header" => IsPlainLogin(secret),
            "connection-string" => LocalServer.IsMatch(line) && !secret.Any(char.IsWhiteSpace),
            _ => false,
        };
    }

    /// <summary>A page that tells how to make such a value shows what came out.</summary>
    private static bool MakesOne(string around) =>
        around.Contains("token_hex(", StringComparison.Ordinal) || around.Contains("token_urlsafe(", StringComparison.Ordinal) || around.Contains("openssl rand", StringComparison.Ordinal) || around.Contains("os.urandom(", StringComparison.Ordinal);

    /// <summary>The sample payload of the format's own web site, and of every tutorial since.</summary>
    private static bool IsSampleToken(string token) =>
        token.Split('.') is [_, var payload, ..] && Decoded(payload.Replace('-', '+').Replace('_', '/')) is { } text
        && (text.Contains("\"John Doe\"", StringComparison.Ordinal) || text.Contains("\"sub\":\"1234567890\"", StringComparison.Ordinal) || text.Contains("\"Jane Doe\"", StringComparison.Ordinal));

    /// <summary>A login that anybody would guess, or that the standard itself prints.</summary>
    private static bool IsPlainLogin(string login) =>
        Decoded(login) is { } text && text.IndexOf(':') is > 0 and var colon && (Judgement.IsPlaceholder(text.AsSpan(colon + 1)) || text.AsSpan(colon + 1).Trim() is "OpenSesame" or "open sesame" || text.AsSpan(0, colon).SequenceEqual(text.AsSpan(colon + 1)));

    /// <summary>Words in base64: nobody's key decodes to letters and blanks.</summary>
    private static bool IsPlainText(string value) => Decoded(value) is { Length: >= 6 } text && text.Trim().All(letter => char.IsAsciiLetter(letter) || letter is ' ' or '_');

    private static string? Decoded(string value)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '='), bytes, out var count)) return null;
        var text = Encoding.Latin1.GetString(bytes, 0, count);
        return text.All(letter => letter is >= ' ' and <= '~' or '\n' or '\r' or '\t') ? text : null;
    }

    private static readonly LinearPattern TestPath = new(@"(?i)(?:^|/)(?:tests?|__tests__|spec|specs|testdata|test-data|fixtures?|__fixtures__|testing|__snapshots__)/|[_.](?:test|spec)\.[a-z]+$|(?:^|/)test_[^/]*\.py$|Tests?\.(?:cs|java|kt|swift)$|\.snap$");
    private static readonly LinearPattern FirebaseFile = new(@"(?:^|/)(?:google-services(?:-[\w.]+)?\.json|GoogleService-Info(?:-[\w.]+)?\.plist|firebase_options\.dart)$");
    private static readonly LinearPattern Firebase = new(@"authDomain|messagingSenderId|storageBucket|\.firebaseapp\.com|\.firebaseio\.com|firebase_url|mobilesdk_app_id|measurementId");
    private static readonly LinearPattern DocSearch = new(@"(?i)docsearch|indexName|algolia");
    private static readonly LinearPattern Prose = new(@"(?i)\.(?:md|mdx|markdown|rst|adoc|asciidoc|org)$");
    private static readonly LinearPattern Made = new(@"(?i)\bgenerated\s+(?:[a-z]+\s+)?(?:password|key|token|secret)\b");
    private static readonly LinearPattern LocalServer = new(@"(?i)(?:server|data source|host|initial catalog)\s*=\s*(?:tcp:)?(?:localhost|127\.0\.0\.1|\(local(?:db)?\)|\.|\[?::1\]?)(?:[;,:\\\s/]|$)");
}
