using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>What one licence file says.</summary>
/// <param name="Expression">SPDX expression, with <c>LicenseRef-…</c> for what SPDX does not know.</param>
/// <param name="Confidence">0–1.</param>
internal readonly record struct RecognisedText(string Expression, double Confidence);

/// <summary>Recognises the text of a licence file: one licence, one that was changed, several in one file, or one that SPDX does not list.</summary>
internal static class LicenceRecognition
{
    /// <summary>Below this likeness a text is not the licence. Short texts differ by a name more easily.</summary>
    private const double LeastLikeness = 0.955;
    private const double LeastLikenessOfShort = 0.94;
    private const double RelatedLikeness = 0.8;
    private const double LikenessBeyondTitle = 0.98;
    private const double LeastContained = 0.96;
    private const int ShortWords = 400;
    private const int HeadLines = 12;
    private const int LeastWordsBeforeNotices = 80;

    /// <summary>What the text is.</summary>
    public static RecognisedText Recognise(string text, LicenceLibrary library)
    {
        var whole = RecogniseWhole(text, library);
        return IsPlain(whole) || WithoutNotices(text) is not { } own || RecogniseWhole(own, library) is var first && !IsPlain(first) ? whole : first;
    }

    private static bool IsPlain(RecognisedText found) => !found.Expression.StartsWith("LicenseRef-", StringComparison.Ordinal) && !found.Expression.Contains(' ');

    private static RecognisedText RecogniseWhole(string text, LicenceLibrary library)
    {
        var head = string.Join('\n', LicenceWords.Lines(text).Take(HeadLines));
        var nearest = LicenceMatcher.Nearest(text, library);
        var best = nearest.Count > 0 ? nearest[0] : null;
        if (best is { Likeness: 1 }) return new(best.Licence.Id, 1);
        if (CommonsClause.IsMatch(text)) return WithClause(text, library);
        if (best is not null && best.Likeness >= (best.Licence.Words.Length < ShortWords ? LeastLikenessOfShort : LeastLikeness))
            return IsChanged(head, best) ? Changed(best) : new(best.Licence.Id, best.Likeness);
        if (Identifier(text, library) is { } stated) return stated;
        var several = Several(text, library);
        if (several is { } listed && listed.Expression.Contains(' ')) return listed;
        if (LicenceTitles.Special(text) is { } special) return new(special, 0.9);
        if (several is { } contained) return contained;
        if (best is { Likeness: >= RelatedLikeness }) return Changed(best);
        if (LicenceNames.InSentence(text) is { } named && text.Length < 2000) return new(named, 0.7);
        if (text.AsSpan().Trim().Length == 0) return new("LicenseRef-Unrecognised", 0);
        return Reserved.IsMatch(text) || !LicenceWords.Lines(text).Any() ? new("LicenseRef-All-Rights-Reserved", 0.8) : new("LicenseRef-Unrecognised", 0.3);
    }

    private static RecognisedText Changed(LicenceMatch match) => new($"LicenseRef-Modified-{match.Licence.Id}", match.Likeness);

    /// <summary>The text says itself that it was changed, or goes by another name than the licence it resembles.</summary>
    private static bool IsChanged(string head, LicenceMatch match)
    {
        // «Modified BSD» is what the licence with three clauses is called.
        if (ModifiedTitle.IsMatch(head) && !head.Contains("modified bsd", StringComparison.OrdinalIgnoreCase)) return true;
        if (match.Likeness >= LikenessBeyondTitle || Title.Match(head) is not { Success: true } title) return false;
        var name = LicenceWords.Of(match.Licence.Name + " " + match.Licence.Id.Replace('-', ' ') + " the a an license public new simplified revised modified clause version v 2 3 two three bsd mit terms and conditions");
        return LicenceWords.Of(title.Value).Any(word => !name.Contains(word));
    }

    /// <summary>Notices about bundled software after the project's own licence are not its licence.</summary>
    private static string? WithoutNotices(string text)
    {
        foreach (var match in Notices.Find(text))
            if (LicenceWords.Of(text[..match.Index]).Count >= LeastWordsBeforeNotices) return text[..match.Index];
        return null;
    }

    private static RecognisedText WithClause(string text, LicenceLibrary library)
    {
        var rest = WithoutClause(text);
        var under = LicenceMatcher.Nearest(rest, library).FirstOrDefault();
        var name = under is { Likeness: > LeastLikeness } ? under.Licence.Id : Several(rest, library)?.Expression ?? LicenceNames.InSentence(text);
        return new(name is null ? "LicenseRef-Commons-Clause" : $"{name} AND LicenseRef-Commons-Clause", 0.9);
    }

    /// <summary>The text without the clause, which ends with the line that names the licensor.</summary>
    private static string WithoutClause(string text)
    {
        var start = CommonsClause.Match(text).Index;
        var licensor = text.IndexOf("Licensor:", start, StringComparison.OrdinalIgnoreCase);
        var end = licensor < 0 ? -1 : text.IndexOf('\n', licensor);
        return end < 0 ? text[..start] : text[..start] + text[end..];
    }

    private static RecognisedText? Identifier(string text, LicenceLibrary library) =>
        SpdxIdentifier.Match(text) is { Success: true } match && SpdxExpression.Parse(match.Groups[1].Value, library) is { } expression ? new(expression, 0.95) : null;

    /// <summary>Licences whose whole text stands in a longer one, without those that are part of another found.</summary>
    private static RecognisedText? Several(string text, LicenceLibrary library)
    {
        var found = LicenceMatcher.Contained(text, library, LeastContained);
        if (found.Count == 0) return null;
        var ids = found.Select(l => l.Licence.Id).Concat(LicenceTitles.SpecialIn(text)).Distinct().ToList();
        var confidence = found.Min(l => l.Likeness) * 0.95;
        if (ids.Count > 1) return new(string.Join(LicenceNames.OffersChoice(text) ? " OR " : " AND ", ids), confidence);
        // More words than the licence itself: fine for parameters and greetings, not for further conditions.
        return found[0].Foreign > 0.15 && FurtherConditions.IsMatch(text) && ids[0] != "BUSL-1.1" ? new($"LicenseRef-Modified-{ids[0]}", confidence) : new(ids[0], confidence);
    }

    private static readonly LinearPattern ModifiedTitle = new(@"\bmodified\b.{0,40}\blicen[cs]e\b|\blicen[cs]e\b.{0,30}\bmodified\b|\bwith (?:the following )?modifications\b", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Title = new(@"\A[^\n.,;:""]{2,60}\blicen[cs]e\b[^\n,;:""]{0,30}$", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private static readonly LinearPattern Notices = new(@"^\W*(?:[^\n]{0,60}\bthird[- ]party\b[^\n]{0,60}|licen[cs]es? (?:of|for) (?:bundled|the bundled|dependencies|third)[^\n]{0,60}|bundled (?:dependencies|software|libraries|licen)[^\n]{0,60})$", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private static readonly LinearPattern CommonsClause = new(@"\bcommons clause\b", RegexOptions.IgnoreCase);

    private static readonly LinearPattern SpdxIdentifier = new(@"SPDX-License-Identifier:[ \t]*([^\r\n*]+)");

    private static readonly LinearPattern Reserved = new(@"\ball rights reserved\b", RegexOptions.IgnoreCase);

    private static readonly LinearPattern FurtherConditions = new(@"\b(?:additional|further|following|modified) (?:terms|conditions|restrictions|limitations)\b|\bnotwithstanding\b|\bexcept that\b|\bnon-?commercial\b", RegexOptions.IgnoreCase);
}
