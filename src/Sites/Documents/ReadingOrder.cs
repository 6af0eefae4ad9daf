using System.Collections.Frozen;

namespace Rialto.Sites;

/// <summary>What a name says about when to read it, where nothing else says it: a start first, news and people last.</summary>
internal static class ReadingOrder
{
    private static readonly string[] First =
    [
        "introduction", "intro", "overview", "about", "why", "getting-started", "get-started", "gettingstarted", "start", "quickstart", "quick-start", "installation", "install", "installing", "setup", "first-steps", "tutorial", "tutorials", "guide", "guides", "usage", "basics", "concepts",
    ];

    private static readonly FrozenSet<string> Last = new[]
    {
        "blog", "news", "posts", "team", "people", "community", "sponsors", "releases", "release-notes", "changes", "changelog", "history", "acknowledgements", "acknowledgments", "credits", "license", "licence", "contributing", "contributors", "code-of-conduct", "security", "faq", "migration", "upgrading", "internals", "rfcs", "adr", "archive", "appendix", "glossary",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int> Ranks = First.Select((name, at) => (name, at)).ToFrozenDictionary(one => one.name, one => one.at - First.Length, StringComparer.OrdinalIgnoreCase);

    /// <summary>Below zero: early, in that order; zero: the name says nothing; above: late.</summary>
    public static int Rank(string name)
    {
        name = name.Replace('_', '-').Replace(' ', '-');
        return Ranks.TryGetValue(name, out var rank) ? rank : Last.Contains(name) ? 1 : 0;
    }
}
