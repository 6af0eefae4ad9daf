using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>
/// Tells languages of one extension apart by patterns in the content. All patterns run in linear time on at most 50 kB. Each is built when it is first needed.
/// </summary>
internal static class LanguageHeuristics
{
    /// <summary>How much of a file is looked at.</summary>
    public const int ConsideredBytes = 50 * 1024;

    private static readonly Lazy<Dictionary<string, Block>> Blocks = new(Load);

    /// <summary>True when some block speaks about the extension of this lower-case file name.</summary>
    public static bool Knows(ReadOnlySpan<char> lowerFileName) => Find(lowerFileName) is not null;

    /// <summary>The languages of the first rule that holds; empty when none does.</summary>
    /// <param name="lowerFileName">File name in lower case.</param>
    /// <param name="content">Content with one char per byte (Latin-1), at most <see cref="ConsideredBytes"/>.</param>
    public static IReadOnlyList<Language> Match(ReadOnlySpan<char> lowerFileName, string content)
    {
        if (Find(lowerFileName) is not { } block) return [];
        foreach (var rule in block.Rules)
            if (rule.Conditions.TrueForAll(condition => condition.Holds(content)))
                return rule.Languages;
        return [];
    }

    private static Block? Find(ReadOnlySpan<char> lowerFileName)
    {
        var blocks = Blocks.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        Block? first = null;
        for (var dot = lowerFileName.IndexOf('.'); dot >= 0;)
        {
            if (blocks.TryGetValue(lowerFileName[dot..], out var block) && (first is null || block.Order < first.Order)) first = block;
            var next = lowerFileName[(dot + 1)..].IndexOf('.');
            dot = next < 0 ? -1 : dot + 1 + next;
        }
        return first;
    }

    private static Dictionary<string, Block> Load()
    {
        var blocks = new Dictionary<string, Block>();
        Block? block = null;
        foreach (var line in EmbeddedData.Lines("heuristics.txt"))
        {
            switch (line[0])
            {
                case 'E':
                    block = new Block(blocks.Count, []);
                    foreach (var extension in line[2..].Split('\u001f')) blocks.TryAdd(extension, block);
                    break;
                case 'R':
                    block!.Rules.Add(new Rule([.. line[2..].Split('\u001f').Select(LanguageCatalogue.Named).OfType<Language>()], []));
                    break;
                default:
                    block!.Rules[^1].Conditions.Add(new Condition(line[1..], line[0] == '+'));
                    break;
            }
        }
        return blocks;
    }

    private sealed record Block(int Order, List<Rule> Rules);

    private sealed record Rule(IReadOnlyList<Language> Languages, List<Condition> Conditions);

    private sealed class Condition(string pattern, bool wanted)
    {
        private readonly LinearPattern regex = new(pattern, RegexOptions.Multiline);

        public bool Holds(string content) => regex.IsMatch(content) == wanted;
    }
}
