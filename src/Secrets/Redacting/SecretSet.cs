using System.Buffers;
using System.Text;
using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Redacting;

/// <summary>Every secret a scan knows, in the disguises it can wear: verbatim, URL-encoded, escaped in JSON, HTML, and inside base64.</summary>
internal sealed class SecretSet
{
    private const int MinLength = 8;
    private const int MinBase64Core = 12;
    private readonly Dictionary<string, (SecretRule Rule, string Secret)> forms = new(StringComparer.Ordinal);
    private SearchValues<string>? search;

    public bool IsEmpty => forms.Count == 0;

    public void Add(SecretRule rule, string secret)
    {
        if (secret.Length < MinLength) return;
        foreach (var form in Forms(secret)) if (form.Length >= MinLength) forms.TryAdd(form, (rule, secret));
        search = null;
    }

    /// <summary>Adds where a known secret stands in <paramref name="text"/>.</summary>
    public void Find(ReadOnlySpan<char> text, List<Scanning.Hit> hits)
    {
        if (IsEmpty) return;
        search ??= SearchValues.Create([.. forms.Keys], StringComparison.Ordinal);
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(search);
            if (next < 0) return;
            at += next;
            var (form, rule) = LongestAt(text[at..]);
            hits.Add(new Scanning.Hit(rule, at, form.Length));
            at += form.Length;
        }
    }

    /// <summary>The secret that <paramref name="text"/> is a form of; the text itself when it is none.</summary>
    public string Unmask(string text) => forms.TryGetValue(text, out var known) ? known.Secret : text;

    private (string Form, SecretRule Rule) LongestAt(ReadOnlySpan<char> text)
    {
        (string Form, SecretRule Rule) best = ("", null!);
        foreach (var (form, known) in forms)
            if (form.Length > best.Form.Length && text.StartsWith(form, StringComparison.Ordinal)) best = (form, known.Rule);
        return best;
    }

    private static IEnumerable<string> Forms(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return System.Net.WebUtility.HtmlEncode(secret);
        yield return System.Text.Json.JsonEncodedText.Encode(secret).ToString();
        yield return secret.Replace("/", "\\/", StringComparison.Ordinal);
        yield return secret.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(secret);
        for (var shift = 0; shift < 3; shift++)
        {
            // The letters of base64 that depend on the secret alone, whatever stands before and after it.
            var encoded = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var from = shift == 0 ? 0 : shift + 1;
            var to = (shift + bytes.Length) * 8 / 6;
            if (to - from < MinBase64Core) continue;
            yield return encoded[from..to];
            yield return encoded[from..to].Replace('+', '-').Replace('/', '_');
        }
    }
}
