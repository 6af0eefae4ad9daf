using Rialto.Kernel;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>
/// A licence text as the words that matter, after the spirit of SPDX's matching guidelines: case, punctuation, markup, list
/// signs, copyright lines, the appendix on how to apply it and spelling variants make no difference.
/// </summary>
internal static class LicenceWords
{
    /// <summary>Longer files are not licences; what follows is not looked at.</summary>
    public const int LargestTextChars = 512 * 1024;

    private static readonly Dictionary<string, string> Equivalents = new()
    {
        ["licence"] = "license", ["licences"] = "licenses", ["licenced"] = "licensed", ["sublicence"] = "sublicense", ["licencing"] = "licensing",
        ["acknowledgement"] = "acknowledgment", ["favour"] = "favor", ["merchantibility"] = "merchantability", ["organisation"] = "organization",
        ["https"] = "http", ["owner"] = "holder", ["owners"] = "holders", ["judgement"] = "judgment", ["whilst"] = "while", ["fulfilment"] = "fulfillment",
    };

    /// <summary>The words, hashed to 32 bits, in order.</summary>
    public static List<uint> Of(string text)
    {
        var words = new List<uint>(text.Length / 6);
        var alternate = Equivalents.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[64];
        foreach (var line in Lines(text))
        {
            var first = true;
            foreach (var part in Word.Find(line))
            {
                var word = line.AsSpan(part.Index, Math.Min(part.Length, lower.Length));
                // (a), 1., iv) at the start of a line number it, they say nothing.
                var isNumbering = first && part.Length <= 4 && Numbering.IsMatch(line);
                first = false;
                if (isNumbering) continue;
                word.ToLowerInvariant(lower);
                var plain = lower[..word.Length];
                words.Add(Hash(alternate.TryGetValue(plain, out var same) ? same : plain));
            }
        }
        return words;
    }

    /// <summary>The lines that are part of the licence proper, without markup.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        if (text.Length > LargestTextChars) text = text[..LargestTextChars];
        if (Html.IsMatch(text.AsSpan(0, Math.Min(text.Length, 4096)))) text = WebUtility.HtmlDecode(Tag.Replace(Skipped.Replace(text, " "), "\n"));
        text = Link.Replace(text.Replace('\u00a0', ' ').Replace("&lt;", "<").Replace("&gt;", ">"), "$1");
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Trim(' ', '\t', '\r', '\ufeff', '*', '#', '>', '/', ';', '_', '=', '-', '|', '`', '~', '\f', '.', '•', '·', '"', '“', '”');
            if (line.Length == 0 || CopyrightLine.IsMatch(line) || ReservedLine.IsMatch(line)) continue;
            if (line.StartsWith("END OF TERMS AND CONDITIONS", StringComparison.OrdinalIgnoreCase)) yield break;
            yield return line;
        }
    }

    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var c in word) hash = (hash ^ c) * 16777619u;
        return hash;
    }

    /// <summary>UTF-8, or Latin-1 where the bytes are none.</summary>
    public static string Decode(ReadOnlySpan<byte> content)
    {
        content = BinaryContent.AsUtf8(content);
        try { return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content); }
        catch (DecoderFallbackException) { return Encoding.Latin1.GetString(content); }
    }

    private static readonly LinearPattern Word = new("[A-Za-z0-9]+");

    private static readonly LinearPattern Numbering = new(@"\A\(?(?:[a-z]|[0-9]{1,2}|[ivx]{1,4})[.)]", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Html = new(@"<(?:!doctype html|html|body|head|p|div|pre)\b", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Skipped = new(@"<(?:style|script|title)\b[^>]*>[^<]*", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Tag = new("</?[a-zA-Z!][^<>]*>");

    private static readonly LinearPattern Link = new(@"\[([^\]\[]*)\]\([^)\s]*\)");

    private static readonly LinearPattern CopyrightLine = new(@"\A(?:portions )?(?:(?:copyright|copr\.)\s*(?:\(c\)|©|&copy;|[0-9<\[{]|by\b|.*[12][0-9]{3}|holder:)|\(c\)\s|©|@copyright)", RegexOptions.IgnoreCase);

    private static readonly LinearPattern ReservedLine = new(@"\Aall rights reserved\W*\z", RegexOptions.IgnoreCase);
}
