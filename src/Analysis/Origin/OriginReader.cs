using Rialto.Kernel;
using System.Text.RegularExpressions;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>
/// Which hosted repository the commit belongs to, when the source itself does not say (a path on a disk): manifests name it,
/// badges and changelogs link to it. Each mention is a vote; a name is believed only when it clearly outweighs every other.
/// </summary>
internal static partial class OriginReader
{
    private const int LongestText = 400_000;
    private const int Stated = 12;
    private const int Enough = 4;

    /// <summary>However often documents link to a repository, a manifest's word for another outweighs them: links grow old when projects move.</summary>
    private const int MostLinked = 7;

    private static readonly string[] Documents = ["README", "CONTRIBUTING", "CHANGELOG", "CHANGES", "HISTORY", "SECURITY", "RELEASES", ".github/ISSUE_TEMPLATE/config", ".github/CONTRIBUTING", "docs/index", "create-list"];
    private static readonly string[] Manifests = ["package.json", "Cargo.toml", "pyproject.toml", "setup.py", "setup.cfg", "pom.xml", "build.gradle", "build.gradle.kts", "composer.json", "go.mod", "Directory.Build.props", "CITATION.cff", "mkdocs.yml", "book.toml", "mix.exs", "pubspec.yaml", "CMakeLists.txt", "codemeta.json", ".all-contributorsrc"];
    private static readonly HashSet<string> NoOwners = new(StringComparer.OrdinalIgnoreCase) { "sponsors", "orgs", "users", "apps", "features", "marketplace", "topics", "settings", "about", "login", "collections", "codespaces", "badges", "images", "search", "explore", "user-attachments", "notifications" };

    /// <summary>The identity with name, owner, host and address filled in, and the places that prove them; unchanged and none when nothing does.</summary>
    public static async Task<(SourceIdentity Identity, IReadOnlyList<Evidence> Evidence)> ReadAsync(RepositoryContent content)
    {
        var identity = content.Identity;
        if (identity.WebUrl is not null) return (identity, []);
        var votes = new Dictionary<string, Vote>(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, isManifest) in Places(content))
            if (await content.TextAsync(path) is { } file) Count(votes, file, isManifest);
        foreach (var vote in votes.Values)
            if (Words.Letters(vote.Name) == Words.Letters(identity.Name)) vote.Stated += 3;
        var isStated = votes.Values.Any(vote => vote.Stated >= Stated - 1);
        double Weight(Vote vote) => vote.Stated + (isStated ? Math.Min(vote.Linked, MostLinked) : vote.Linked);
        var ranked = votes.Values.OrderByDescending(Weight).Take(2).ToList();
        if (ranked.Count == 0 || Weight(ranked[0]) < Enough || (ranked.Count > 1 && Weight(ranked[0]) < 1.4 * Weight(ranked[1]))) return (identity, []);
        var best = ranked[0];
        return (identity with { Name = best.Name, Owner = best.Owner, Host = best.Host, WebUrl = new Uri($"https://{best.Host}/{best.Owner}/{best.Name}") }, [.. best.Places.Take(3)]);
    }

    private static IEnumerable<(string Path, bool IsManifest)> Places(RepositoryContent content)
    {
        var nested = 0;
        foreach (var file in content.Files)
        {
            var depth = file.Path.Count(letter => letter == '/');
            var isManifest = depth <= 3 && (Manifests.Contains(file.FileName) || file.FileName.EndsWith(".gemspec", StringComparison.Ordinal) || file.FileName.EndsWith(".csproj", StringComparison.Ordinal) || file.FileName.EndsWith(".nuspec", StringComparison.Ordinal));
            if (isManifest && !AuxiliaryPaths.Contains(file.Path.Replace("docs/", "", StringComparison.Ordinal)) && (depth == 0 || nested++ < 40)) yield return (file.Path, true);
            else if (Documents.Any(name => file.Path.StartsWith(name, StringComparison.OrdinalIgnoreCase)) || (depth == 2 && file.Path.StartsWith("packages/", StringComparison.Ordinal) && file.FileName is "README.md")) yield return (file.Path, false);
        }
    }

    private static void Count(Dictionary<string, Vote> votes, TextFile file, bool isManifest)
    {
        if (file.Text.Length > LongestText && isManifest) return;
        var isNested = file.Path.Contains('/') && !file.Path.StartsWith(".github/", StringComparison.Ordinal);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lines = Math.Min(file.Lines.Length, 4000);
        for (var i = 0; i < lines; i++)
        {
            var line = file.Lines[i];
            if (!line.Contains("github", StringComparison.OrdinalIgnoreCase) && !line.Contains("\"repository\"", StringComparison.Ordinal) && !Hosts.IsMatch(line)) continue;
            foreach (Match match in Repository().Matches(line.Length > 2000 ? line[..2000] : line))
            {
                var (owner, name) = (match.Groups["owner"].Value, Trimmed(match.Groups["name"].Value));
                if (NoOwners.Contains(owner) || name.Length == 0 || owner is "." or "..") continue;
                var host = match.Groups["host"].Value is { Length: > 0 } written ? written.ToLowerInvariant() : "github.com";
                var weight = isManifest ? ManifestWeight(file, i, isNested, seen.Add($"{owner}/{name}")) : Works.IsMatch(match.Groups["rest"].Value) ? 2 : seen.Add($"{owner}/{name}") ? 1 : 0;
                if (weight == 0) continue;
                var key = $"{host}/{owner}/{name}";
                if (!votes.TryGetValue(key, out var vote)) votes[key] = vote = new(host, owner, name);
                if (isManifest) vote.Stated += weight;
                else vote.Linked += weight;
                if (vote.Places.Count < 3) vote.Places.Add(file.At(i + 1));
            }
        }
    }

    /// <summary>A key that means "the repository" is worth most at the root; a home page on a host of repositories nearly as much, a mention among dependencies nothing.</summary>
    private static double ManifestWeight(TextFile file, int line, bool isNested, bool isFirst)
    {
        var text = file.Lines[line];
        if (file.FileName == "go.mod") return text.StartsWith("module ", StringComparison.Ordinal) && !isNested ? Stated : 0;
        if (!isFirst) return 0;
        var near = line > 1 ? file.Lines[line - 2] + "\n" + file.Lines[line - 1] + "\n" + text : line > 0 ? file.Lines[0] + "\n" + text : text;
        if (RepositoryKey.IsMatch(near)) return isNested ? 3 : Stated;
        return HomeKey.IsMatch(text) ? isNested ? 1 : Stated - 1 : 0;
    }

    private static string Trimmed(string name) => (name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name).TrimEnd('.');

    private sealed class Vote(string host, string owner, string name)
    {
        public string Host { get; } = host;
        public string Owner { get; } = owner;
        public string Name { get; } = name;
        public double Stated { get; set; }
        public double Linked { get; set; }
        public List<Evidence> Places { get; } = [];
    }

    private static readonly LinearPattern Hosts = new(@"(?i)(?:gitlab\.com|codeberg\.org|bitbucket\.org|gitee\.com)[/:]");
    [GeneratedRegex(@"(?i)(?:(?:https?://|git://|git@|ssh://git@|scm:git:|^module\s+)(?:www\.)?(?<host>github\.com|gitlab\.com|codeberg\.org|bitbucket\.org|gitee\.com)[/:]|(?:raw\.githubusercontent\.com|shields\.io/github/[a-z/-]+?)/|""repository""\s*:\s*""(?:github:)?)(?<owner>[A-Za-z0-9][\w-]{0,38})/(?<name>[A-Za-z0-9_.-]{1,100})(?<rest>/[a-z-]+)?", RegexOptions.None, 500)] private static partial Regex Repository();
    private static readonly LinearPattern Works = new(@"^/(?:actions|workflows|issues|releases|discussions|pull|pulls|compare|commit|commits|blob|tree|wiki|graphs|tags|edit|stargazers|security)$");
    private static readonly LinearPattern RepositoryKey = new(@"(?i)repository|repo_url|source_code|sourcecode|git-repository-url|<scm|<connection|RepositoryUrl|codeRepository|\bscm\b|^\s*""?source""?\s*[=:]", RegexOptions.Multiline);
    private static readonly LinearPattern HomeKey = new(@"(?i)home-?page|project_?url|\burl\b");
}
