using System.Text;
using Rialto.Repositories;

namespace Rialto.Sites;

/// <summary>The commit's files as links see them: folders exist, symbolic links lead inside the tree or nowhere.</summary>
internal sealed class TreeIndex
{
    private const int MaxLinkHops = 8;
    private readonly ISourceTree tree;
    private readonly HashSet<string> folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> symlinks = new(StringComparer.Ordinal);

    private TreeIndex(ISourceTree tree)
    {
        this.tree = tree;
        foreach (var entry in tree.Entries)
            for (var slash = entry.Path.LastIndexOf('/'); slash > 0 && folders.Add(entry.Path[..slash]); slash = entry.Path.LastIndexOf('/', slash - 1))
            {
            }
    }

    public ISourceTree Tree => tree;

    public static async Task<TreeIndex> CreateAsync(ISourceTree tree, CancellationToken cancel)
    {
        var index = new TreeIndex(tree);
        foreach (var entry in tree.Entries.Where(entry => entry.Kind == SourceEntryKind.Symlink && entry.Bytes is > 0 and < 1000))
            if (Paths.Combine(Paths.Folder(entry.Path), Encoding.UTF8.GetString((await tree.ReadAsync(entry, cancel)).Span)) is { } target) index.symlinks[entry.Path] = target;
        return index;
    }

    public bool IsFolder(string path) => path.Length == 0 || folders.Contains(path);

    /// <summary>The file at <paramref name="path"/>, through symbolic links; null when there is none.</summary>
    public SourceEntry? File(string path)
    {
        for (var hops = 0; hops < MaxLinkHops; hops++)
        {
            if (tree.Find(path) is { IsFile: true } entry) return entry;
            if (!symlinks.TryGetValue(path, out var target)) return null;
            path = target;
        }
        return null;
    }

    /// <summary>A file's text: UTF-8, or UTF-16 with its mark; line ends are <c>\n</c>.</summary>
    public async ValueTask<string> TextAsync(SourceEntry entry, CancellationToken cancel) => Decode((await tree.ReadAsync(entry, cancel)).Span);

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
            [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
            _ => Encoding.UTF8.GetString(bytes),
        };
        return text.Contains('\r') ? text.ReplaceLineEndings("\n") : text;
    }
}
