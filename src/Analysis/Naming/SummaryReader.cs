using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>What the project is, in its own words: the README's first real sentence, or the manifest's description.</summary>
internal static partial class SummaryReader
{
    private const int MaxLength = 320;
    private const int MaxTaglineWords = 12;

    public static Fact<string>? Read(Document? readme, PackageFacts? main, string title, string name)
    {
        if (readme is not null && Stated(readme, title, name) is { } stated) return stated;
        var described = main?.Description is { Length: > 12 } description && !IsPlaceholder(description) ? new Fact<string>(Tidy(description), [main.Evidence]) : null;
        var told = readme is null ? null : FromReadme(readme, title, name);
        if (told is null) return described;
        // A few words of a tagline, or a paragraph far below, tell less than the manifest's own description.
        if (described is null) return IsIntroduced(readme!, told, title, name) ? told : null;
        return (Words.Count(told.Value) < 6 || told.Evidence[0].Line > 40 || !IsOpening(readme!, told)) && Words.Count(described.Value) >= 4 ? described : told;
    }

    /// <summary>The shortest of the project's own sentences about itself that fits in 12 words.</summary>
    public static Fact<string>? Tagline(Document? readme, PackageFacts? main, Fact<string>? summary, string title)
    {
        IEnumerable<Fact<string>?> candidates = [Subtitle(readme, title), Opening(readme, title), main?.Description is { } text && !IsPlaceholder(text) ? new(Tidy(text), [main.Evidence]) : null, summary];
        // "This library is used …" says less at the top of a page than any other line does.
        foreach (var candidate in candidates.OfType<Fact<string>>().OrderBy(found => found.Value.StartsWith("This ", StringComparison.Ordinal)))
            if (Shorten(candidate.Value, title) is { } line) return new(line, candidate.Evidence);
        return null;
    }

    /// <summary>What the first heading says after the name: <c>Dapper - a simple object mapper for .Net</c>.</summary>
    private static Fact<string>? Subtitle(Document? readme, string title)
    {
        var heading = readme?.Headings.FirstOrDefault();
        if (heading is null || heading.Level > 1) return null;
        var text = Tidy(heading.Plain);
        if (!text.StartsWith(title, StringComparison.OrdinalIgnoreCase) || SubtitleMark().Match(text, title.Length) is not { Success: true } mark || mark.Index != title.Length) return null;
        var rest = text[(mark.Index + mark.Length)..];
        return Words.Count(rest) >= 3 && !IsNoise(rest) ? new(rest, [readme!.File.At(heading.Line)]) : null;
    }

    private static Fact<string>? Opening(Document? readme, string title)
    {
        var first = readme?.Blocks.Take(12).TakeWhile(block => !IsSponsorship(block.Plain)).FirstOrDefault(block => IsProse(block, title));
        if (first is null) return null;
        var line = first.Text.Split('\n').Select(part => part.Trim()).First(part => part.Length > 0);
        return new(Tidy(line), [readme!.File.At(first.Line)]);
    }

    /// <summary>The sentence that begins with the project's name and says what it is, in the first part of the README.</summary>
    private static Fact<string>? Stated(Document readme, string title, string name)
    {
        var isAside = false;
        foreach (var block in readme.Blocks.Take(80))
        {
            // What an installation needs, or how to help, is not what the project is.
            if (block.Kind == BlockKind.Heading) isAside = Sections.IsAside(block.Plain);
            if (isAside || block.Kind != BlockKind.Paragraph || block.IsNotice || block.Text.Length <= 20) continue;
            var text = FirstLines(block.Text);
            if (text.Length < 3 || !(char.IsLetterOrDigit(text[0]) || text[0] is '"' or '《' or '<') || text.Contains(" --", StringComparison.Ordinal) || !StartsWithName(text, title, name) || !Says().IsMatch(text.Length > 240 ? text[..240] : text)) continue;
            var sentence = Sentence(text, 2);
            if (sentence.EndsWith(':')) sentence = Sentence(text, 1);
            if (!sentence.EndsWith(':') && Words.Count(sentence) >= 5 && !IsNoise(text)) return new(sentence, [readme.File.At(block.Line)]);
        }
        return null;
    }

    private static bool IsOpening(Document readme, Fact<string> told) =>
        readme.Blocks.Where(block => block.Kind == BlockKind.Heading).Skip(2).FirstOrDefault() is not { } later || told.Evidence[0].Line < later.Line;

    /// <summary>Far from the beginning only a sentence about the project by name, or one of a section that introduces it, is believed.</summary>
    private static bool IsIntroduced(Document readme, Fact<string> told, string title, string name) =>
        IsOpening(readme, told) || StartsWithName(told.Value, title, name)
        || (readme.Blocks.LastOrDefault(block => block.Kind == BlockKind.Heading && block.Line < told.Evidence[0].Line) is { } above && (Sections.IsIntroduction(above.Plain) || above.Level == 1));

    private static bool IsNoise(string text) => Notice.IsMatch(text) || Noise.IsMatch(text);

    private static Fact<string>? FromReadme(Document readme, string title, string name)
    {
        Block? tagline = null;
        var underSponsors = false;
        foreach (var block in readme.Blocks.Take(60))
        {
            if (block.Kind == BlockKind.Heading) underSponsors = Sections.IsSponsors(block.Plain);
            else if (block.Text.Length < 200 && IsSponsorship(block.Plain)) underSponsors = true;
            if (underSponsors || !IsProse(block, title)) continue;
            var text = FirstLines(block.Text);
            var aboutItself = StartsWithName(text, title, name);
            if (aboutItself || Words.Count(text) >= 8) return new(Sentence(text, 2), [readme.File.At(block.Line)]);
            if (tagline is not null) break;
            tagline = block;
        }
        return tagline is null ? null : new(Sentence(FirstLines(tagline.Text), 2), [readme.File.At(tagline.Line)]);
    }

    /// <summary>The lines before the first that is only links, as one.</summary>
    private static string FirstLines(string text) => Tidy(string.Join(' ', text.Split('\n').Select(line => line.Trim()).TakeWhile(line => line is not ("·" or "•" or "|" or "-"))));

    private static bool StartsWithName(string text, string title, string name)
    {
        var letters = Words.Letters(text.Length > 80 ? text[..80] : text);
        if (The().Match(text) is { Success: true } the && Words.Letters(the.Groups[1].Value) is var subject && (subject == Words.Letters(title) || subject == Words.Letters(name))) return true;
        return letters.StartsWith(Words.Letters(title), StringComparison.Ordinal) || letters.StartsWith(Words.Letters(name), StringComparison.Ordinal);
    }

    /// <summary>A paragraph that says something: no badges, no list of links, no notice, no advert, no licence line.</summary>
    internal static bool IsProse(Block block, string title)
    {
        if (block.Kind != BlockKind.Paragraph || block.IsNotice || block.Text.Length < 8) return false;
        var text = block.Plain;
        if (block.Images.Count > 0 && text.Length < 30) return false;
        if (block.LinkShare > 0.6 && (block.Links.Count > 1 || Words.Count(text) < 6)) return false;
        if (block.Links.Count >= 3 && block.LinkShare > 0.45) return false;
        var (emoji, rest) = Words.SplitEmoji(text);
        if (emoji is "⚠️" or "⚠" or "🚨" or "📢" or "🚧" or "❗" or "📣" or "🎉" || IsNoise(rest) || Languages.IsMatch(rest)) return false;
        if (Words.Letters(text) == Words.Letters(title)) return false;
        return text.Any(char.IsLetter) && !(rest.Contains('|', StringComparison.Ordinal) && block.Links.Count > 1) && Words.Count(text) > 1 && !Sentence(text, 1).EndsWith(':') && !(text.Length > 80 ? text[..80] : text).Contains("://", StringComparison.Ordinal);
    }

    /// <summary>Words that ask for, or thank for, money.</summary>
    internal static bool IsSponsorship(string text) => Sponsorship.IsMatch(text);

    /// <summary>The first sentences that are short enough together, at most <paramref name="most"/>.</summary>
    internal static string Sentence(string text, int most)
    {
        var ends = SentenceEnd().Matches(text).Select(match => match.Index + match.Value.TrimEnd().Length).Where(end => !Abbreviation().IsMatch(text[..end])).Take(most).ToList();
        var cut = ends.LastOrDefault(end => end <= (most > 1 && ends[0] > 60 ? Math.Max(ends[0], 180) : MaxLength));
        if (cut > 0) text = text[..cut];
        if (text.Length <= MaxLength) return text.TrimEnd();
        var space = text.LastIndexOfAny([' ', '，', '、', '。'], MaxLength);
        return text[..(space > 0 ? space : MaxLength)].TrimEnd(' ', ',', ';', '，') + "…";
    }

    private static string? Shorten(string text, string title)
    {
        text = Sentence(text, 1).TrimEnd('.', '。', ' ', ':');
        // "Foo is a fast thing" reads as "A fast thing" below the name Foo.
        var stated = IsA().Match(text);
        if (stated.Success && Words.Letters(stated.Groups[1].Value) is { Length: > 1 } subject && (subject.Contains(Words.Letters(title), StringComparison.Ordinal) || Words.Letters(title).StartsWith(subject, StringComparison.Ordinal))) text = text[stated.Length..];
        if (Fits(text)) return Capital(text, title);
        foreach (Match pause in Pause().Matches(text).Reverse())
            if (Fits(text[..pause.Index]) && Words.Count(text[..pause.Index]) >= 4 && !text[..pause.Index].Contains('(')) return Capital(text[..pause.Index].TrimEnd(), title);
        return null;
    }

    private static bool Fits(string text) => text.Length is >= 8 and <= 110 && Words.Count(text) <= MaxTaglineWords && !text.EndsWith('…');

    /// <summary>With a capital, unless it begins with the project's own name or with one that is spelled with a capital inside, such as iOS.</summary>
    private static string Capital(string text, string title)
    {
        var first = text.Split(' ', 2)[0];
        return first.Length > 0 && char.IsAsciiLetterLower(first[0]) && !first.Any(letter => char.IsUpper(letter) || char.IsDigit(letter) || letter is '.' or '_') && Words.Letters(first) != Words.Letters(title) ? char.ToUpperInvariant(text[0]) + text[1..] : text;
    }

    private static string Tidy(string text) => Spaces.Replace(Words.WithoutEmoji(Footnote.Replace(text, "")).Replace("`", "", StringComparison.Ordinal), " ").Trim();

    private static bool IsPlaceholder(string text) => Placeholder.IsMatch(text);

    private static readonly LinearPattern Notice = new(@"(?i)^(?:\W*)(?:if you |here (?:are|is) |below |the following |thanks |have a look|check out|to learn|there (?:are|is)|note|warning|important|caution|notice|attention|disclaimer|deprecated|this (?:repo|repository|project|package|branch) (?:has|is) (?:been )?(?:moved|archived|deprecated|no longer|now)|looking for|we are hiring|we're hiring|sponsored by|special thanks|supported by|read (?:this|the docs|in)|documentation:|docs:|website:|translations?|see the |see also|for (?:the )?documentation|follow (?:me|us)|star |if you (?:like|find)|you can find|copyright|©|licensed under|table of contents|\[)");
    private static readonly LinearPattern Languages = new(@"(?i)^(?:english|中文|简体中文|日本語|한국어|العربية|فارسی|русский|español|français|deutsch|português)\s*(?:[|/·•,]|$)");
    [GeneratedRegex(@"[.!?](?:\s+(?=[\p{Lu}\p{N}""'`\[(])|$)|[。！？]", RegexOptions.None, 500)] private static partial Regex SentenceEnd();
    [GeneratedRegex(@"\b(?:e\.g|i\.e|etc|vs|approx|Dr|Mr|Ms|No|St|Inc|Ltd|[A-Z])\.$", RegexOptions.None, 500)] private static partial Regex Abbreviation();
    [GeneratedRegex(@"^([^,.;]{1,60}?)\s+(?:is|are)(?:\s+(?:often|also|commonly))?(?:\s+(?:referred to as|known as|called|described as))?\s+(?=(?:a|an|the)\s)", RegexOptions.None, 500)] private static partial Regex IsA();
    [GeneratedRegex(@"[,;:，]\s?|\s[-–—]\s|\s(?=that\s|which\s|with\s|for\s|designed\s|built\s|written\s|and\s)", RegexOptions.None, 500)] private static partial Regex Pause();
    private static readonly LinearPattern Noise = new(@"(?i)\b(?:sponsor(?:s|ed|ing)?|supported by|my open source work|announce the release|this (?:readme|document|directory|page|guide)|check out my|located at|please (?:check|read|see|ask|note)|your (?:support|company))\b");
    [GeneratedRegex(@"(?i)^.{1,80}?\s(?:is|are|provides?|allows?|lets|helps|makes|gives|enables|offers|brings|aims|implements|supports|can be|was|has been|turns|generates|combines|consists)\s|^[^。]{1,60}(?:是|提供|は、?|هو|هي|یک|это|est|ist|es un)", RegexOptions.None, 500)] private static partial Regex Says();
    private static readonly LinearPattern Sponsorship = new(@"(?i)\b(?:sponsor(?:s|ed|ing|ship)?|supported by|donat(?:e|ions?)|special thanks to|backers)\b");
    [GeneratedRegex(@"^The\s+(.{2,60}?)\s+(?:is|are|provides|lets|helps|allows|aims)\s", RegexOptions.None, 500)] private static partial Regex The();
    [GeneratedRegex(@"\s*(?:[-–—:|·])\s+", RegexOptions.None, 500)] private static partial Regex SubtitleMark();
    private static readonly LinearPattern Spaces = new(@"\s+");
    private static readonly LinearPattern Footnote = new(@"\[\^?\d+\]");
    private static readonly LinearPattern Placeholder = new(@"(?i)^(?:add your description here|todo|description|a new flutter project\.?|my (?:new )?project|project description|default template)\W*$");
}
