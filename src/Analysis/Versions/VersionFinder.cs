using Rialto.Kernel;
using System.Text.RegularExpressions;
using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>
/// The latest release of the product itself. Tags of example and side packages are told apart by what stands before their
/// version; without a tag the main package's manifest says the version.
/// </summary>
internal static class VersionFinder
{
    /// <summary>A single unknown product must hold this share of all release tags to be taken for the main one.</summary>
    private const double PrevailingShare = 0.8;

    private sealed record Release(SourceTag Tag, ReleaseTag Version);

    /// <summary>The version, or null when neither a tag nor a manifest states one.</summary>
    /// <param name="tags">All tags.</param>
    /// <param name="identity">What the repository is called and which ref was asked for.</param>
    /// <param name="main">The main package, where there is one.</param>
    public static VersionFacts? Find(IReadOnlyList<SourceTag> tags, SourceIdentity identity, PackageFacts? main)
    {
        var releases = tags.Select(tag => (Tag: tag, Version: ReleaseTagReader.Read(tag.Name))).Where(r => r.Version is not null).Select(r => new Release(r.Tag, r.Version!)).ToList();
        var product = OneCalendar(Product(releases, identity, main));
        if (product.Count == 0) return FromManifest(main);
        var latestOfAll = product.MaxBy(r => r.Version)!;
        var stable = product.Where(r => r.Version.Kind == ReleaseKind.Stable).MaxBy(r => r.Version);
        // Someone who asks for a tag wants that version.
        var asked = product.Find(r => r.Tag.Name == identity.Ref && r.Tag.Commit == identity.Commit);
        var chosen = asked ?? stable ?? latestOfAll;
        return new VersionFacts
        {
            Value = chosen.Version.Value,
            Tag = chosen.Tag.Name,
            ReleasedAt = chosen.Tag.At,
            IsPrerelease = chosen.Version.Kind != ReleaseKind.Stable,
            LatestPrerelease = latestOfAll.Version.Kind != ReleaseKind.Stable && latestOfAll.Version.CompareTo(chosen.Version) > 0 ? latestOfAll.Version.Value : null,
            Evidence = [new Evidence("", 0, chosen.Tag.Commit)],
        };
    }

    /// <summary>The releases of the product: those without a name before the version or with the repository's or main package's, whichever was released last.</summary>
    private static List<Release> Product(List<Release> releases, SourceIdentity identity, PackageFacts? main)
    {
        var groups = releases.GroupBy(r => r.Version.Product).ToList();
        var names = Names(identity, main);
        var own = groups.Where(g => g.Key.Length == 0 || names.Contains(Bare(g.Key)) || names.Contains(Bare(LastSegment(g.Key)))).ToList();
        if (own.Count > 0)
        {
            // A project may have changed how it writes its tags; the newest way is the one that counts, and old tags stay with it.
            var newest = own.MaxBy(Newest)!;
            return newest.Key.Length == 0 ? [.. newest] : [.. own.Where(g => g.Key == newest.Key || g.Max(r => r.Version)!.CompareTo(newest.Max(r => r.Version)!) < 0).SelectMany(g => g)];
        }
        var near = groups.Where(g => names.Any(n => n.Length > 2 && Bare(g.Key).StartsWith(n, StringComparison.Ordinal) || Bare(g.Key).Length > 2 && n.StartsWith(Bare(g.Key), StringComparison.Ordinal))).OrderByDescending(g => g.Count()).FirstOrDefault();
        if (near is not null && !Auxiliary.IsMatch(near.Key)) return [.. near];
        var largest = groups.MaxBy(g => g.Count());
        return largest is not null && largest.Count() >= releases.Count * PrevailingShare && !Auxiliary.IsMatch(largest.Key) ? [.. largest] : [];
    }

    private static DateTimeOffset Newest(IEnumerable<Release> group) => group.Max(r => r.Tag.At) ?? DateTimeOffset.MinValue;

    private static HashSet<string> Names(SourceIdentity identity, PackageFacts? main)
    {
        var names = new HashSet<string> { Bare(identity.Name) };
        if (main is not null)
        {
            names.Add(Bare(main.Name));
            names.Add(Bare(LastSegment(main.Name)));
        }
        names.Remove("");
        return names;
    }

    private static string LastSegment(string name) => name[(name.LastIndexOfAny(['/', ':', '@']) + 1)..];

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Where dates and versions were both used, those that the newest tag uses.</summary>
    private static List<Release> OneCalendar(List<Release> product)
    {
        if (product.Count == 0 || product.TrueForAll(r => r.Version.IsCalendar == product[0].Version.IsCalendar)) return product;
        var stable = product.Where(r => r.Version.Kind == ReleaseKind.Stable).ToList();
        var newest = (stable.Count > 0 ? stable : product).MaxBy(r => r.Tag.At ?? DateTimeOffset.MinValue)!;
        return [.. product.Where(r => r.Version.IsCalendar == newest.Version.IsCalendar)];
    }

    /// <summary>
    /// The version that the manifest and a dated entry of the changelog agree on, when it is newer than the latest tag:
    /// a project that stopped tagging has not stopped releasing.
    /// </summary>
    public static VersionFacts? OrAsTold(VersionFacts? tagged, PackageFacts? main, ChangelogFacts? changelog)
    {
        if (tagged is not { Tag: not null, IsPrerelease: false } || main?.Version is not { } written || ReleaseTagReader.Read(written) is not { Kind: ReleaseKind.Stable } stated) return tagged;
        if (ReleaseTagReader.Read(tagged.Tag) is not { } latest || stated.CompareTo(latest) <= 0) return tagged;
        var entry = changelog?.Releases.FirstOrDefault(release => release.Date is not null && ReleaseTagReader.Read(release.Version)?.CompareTo(stated) == 0);
        if (entry?.Date is not { } date || tagged.ReleasedAt is { } at && DateOnly.FromDateTime(at.UtcDateTime) > date) return tagged;
        return new VersionFacts { Value = stated.Value, ReleasedAt = new DateTimeOffset(date, TimeOnly.MinValue, TimeSpan.Zero), Evidence = [main.Evidence, entry.Evidence] };
    }

    private static VersionFacts? FromManifest(PackageFacts? main)
    {
        if (main?.Version is not { Length: > 0 } written || ReleaseTagReader.Read(written) is not { } version || version.Numbers.All(n => n == 0)) return null;
        return new VersionFacts { Value = version.Value, IsPrerelease = version.Kind != ReleaseKind.Stable, Evidence = [main.Evidence] };
    }

    private static readonly LinearPattern Auxiliary = new("example|sample|demo|test|doc|plugin|template|starter|backup|archive|pre-?merge|draft", RegexOptions.IgnoreCase);
}
