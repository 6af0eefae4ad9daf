using Rialto.Kernel;
using System.Text.RegularExpressions;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>Who made the project: commits by the same address or the same name are one person's. Addresses group, they are never shown.</summary>
internal static class AuthorStatistics
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
            var name = Composed(commit.AuthorName.Trim());
            var address = Address(commit.AuthorEmail);
            var sameAddress = address.Length > 0 ? byAddress.GetValueOrDefault(address)?.Whole : null;
            var sameName = byName.GetValueOrDefault(name)?.Whole;
            if ((sameAddress ?? sameName) is not { } person) people.Add(person = new Person());
            else if (sameAddress is not null && sameName is not null) person.Take(sameName);
            if (address.Length > 0) byAddress.TryAdd(address, person);
            if (IsTelling(name)) byName.TryAdd(name, person);
            person.Add(name, commit);
        }
        return [.. people.Where(p => p.Whole == p).Select(p => p.ToFacts()).OrderBy(a => a.IsBot).ThenByDescending(a => a.Commits).ThenBy(a => a.FirstAt)];
    }

    /// <summary>GitHub's private addresses carry the account after a number: <c>123+ada@users.noreply.github.com</c>.</summary>
    private static string Address(string email)
    {
        var address = email.Trim();
        var plus = address.EndsWith("@users.noreply.github.com", StringComparison.OrdinalIgnoreCase) ? address.IndexOf('+') : -1;
        return plus > 0 ? address[(plus + 1)..] : address;
    }

    /// <summary>"ä" is one sign, however it was typed. Bytes that are no text stay as they are.</summary>
    private static string Composed(string name)
    {
        try
        {
            return name.Normalize();
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    /// <summary>«root» and «unknown» are many people.</summary>
    private static bool IsTelling(string name) => name.Length > 2 && !Anonymous.IsMatch(name);

    /// <summary>True for automation accounts.</summary>
    public static bool IsBot(string name, string email) => Bot.IsMatch(name) || email.Contains("[bot]@", StringComparison.OrdinalIgnoreCase);

    private sealed class Person
    {
        private readonly Dictionary<string, int> names = [];
        private int commits;
        private DateTimeOffset first = DateTimeOffset.MaxValue;
        private DateTimeOffset last = DateTimeOffset.MinValue;
        private bool isBot;
        private Person? takenBy;

        /// <summary>The person this one turned out to be.</summary>
        public Person Whole
        {
            get
            {
                if (takenBy is null) return this;
                return takenBy = takenBy.Whole;
            }
        }

        /// <summary>A commit showed that two were the same: all of the other becomes this one's.</summary>
        public void Take(Person other)
        {
            if (other == this) return;
            other.takenBy = this;
            commits += other.commits;
            foreach (var (name, count) in other.names) names[name] = names.GetValueOrDefault(name) + count;
            if (other.first < first) first = other.first;
            if (other.last > last) last = other.last;
            isBot |= other.isBot;
        }

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

    private static readonly LinearPattern Anonymous = new(@"\A(?:root|unknown|nobody|admin|user|me|anonymous|github|ubuntu|your name|no author|\(no author\)|test)\z", RegexOptions.IgnoreCase);

    private static readonly LinearPattern Bot = new(@"\[bot\]|\(bot\)|(?:^|[-_ ./])bot\z|\A(?:dependabot|renovate|greenkeeper|snyk|github-actions|github actions|semantic-release|travis|circleci|weblate|codecov|imgbot|allcontributors|pre-commit-ci|transifex|crowdin|copilot|web-flow|mergify|bors|homu)\b|(?:-|_| )(?:bot|ci|automation|robot)\z|\Aautofix", RegexOptions.IgnoreCase);
}
