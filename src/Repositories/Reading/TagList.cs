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
        foreach (var (name, id) in refs.Names.Where(pair => pair.Key.StartsWith(RefTable.Tags, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (await PeelAsync(name[RefTable.Tags.Length..], id, cancel) is { } tag) tags.Add(tag);
        if (keepUnknown) await pool.DisposeAsync();
        return tags;
    }

    private async Task<SourceTag?> PeelAsync(string name, string id, CancellationToken cancel)
    {
        DateTimeOffset? at = null;
        for (var links = 0; links < MaxLinks; links++)
        {
            var found = await FindAsync(id, name, cancel);
            if (found is null) return keepUnknown && links == 0 ? new SourceTag(name, id, null) : null;
            if (found.Value.Type == "commit") return new SourceTag(name, id, at ?? CommitRecord.Moment(found.Value.Content, "committer "));
            if (found.Value.Type != "tag") return null;
            at ??= CommitRecord.Moment(found.Value.Content, "tagger ");
            var head = Encoding.UTF8.GetString(CommitRecord.Head(found.Value.Content));
            if (!head.StartsWith("object ", StringComparison.Ordinal)) return null;
            id = head[7..].Split('\n', 2)[0].Trim();
            if (!RefName.IsFullId(id)) return null;
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
