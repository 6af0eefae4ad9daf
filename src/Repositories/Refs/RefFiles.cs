using Rialto.Kernel;

namespace Rialto.Repositories.Refs;

/// <summary>Reads references from the files of a Git directory, without asking Git, because Git would obey the directory's configuration.</summary>
internal static class RefFiles
{
    private const int MaxRefFileBytes = 4096;
    private const long MaxPackedBytes = 256L * 1024 * 1024;
    private const int MaxLooseRefs = 500_000;
    private const int MaxLinks = 5;

    /// <param name="gitDirectory">Holds HEAD (of a linked work tree, its own).</param>
    /// <param name="commonDirectory">Holds <c>refs</c> and <c>packed-refs</c>; the same unless it is a linked work tree.</param>
    public static RefTable Read(string gitDirectory, string commonDirectory)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadPacked(Path.Combine(commonDirectory, "packed-refs"), names);
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadLoose(commonDirectory, names, links);
        foreach (var (name, target) in links)
            if (Follow(target, names, links) is { } id) names[name] = id;

        var head = ReadSmall(Path.Combine(gitDirectory, "HEAD"));
        if (head is null) throw new Refusal("repository.object_missing", "The repository is damaged: it has no readable HEAD; run git fsck there, or clone it again.");
        if (LinkTarget(head) is not { } branch) return new RefTable(AsId(head), null, names);
        var shortName = branch.StartsWith(RefTable.Branches, StringComparison.Ordinal) ? branch[RefTable.Branches.Length..] : null;
        return new RefTable(Follow(branch, names, links), shortName, names);
    }

    private static string? Follow(string name, Dictionary<string, string> names, Dictionary<string, string> links)
    {
        for (var steps = 0; steps < MaxLinks; steps++)
        {
            if (names.TryGetValue(name, out var id)) return id;
            if (!links.TryGetValue(name, out var next)) return null;
            name = next;
        }
        return null;
    }

    private static void ReadPacked(string path, Dictionary<string, string> names)
    {
        // A pipe in the place of the file has no length and is not opened: it would block.
        if (!File.Exists(path) || new FileInfo(path).Length is 0 or > MaxPackedBytes) return;
        foreach (var line in File.ReadLines(path))
        {
            // "#" heads the file, "^" gives the peeled object of the tag above, which is looked up when it is needed.
            var space = line.IndexOf(' ');
            if (space < 40 || line[0] is '#' or '^') continue;
            if (AsId(line[..space]) is { } id && RefName.IsSound(line[(space + 1)..])) names[line[(space + 1)..]] = id;
        }
    }

    private static void ReadLoose(string commonDirectory, Dictionary<string, string> names, Dictionary<string, string> links)
    {
        var root = new DirectoryInfo(Path.Combine(commonDirectory, "refs"));
        if (!root.Exists) return;
        // Links between folders are not followed: a loop or a way out of the repository is not a reference.
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 32, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (var file in root.EnumerateFiles("*", options).Take(MaxLooseRefs))
        {
            var name = "refs/" + Path.GetRelativePath(root.FullName, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (!RefName.IsSound(name) || ReadSmall(file.FullName) is not { } text) continue;
            if (LinkTarget(text) is { } target) links[name] = target;
            else if (AsId(text) is { } id) names[name] = id;
        }
    }

    private static string? LinkTarget(string text) => text.StartsWith("ref:", StringComparison.Ordinal) ? text[4..].Trim() : null;

    private static string? AsId(string text) => RefName.IsFullId(text) ? text.ToLowerInvariant() : null;

    private static string? ReadSmall(string path)
    {
        var file = new FileInfo(path);
        // A pipe or device where a file should be would block for ever; those report no length.
        return file.Exists && file.Length is > 0 and <= MaxRefFileBytes ? File.ReadAllText(path).Trim() : null;
    }
}
