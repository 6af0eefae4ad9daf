using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>What the project calls itself. An advert, a badge or the name of a section is never a title.</summary>
internal static class TitleReader
{
    /// <summary>Longest heading that can be a name, in characters.</summary>
    private const int MaxLength = 60;

    /// <param name="readme">The README, where there is one.</param>
    /// <param name="names">What the project may be called, by trust: package name, repository name, owner.</param>
    /// <param name="fallback">Where the fallback name stands.</param>
    public static Fact<string> Read(Document? readme, IReadOnlyList<string> names, Evidence fallback)
    {
        if (readme is not null)
        {
            foreach (var block in Opening(readme))
                if (Candidate(block, names) is { } title) return new(title, [readme.File.At(block.Line)]);
            if (Spelling(readme, names) is { } spelled) return new(spelled.Text, [readme.File.At(spelled.Line)]);
        }
        return new(Presentable(names.Count > 0 ? names[0] : "Untitled"), [fallback]);
    }

    /// <summary>The blocks that a title can stand in: the headings of the first level, and what stands before the second heading.</summary>
    private static IEnumerable<Block> Opening(Document readme)
    {
        var headings = 0;
        foreach (var block in readme.Blocks.Take(40))
        {
            if (block.Kind == BlockKind.Heading && ++headings > 3) yield break;
            if (block.Kind == BlockKind.Heading || (headings == 0 && block.Images.Count > 0 && block.Text.Length < 40)) yield return block;
        }
    }

    private static string? Candidate(Block block, IReadOnlyList<string> names)
    {
        if (block.Kind == BlockKind.Heading)
            foreach (var line in block.Text.Split('\n').Where(line => line.Trim().Length > 0).Take(3))
                if (Heading(line, block.Level, names) is { } title) return title;
        foreach (var image in block.Images)
            if (!Badges.IsBadge(image.Url) && Alt(image, names) is { } title) return title;
        return null;
    }

    private static string? Heading(string line, int level, IReadOnlyList<string> names)
    {
        var text = Clean(line);
        if (text.Length == 0 || Sections.IsGeneric(text) || IsAdvert(text)) return null;
        foreach (var name in names)
            if (Within(text, name) is { } own) return own;
        // A heading that names nothing we know is believed when it is the document's own title and as short as a name.
        return level == 1 && text.Length <= MaxLength && Words.Count(text) <= 5 && !text.EndsWith('.') && !text.EndsWith('?') && !text.EndsWith(':') ? text : null;
    }

    private static string? Alt(MarkupImage image, IReadOnlyList<string> names)
    {
        var text = LogoWord.Replace(Clean(image.Alt), "").Trim(' ', '-', ':', ',');
        if (text.Length is 0 or > 40) return null;
        // A picture of the name in several words, such as "JSON for Modern C++", is the name as its owners draw it.
        if (text.Contains(' ', StringComparison.Ordinal) && Words.Count(text) <= 5 && char.IsUpper(text[0]) && names.Any(name => Words.Letters(name).Length > 2 && Words.Letters(text).StartsWith(Words.Letters(name), StringComparison.Ordinal))) return text;
        return names.Where(name => Words.Letters(text) == Words.Letters(name)).Select(_ => char.IsLower(text[0]) && text == text.ToLowerInvariant() ? null : text).FirstOrDefault();
    }

    /// <summary>The part of a heading that is the name: <c>Vite</c> of <c>Vite: next generation tooling</c>, <c>Dapper</c> of <c>Dapper - a simple mapper</c>.</summary>
    private static string? Within(string text, string name)
    {
        var letters = Words.Letters(name);
        if (letters.Length == 0) return null;
        // A name given in two scripts is shown in the one that the package uses.
        if (TwoScripts.Match(text) is { Success: true } scripts && Words.Letters(scripts.Groups[1].Value).Contains(letters, StringComparison.Ordinal)) text = scripts.Groups[1].Value.Trim();
        if (Words.Letters(text) == letters) return text;
        var head = Separator.Split(text)[0].Trim();
        if (head.Length > 0 && head.Length < text.Length && (Words.Letters(head) == letters || (Words.Letters(head).Contains(letters, StringComparison.Ordinal) && Words.Count(head) <= 4))) return Parenthesis.Replace(head, "").Trim();
        if (Words.Letters(text).Contains(letters, StringComparison.Ordinal) && Words.Count(text) <= 4 && text.Length <= MaxLength && !text.EndsWith('?')) return Parenthesis.Replace(text, "").Trim();
        return Spelled(text, letters);
    }

    /// <summary>The name as the README's prose spells it, when it spells it in one way with a capital or a sign.</summary>
    private static (string Text, int Line)? Spelling(Document readme, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            var letters = Words.Letters(name);
            if (letters.Length < 2) continue;
            foreach (var block in readme.Blocks.Where(block => block.Kind is BlockKind.Paragraph or BlockKind.Heading or BlockKind.Item).Take(60))
                if (Spelled(block.Plain, letters) is { } spelled) return (spelled, block.Line);
        }
        return null;
    }

    private static string? Spelled(string text, string letters)
    {
        foreach (Match word in Word.Matches(text))
            if (Words.Letters(word.Value) == letters && word.Index + word.Length <= text.Length) return word.Value.Trim('`', '.', ',', ':', '-', '_', '\'');
        return null;
    }

    /// <summary>Without emoji, <c>Welcome to</c>, inline code marks and quotes around the whole.</summary>
    internal static string Clean(string text)
    {
        text = Words.WithoutEmoji(text).Replace("`", "", StringComparison.Ordinal);
        text = Shortcode.Replace(text, " ").Trim();
        text = Welcome.Replace(text, "");
        return text.Trim(' ', '*', '"', '|', '~', '·', '-', '–', '—', '™', '®', '!', '#', '<', '>', '/').Trim();
    }

    private static bool IsAdvert(string text) => Advert.IsMatch(text);

    /// <summary>A package name made readable where nothing better is known: it is left as it is written.</summary>
    private static string Presentable(string name) => MainPackage.ShortName(name);

    private static readonly LinearPattern Advert = new(@"(?i)\b(sponsor|sponsored|advert|hiring|we're hiring|subscribe|newsletter|black friday|discount|donate|star us|vote for|support ukraine|stand with|moved to|deprecated)\b");
    private static readonly LinearPattern Welcome = new(@"(?i)^(?:welcome to|hello from|introducing|this is|the official)\s+(?:the\s+)?");
    private static readonly LinearPattern TwoScripts = new(@"^([\u0020-\u024F]+?)\s+[\u0400-\uFFFF].*$");
    private static readonly LinearPattern Shortcode = new(@":[a-z0-9_+-]+:");
    private static readonly LinearPattern Separator = new(@"\s[-–—|·]+\s|:\s|：|\s*—\s*|,\s|\s\(|（");
    private static readonly LinearPattern Parenthesis = new(@"\s*[(（][^)）]*[)）]?$");
    private static readonly LinearPattern LogoWord = new(@"(?i)\b(?:logo|banner|icon|image|header|title|project|the)\b");
    private static readonly LinearPattern Word = new(@"[\p{L}\p{N}][\p{L}\p{N}.+#_'-]*");
}
