using System.Text;

namespace Rialto.Repositories.Git;

/// <summary>
/// An empty Git directory of our own through which a foreign object database is read. Because the directory is ours, the
/// source's configuration, hooks, attributes, filters, replacements and promised remotes do not exist for the Git that reads.
/// </summary>
internal sealed class ObjectView : IAsyncDisposable
{
    private ObjectView(string path) => Path = path;

    /// <summary>Folder to give Git as <c>--git-dir</c>.</summary>
    public string Path { get; }

    /// <summary>Makes a view of <paramref name="objects"/> whose HEAD is <paramref name="commit"/>.</summary>
    /// <param name="objects">The <c>objects</c> folder of the source.</param>
    /// <param name="commit">Full object name; its length tells SHA-1 from SHA-256.</param>
    /// <param name="shallow">The source's <c>shallow</c> file, where it has one.</param>
    public static ObjectView Create(string objects, string commit, string? shallow)
    {
        var path = Directory.CreateTempSubdirectory("rialto-view-").FullName;
        Directory.CreateDirectory(System.IO.Path.Combine(path, "objects", "info"));
        Directory.CreateDirectory(System.IO.Path.Combine(path, "refs"));
        File.WriteAllText(System.IO.Path.Combine(path, "HEAD"), commit + "\n");
        File.WriteAllText(System.IO.Path.Combine(path, "config"), Config(sha256: commit.Length == 64));
        File.WriteAllText(System.IO.Path.Combine(path, "objects", "info", "alternates"), Quote(objects) + "\n");
        if (shallow is not null) File.Copy(shallow, System.IO.Path.Combine(path, "shallow"));
        return new ObjectView(path);
    }

    /// <summary>Makes HEAD name <paramref name="commit"/>, from where Git takes the mailmap.</summary>
    public void Point(string commit) => File.WriteAllText(System.IO.Path.Combine(Path, "HEAD"), commit + "\n");

    /// <summary>Configuration of a bare repository of ours.</summary>
    public static string Config(bool sha256) => sha256
        ? "[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n"
        : "[core]\n\trepositoryformatversion = 0\n\tbare = true\n";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ScratchFolder.DeleteAsync(Path);

    /// <summary>A path as a line of alternates.</summary>
    // Git reads a line that begins with a quotation mark as a C string, so any folder name can be written.
    public static string Quote(string path)
    {
        var quoted = new StringBuilder("\"");
        foreach (var symbol in path)
            _ = symbol switch { '"' => quoted.Append("\\\""), '\\' => quoted.Append("\\\\"), '\n' => quoted.Append("\\n"), _ => quoted.Append(symbol) };
        return quoted.Append('"').ToString();
    }
}
