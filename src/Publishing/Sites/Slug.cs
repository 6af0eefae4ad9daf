using System.Text;

namespace Rialto.Publishing;

/// <summary>Words as a label of a host name.</summary>
internal static class Slug
{
    /// <summary>Lower-case ASCII letters and digits with single hyphens, at most <paramref name="longest"/>; empty when nothing is left.</summary>
    public static string Of(string words, int longest)
    {
        var label = new StringBuilder();
        foreach (var letter in words.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)) label.Append(letter);
            else if (label.Length > 0 && label[^1] != '-') label.Append('-');
            if (label.Length == longest) break;
        }
        return label.ToString().Trim('-');
    }
}
