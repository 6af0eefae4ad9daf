namespace Rialto.Repositories.Mirrors;

/// <summary>All mirrors of a node, within a size. What was not used for the longest time goes first; what may still be read stays.</summary>
internal sealed class MirrorFolder(string folder, long mostBytes)
{
    // Longer than any build: a reading that goes on through a view must not lose its objects.
    private static readonly TimeSpan InUse = TimeSpan.FromMinutes(30);

    /// <summary>Where a repository's generations are.</summary>
    public string RootOf(Guid repository) => Path.Combine(folder, repository.ToString("N"));

    /// <summary>Removes what is too much, and generations that newer ones have replaced. Returns how many were removed.</summary>
    public int Trim(DateTime? now = null)
    {
        if (!Directory.Exists(folder)) return 0;
        var removed = 0;
        var generations = Directory.EnumerateDirectories(folder).SelectMany(root => Mirror.Generations(root).Reverse().Select((path, age) => (Path: path, IsNewest: age == 0, UsedAt: Mirror.UsedAt(path), Bytes: SizeOf(path)))).OrderBy(one => one.IsNewest).ThenBy(one => one.UsedAt).ToArray();
        var total = generations.Sum(one => one.Bytes);
        foreach (var one in generations)
        {
            if ((now ?? DateTime.UtcNow) - one.UsedAt < InUse || (one.IsNewest && total <= mostBytes)) continue;
            try
            {
                Directory.Delete(one.Path, recursive: true);
                total -= one.Bytes;
                removed++;
            }
            catch (IOException)
            {
                // Somebody is at it; another time.
            }
        }
        return removed;
    }

    private static long SizeOf(string path) => new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
