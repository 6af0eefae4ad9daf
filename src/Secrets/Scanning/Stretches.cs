namespace Rialto.Secrets.Scanning;

/// <summary>The parts of a text that one rule's pattern has to look at. Neighbouring surroundings are one, so that no letter is matched twice however often a keyword is repeated.</summary>
internal sealed class Stretches
{
    private const int MaxWordChars = 1024;
    private readonly List<(int Start, int End)> places = [];

    /// <summary>What the quick looks have found out.</summary>
    public SeenText Seen { get; } = new();

    /// <summary>Adds surroundings; they come from left to right.</summary>
    public void Note(int start, int end)
    {
        if (places.Count > 0 && places[^1].End >= start) places[^1] = (places[^1].Start, Math.Max(places[^1].End, end));
        else places.Add((start, end));
    }

    /// <summary>The parts, cut between words: half a word at their edge would look like a whole one to a pattern.</summary>
    public IReadOnlyList<(int Start, int End)> BetweenWords(ReadOnlySpan<byte> text)
    {
        var whole = new List<(int Start, int End)>(places.Count);
        foreach (var place in places)
        {
            var (start, end) = (WordBegin(text, place.Start), WordEnd(text, place.End));
            if (whole.Count > 0 && whole[^1].End >= start) whole[^1] = (whole[^1].Start, Math.Max(whole[^1].End, end));
            else whole.Add((start, end));
        }
        return whole;
    }

    private static int WordBegin(ReadOnlySpan<byte> text, int at)
    {
        for (var steps = 0; steps < MaxWordChars && at > 0 && at < text.Length && IsWord(text[at]) && IsWord(text[at - 1]); steps++) at--;
        return at;
    }

    private static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        for (var steps = 0; steps < MaxWordChars && at > 0 && at < text.Length && IsWord(text[at - 1]) && IsWord(text[at]); steps++) at++;
        return at;
    }

    private static bool IsWord(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'+' or (byte)'/' or (byte)'-';
}
