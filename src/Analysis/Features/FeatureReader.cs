using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>What the README lists as the project's features: the list, table or sub-headings of its features section, else an opening list with bold or pictured leads.</summary>
internal static class FeatureReader
{
    private const int Fewest = 3;
    private const int Most = 12;

    public static IReadOnlyList<FeatureFacts> Read(Document? readme)
    {
        if (readme is null) return [];
        for (var i = 0; i < readme.Blocks.Count; i++)
        {
            var block = readme.Blocks[i];
            var isSection = block.Kind == BlockKind.Heading && Sections.IsFeatures(block.Plain);
            // A line of bold words alone, "**Key features:**", is a heading to its readers.
            var isLine = block.Kind == BlockKind.Paragraph && block.Lead is not null && block.Plain.Length < 40 && Words.Letters(block.Lead) == Words.Letters(block.Plain) && Sections.IsFeatures(block.Plain);
            if (!isSection && !isLine) continue;
            var found = Distinct(FromSection(readme, isSection ? [.. readme.Section(i)] : [.. readme.Blocks.Skip(i + 1).TakeWhile(next => next.Kind == BlockKind.Item)]));
            if (found.Count >= Fewest) return found;
        }
        var opening = Distinct(FromOpening(readme));
        return opening.Count >= Fewest ? opening : [];
    }

    private static IEnumerable<FeatureFacts> FromSection(Document readme, List<Block> section)
    {
        var items = section.Where(block => block.Kind == BlockKind.Item).ToList();
        if (items.Count >= Fewest)
        {
            var top = items.Min(item => item.Level);
            // "a dictionary", "an instance": the entries of a sentence, not features.
            if (items.Count(item => Fragment.IsMatch(item.Plain)) * 2 > items.Count) return [];
            return items.Where(item => item.Level == top && item.LinkShare < 0.95 && item.Done != false).Select(item => Feature(readme, item));
        }
        var rows = section.Where(block => block.Kind == BlockKind.Row && !block.IsHeaderRow && block.Cells.Count >= 2).ToList();
        if (rows.Count >= Fewest && rows.All(row => row.Cells[0].Any(char.IsLetter)))
            return rows.Select(row => Make(readme, row.Cells[0], row.Cells[1].Any(char.IsLetter) ? row.Cells[1] : null, row.Line));
        return section.Select((block, index) => (block, index)).Where(found => found.block.Kind == BlockKind.Heading && found.block.Plain.Length is > 2 and < 70)
            .Select(found => Make(readme, found.block.Plain, section.ElementAtOrDefault(found.index + 1) is { Kind: BlockKind.Paragraph } text ? SummaryReader.Sentence(text.Plain, 2) : null, found.block.Line));
    }

    /// <summary>A list before the third heading of which most items have a bold or pictured lead.</summary>
    private static IEnumerable<FeatureFacts> FromOpening(Document readme)
    {
        var opening = readme.Blocks.TakeWhile((block, index) => readme.Blocks.Take(index + 1).Count(other => other.Kind == BlockKind.Heading) < 3 && index < 60).ToList();
        var items = opening.SkipWhile(block => block.Kind != BlockKind.Item).TakeWhile(block => block.Kind == BlockKind.Item)
            .Where(block => block is { Level: 1, Text.Length: > 3 } && block.LinkShare < 0.8).ToList();
        var marked = items.Count(item => item.Lead is not null || Words.SplitEmoji(item.Text).Emoji is not null);
        return items.Count >= Fewest && marked * 10 >= items.Count * 6 ? items.Select(item => Feature(readme, item)) : [];
    }

    private static FeatureFacts Feature(Document readme, Block item)
    {
        var text = item.Plain;
        if (item.Lead is { Length: > 1 and < 80 } lead && lead.Trim(':', ' ', '.') is { Length: > 1 } bold)
        {
            var rest = text[(text.IndexOf(lead, StringComparison.Ordinal) is var at and >= 0 ? at + lead.Length : 0)..].TrimStart(' ', ':', '-', '–', '—', '.', ',', '：').Trim();
            var before = Words.SplitEmoji(text).Emoji;
            return Make(readme, before is null ? bold : $"{before} {bold}", rest.Length > 1 ? rest : null, item.Line);
        }
        var split = Separator.Match(text);
        if (split.Success && split.Index is > 2 and < 70 && Words.Count(text[..split.Index]) <= 9 && !EndsOpen.IsMatch(text.AsSpan(0, split.Index))) return Make(readme, text[..split.Index], text[(split.Index + split.Length)..], item.Line);
        var (title, told) = FeatureTitle.Of(text);
        return Make(readme, title, null, item.Line) with { Text = told };
    }

    private static FeatureFacts Make(Document readme, string title, string? text, int line)
    {
        var (emoji, rest) = Words.SplitEmoji(Shortcode.Replace(title, "").Trim());
        return new(rest.Trim(' ', ':', '.', '*', '-'), text?.Trim().TrimEnd(':') is { Length: > 1 } kept ? char.ToUpperInvariant(kept[0]) + kept[1..] : null, emoji, readme.File.At(line));
    }

    private static List<FeatureFacts> Distinct(IEnumerable<FeatureFacts> features) =>
        [.. features.Where(feature => feature.Title.Length is > 1 and < 200).DistinctBy(feature => feature.Title).Take(Most)];

    private static readonly LinearPattern Separator = new(@":\s+|\s[-–—]+\s|：|\s—|--\s");
    private static readonly LinearPattern EndsOpen = new(@"(?i)\b(?:e\.g\.?|i\.e\.?|for example|such as|including)$");
    private static readonly LinearPattern Fragment = new(@"^(?:an?|the|or|and|if)\s");
    private static readonly LinearPattern Shortcode = new(@":[a-z0-9_+-]+:");
}
