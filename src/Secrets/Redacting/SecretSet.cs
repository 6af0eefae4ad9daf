using System.Text;
using Rialto.Secrets.Rules;

namespace Rialto.Secrets.Redacting;

/// <summary>Every secret a scan knows, in the disguises it can wear: verbatim, URL-encoded, escaped in JSON, HTML, and inside base64.</summary>
internal sealed class SecretSet
{
    private const int MinLength = 8;
    private const int MinBase64Core = 12;
    private readonly Dictionary<string, (SecretRule Rule, string Secret)> forms = new(StringComparer.Ordinal);
    private Search? index;

    public bool IsEmpty => forms.Count == 0;

    public void Add(SecretRule rule, string secret)
    {
        if (secret.Length < MinLength) return;
        foreach (var form in Forms(secret)) if (form.Length >= MinLength) forms.TryAdd(form, (rule, secret));
        index = null;
    }

    /// <summary>Adds where a known secret stands in a text.</summary>
    /// <param name="letters">The text; empty when its bytes say it all.</param>
    /// <param name="bytes">The same as one byte per letter.</param>
    /// <param name="hits">Where they are added.</param>
    public void Find(ReadOnlySpan<char> letters, ReadOnlySpan<byte> bytes, List<Scanning.Hit> hits)
    {
        if (IsEmpty) return;
        var search = index ?? Build();
        for (var at = search.Words.Next(bytes, 0); at >= 0; at = search.Words.Next(bytes, at))
        {
            var longest = search.Longest(letters, bytes, at);
            if (longest.Length > 0) hits.Add(new Scanning.Hit(forms[longest].Rule, at, longest.Length));
            at += Math.Max(1, longest.Length);
        }
    }

    /// <summary>The secret that <paramref name="text"/> is a form of; the text itself when it is none.</summary>
    public string Unmask(string text) => forms.TryGetValue(text, out var known) ? known.Secret : text;

    private Search Build() => index = new Search([.. forms.Keys]);

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

    /// <summary>Forms in order: those that go on as a text does are neighbours, so a thousand tokens that begin alike cost as much as one.</summary>
    private sealed class Search
    {
        private readonly string[] sorted;

        public Search(string[] forms)
        {
            sorted = forms;
            Array.Sort(sorted, StringComparer.Ordinal);
            Words = new(sorted);
        }

        public Scanning.WordIndex Words { get; }

        /// <summary>The longest form that stands at a place; empty when there is none. Letters outside Latin-1 are told apart in the text itself.</summary>
        public string Longest(ReadOnlySpan<char> letters, ReadOnlySpan<byte> bytes, int at)
        {
            var longest = "";
            var (low, high) = (0, sorted.Length);
            for (var depth = 0; low < high && at + depth < bytes.Length; depth++)
            {
                var letter = letters.IsEmpty ? (char)bytes[at + depth] : letters[at + depth];
                (low, high) = (First(low, high, depth, letter), First(low, high, depth, letter + 1));
                if (low < high && sorted[low].Length == depth + 1) longest = sorted[low];
            }
            return longest;
        }

        /// <summary>The first form of a range whose letter at <paramref name="depth"/> is not before <paramref name="letter"/>; one that is too short comes before all.</summary>
        private int First(int low, int high, int depth, int letter)
        {
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sorted[middle].Length <= depth || sorted[middle][depth] < letter) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
