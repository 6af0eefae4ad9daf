using System.Collections.Concurrent;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.Git;
using Rialto.Repositories.Refs;

namespace Rialto.Repositories.Reading;

/// <summary>Tags of a repository, each followed to its commit. Tags of trees and files are left out, and so are those whose objects are gone.</summary>
/// <param name="refs">The tags.</param>
/// <param name="pool">Where their objects are; disposed after each reading when they are kept unknown.</param>
/// <param name="keepUnknown">Whether a tag whose object is absent is kept without a date: a remote has said what it points at.</param>
internal sealed class TagList(RefTable refs, ObjectPool pool, bool keepUnknown = false)
{
    private const int MaxLinks = 8;

    public async Task<IReadOnlyList<SourceTag>> ReadAsync(CancellationToken cancel)
    {
        var tags = new List<SourceTag>();
        var names = refs.Names.Where(pair => pair.Key.StartsWith(RefTable.Tags, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        // What the tags name is read in one go, and so is what annotated ones point at; deeper links are so rare that they are followed one by one.
        var known = new ConcurrentDictionary<string, GitObject?>(StringComparer.Ordinal);
        await FetchAsync([.. names.Select(pair => pair.Value).Distinct()], known, cancel);
        await FetchAsync([.. known.Values.OfType<GitObject>().Where(found => found.Type == "tag").Select(Target).OfType<string>().Where(id => !known.ContainsKey(id)).Distinct()], known, cancel);
        foreach (var (name, id) in names)
            if (await PeelAsync(name[RefTable.Tags.Length..], id, known, cancel) is { } tag) tags.Add(tag);
        if (keepUnknown) await pool.DisposeAsync();
        return tags;
    }

    private Task FetchAsync(string[] ids, ConcurrentDictionary<string, GitObject?> known, CancellationToken cancel) => pool.ReadEachAsync(ids, (index, found) =>
    {
        known[ids[index]] = found is { Type: "commit" or "tag" } ? found : found is { } other ? other with { Content = [] } : null;
    }, cancel);

    private static string? Target(GitObject tag)
    {
        var head = Encoding.UTF8.GetString(CommitRecord.Head(tag.Content));
        if (!head.StartsWith("object ", StringComparison.Ordinal)) return null;
        var id = head[7..].Split('\n', 2)[0].Trim();
        return RefName.IsFullId(id) ? id : null;
    }

    private async Task<SourceTag?> PeelAsync(string name, string id, ConcurrentDictionary<string, GitObject?> known, CancellationToken cancel)
    {
        DateTimeOffset? at = null;
        for (var links = 0; links < MaxLinks; links++)
        {
            var found = known.TryGetValue(id, out var read) ? read : await FindAsync(id, name, cancel);
            if (found is null) return keepUnknown && links == 0 ? new SourceTag(name, id, null) : null;
            if (found.Value.Type == "commit") return new SourceTag(name, id, at ?? CommitRecord.Moment(found.Value.Content, "committer "));
            if (found.Value.Type != "tag") return null;
            at ??= CommitRecord.Moment(found.Value.Content, "tagger ");
            if (Target(found.Value) is not { } target) return null;
            id = target;
        }
        return null;
    }

    private async Task<GitObject?> FindAsync(string id, string name, CancellationToken cancel)
    {
        try
        {
            return await pool.FindAsync(id, $"tag {name}", cancel);
        }
        catch (Refusal)
        {
            return null;
        }
    }
}
