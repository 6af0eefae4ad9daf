namespace Rialto.Secrets.Scanning;

/// <summary>
/// What is known of the surroundings of one rule's keywords, which overlap when a keyword is repeated: each letter is searched once per
/// question, however often its neighbourhood is asked about, so that a text made of nothing but keywords costs no more than its length.
/// </summary>
internal sealed class SeenText
{
    private readonly List<(int Found, int Searched)> answers = [];

    /// <summary>Letters looked at so far: the measure by which tests tell a linear scan from another.</summary>
    public long Letters { get; private set; }

    public void Look(int letters) => Letters += letters;

    /// <summary>Finds where something of a known length begins in a text, or -1.</summary>
    public delegate int Search(ReadOnlySpan<byte> text, int length);

    /// <summary>Whether the thing that <paramref name="search"/> finds stands whole between two places. Neither place may move to the left from call to call.</summary>
    /// <param name="question">Its number among the questions of this rule.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="from">The first letter that counts.</param>
    /// <param name="until">The first that counts no more.</param>
    /// <param name="length">How long the thing is.</param>
    /// <param name="search">Finds the first one.</param>
    public bool Holds(int question, ReadOnlySpan<byte> text, int from, int until, int length, Search search)
    {
        while (answers.Count <= question) answers.Add((-1, 0));
        var (found, searched) = answers[question];
        if (found >= from) return found + length <= until;
        var begin = Math.Max(from, searched - (length - 1));
        if (begin >= until) return false;
        var at = search(text[begin..until], length);
        Look((at < 0 ? until - begin : at + length));
        answers[question] = at < 0 ? (-1, until) : (begin + at, begin + at + length);
        return at >= 0;
    }
}
