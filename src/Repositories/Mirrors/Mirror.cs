using Rialto.Kernel;
using Rialto.Repositories.Remote;

namespace Rialto.Repositories.Mirrors;

/// <summary>
/// One repository's kept objects, held by one fetch at a time. What is read is read through views, so that the next fetch may add while
/// an earlier reading still goes on.
/// </summary>
internal sealed class Mirror : IDisposable
{
    // More than that many fetches, and looking for an object in all their packs costs more than one fresh fetch.
    private const int MostPacks = 40;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private readonly FileLock held;
    private readonly string folder;

    private Mirror(FileLock held, string folder, string commit) => (this.held, this.folder, Files, History) =
        (held, folder, FetchFolder.Keep(Path.Combine(folder, "files"), commit), FetchFolder.Keep(Path.Combine(folder, "history"), commit));

    /// <summary>Commits with their files.</summary>
    public FetchFolder Files { get; }

    /// <summary>Commits without files.</summary>
    public FetchFolder History { get; }

    /// <summary>Takes hold of the newest generation of a repository's mirror, or begins the next one. Null when another fetch, perhaps a stuck one, holds it for too long.</summary>
    /// <param name="root">Folder of the repository's generations.</param>
    /// <param name="commit">What will be read; its length tells SHA-1 from SHA-256.</param>
    /// <param name="cancel">Cancels the waiting.</param>
    public static async Task<Mirror?> TryTakeAsync(string root, string commit, CancellationToken cancel)
    {
        Directory.CreateDirectory(root);
        FileLock held;
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            patience.CancelAfter(LongestWait);
            try
            {
                held = await FileLock.TakeAsync(Path.Combine(root, "lock"), patience.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return null;
            }
        }
        try
        {
            var newest = Generations(root).LastOrDefault();
            var place = newest is not null && !IsWorn(newest) ? newest : Path.Combine(root, $"{(newest is null ? 1 : int.Parse(Path.GetFileName(newest), System.Globalization.CultureInfo.InvariantCulture) + 1):0000}");
            Directory.CreateDirectory(place);
            var mirror = new Mirror(held, place, commit);
            mirror.Touch();
            return mirror;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Generations of a repository's mirror, oldest first.</summary>
    public static IReadOnlyList<string> Generations(string root) =>
        [.. Directory.EnumerateDirectories(root).Where(path => Path.GetFileName(path) is { Length: 4 } name && name.All(char.IsAsciiDigit)).Order(StringComparer.Ordinal)];

    /// <summary>When a generation was last used.</summary>
    public static DateTime UsedAt(string generation) => File.GetLastWriteTimeUtc(Path.Combine(generation, "used"));

    /// <summary>Whether the commit is here whole, with its history.</summary>
    public bool Has(string commit) => File.Exists(Mark(commit));

    /// <summary>Remembers that it is.</summary>
    public void Keep(string commit) => File.WriteAllBytes(Mark(commit), []);

    /// <summary>Gives up this generation: the next fetch begins a new one.</summary>
    public void Abandon() => File.WriteAllBytes(Path.Combine(folder, "worn"), []);

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();

    private string Mark(string commit) => Path.Combine(folder, "has-" + commit);

    private void Touch() => File.WriteAllBytes(Path.Combine(folder, "used"), []);

    private static bool IsWorn(string generation) => File.Exists(Path.Combine(generation, "worn"))
        || Path.Combine(generation, "files", "objects", "pack") is var packs && Directory.Exists(packs) && Directory.EnumerateFiles(packs, "*.pack").Take(MostPacks + 1).Count() > MostPacks;
}
