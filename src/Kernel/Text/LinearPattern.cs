using System.Text.RegularExpressions;

namespace Rialto.Kernel;

/// <summary>
/// A regular expression that is known only at run time, quick on ordinary text and linear on hostile text. The ordinary engine is ready at once
/// but may backtrack without end, so it gets a moment only; when that is over, the linear engine answers, here and from then on. Both engines
/// find the same matches. Safe for concurrent use.
/// </summary>
/// <param name="pattern">An expression that both engines know: no backreference, no lookaround.</param>
/// <param name="options">Options of the expression; the culture never counts.</param>
public sealed class LinearPattern(string pattern, RegexOptions options = RegexOptions.None)
{
    private static readonly TimeSpan QuickTimeout = TimeSpan.FromMilliseconds(100);
    private readonly Lazy<Regex> quick = new(() => new Regex(pattern, options | RegexOptions.CultureInvariant, QuickTimeout));
    private readonly Lazy<Regex> linear = new(() => new Regex(pattern, options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking));
    private volatile bool isHard;

    /// <summary>Whether it matches anywhere in <paramref name="text"/>.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        try
        {
            return Engine.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            isHard = true;
            return Engine.IsMatch(text);
        }
    }

    /// <summary>The first match in <paramref name="text"/>, with its groups.</summary>
    public Match Match(string text)
    {
        try
        {
            return Engine.Match(text);
        }
        catch (RegexMatchTimeoutException)
        {
            isHard = true;
            return Engine.Match(text);
        }
    }

    /// <summary>Where it matches, from left to right, without overlaps.</summary>
    public List<(int Index, int Length)> Find(ReadOnlySpan<char> text)
    {
        try
        {
            return Collect(Engine, text);
        }
        catch (RegexMatchTimeoutException)
        {
            isHard = true;
            return Collect(Engine, text);
        }
    }

    /// <summary>All matches in <paramref name="text"/>, with their groups.</summary>
    public IReadOnlyList<Match> Matches(string text)
    {
        try
        {
            return Engine.Matches(text).Cast<Match>().ToArray();
        }
        catch (RegexMatchTimeoutException)
        {
            isHard = true;
            return Engine.Matches(text).Cast<Match>().ToArray();
        }
    }

    /// <summary><paramref name="text"/> with <paramref name="replacement"/> (which may name groups: <c>$1</c>) for each match.</summary>
    public string Replace(string text, string replacement)
    {
        try
        {
            return Engine.Replace(text, replacement);
        }
        catch (RegexMatchTimeoutException)
        {
            isHard = true;
            return Engine.Replace(text, replacement);
        }
    }

    /// <summary><paramref name="text"/> with what <paramref name="replace"/> says for each match. It may be asked twice for the same match.</summary>
    public string Replace(string text, MatchEvaluator replace)
    {
        try
        {
            return Engine.Replace(text, replace);
        }
        catch (RegexMatchTimeoutException)
        {
            isHard = true;
            return Engine.Replace(text, replace);
        }
    }

    /// <summary>What stands between the matches in <paramref name="text"/>; the whole text when there is none.</summary>
    public string[] Split(string text)
    {
        try
        {
            return Engine.Split(text);
        }
        catch (RegexMatchTimeoutException)
        {
            isHard = true;
            return Engine.Split(text);
        }
    }

    private Regex Engine => (isHard ? linear : quick).Value;

    private static List<(int Index, int Length)> Collect(Regex regex, ReadOnlySpan<char> text)
    {
        var matches = new List<(int Index, int Length)>();
        foreach (var match in regex.EnumerateMatches(text)) matches.Add((match.Index, match.Length));
        return matches;
    }
}
