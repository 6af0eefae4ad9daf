namespace Rialto.Secrets.Scanning;

/// <summary>Shannon's entropy, −Σ p·log₂ p over the characters of a text.</summary>
internal static class Entropy
{
    private const int Small = 256;

    /// <summary>Bits per character; 0 for an empty text.</summary>
    public static double Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Small];
        counts.Clear();
        foreach (var symbol in text) counts[symbol & (Small - 1)]++;
        var sum = 0.0;
        foreach (var count in counts)
            if (count > 0) sum += count * Math.Log2(count);
        return text.Length == 0 ? 0 : Math.Log2(text.Length) - sum / text.Length;
    }
}
