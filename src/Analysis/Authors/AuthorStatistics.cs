using System.Text.RegularExpressions;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>Who made the project: commits by the same address or the same name are one person's. Addresses group, they are never shown.</summary>
internal static partial class AuthorStatistics
{
    /// <summary>Authors, people before bots, most commits first.</summary>
    /// <param name="commits">The history, with mailmap applied.</param>
    public static IReadOnlyList<AuthorFacts> Compute(IReadOnlyList<SourceCommit> commits)
    {
        var people = new List<Person>();
        var byAddress = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase);
        var byName = new Dictionary<string, Person>(StringComparer.OrdinalIgnoreCase);
        foreach (var commit in commits)
        {
            var name = commit.AuthorName.Trim();
            var address = Address(commit.AuthorEmail);
            if (!(address.Length > 0 && byAddress.TryGetValue(address, out var person)) && !byName.TryGetValue(name, out person))
                people.Add(person = new Person());
            if (address.Length > 0) byAddress.TryAdd(address, person);
            if (IsTelling(name)) byName.TryAdd(name, person);
            person.Add(name, commit);
        }
        return [.. people.Select(p => p.ToFacts()).OrderBy(a => a.IsBot).ThenByDescending(a => a.Commits).ThenBy(a => a.FirstAt)];
    }

    /// <summary>GitHub's private addresses carry the account after a number: <c>123+ada@users.noreply.github.com</c>.</summary>
    private static string Address(string email)
    {
        var address = email.Trim();
        var plus = address.EndsWith("@users.noreply.github.com", StringComparison.OrdinalIgnoreCase) ? address.IndexOf('+') : -1;
        return plus > 0 ? address[(plus + 1)..] : address;
    }

    /// <summary>«root» and «unknown» are many people.</summary>
    private static bool IsTelling(string name) => name.Length > 2 && !Anonymous().IsMatch(name);

    /// <summary>True for automation accounts.</summary>
    public static bool IsBot(string name, string email) => Bot().IsMatch(name) || email.Contains("[bot]@", StringComparison.OrdinalIgnoreCase);

    private sealed class Person
    {
        private readonly Dictionary<string, int> names = [];
        private int commits;
        private DateTimeOffset first = DateTimeOffset.MaxValue;
        private DateTimeOffset last = DateTimeOffset.MinValue;
        private bool isBot;

        public void Add(string name, SourceCommit commit)
        {
            commits++;
            names[name] = names.GetValueOrDefault(name) + 1;
            if (commit.AuthoredAt < first) first = commit.AuthoredAt;
            if (commit.AuthoredAt > last) last = commit.AuthoredAt;
            isBot |= IsBot(name, commit.AuthorEmail);
        }

        /// <summary>The name used most; a full name before a handle. A name that is an address loses its domain.</summary>
        public AuthorFacts ToFacts()
        {
            var name = names.OrderByDescending(n => n.Value * (n.Key.Contains(' ') ? 3 : 1)).ThenBy(n => n.Key, StringComparer.Ordinal).First().Key;
            var at = name.IndexOf('@');
            return new AuthorFacts(at > 0 ? name[..at] : name, commits, first, last, isBot);
        }
    }

    [GeneratedRegex(@"\A(?:root|unknown|nobody|admin|user|me|anonymous|github|ubuntu|your name|no author|\(no author\)|test)\z", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Anonymous();

    [GeneratedRegex(@"\[bot\]|(?:^|[-_ ./])bot\z|\A(?:dependabot|renovate|greenkeeper|snyk|github-actions|github actions|semantic-release|travis|circleci|weblate|codecov|imgbot|allcontributors|pre-commit-ci|transifex|crowdin|copilot|web-flow|mergify|bors|homu)\b|(?:-|_| )(?:bot|ci|automation|robot)\z|\Aautofix", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Bot();
}
