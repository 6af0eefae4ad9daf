using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>A decoded text file of the commit, with its lines.</summary>
internal sealed class TextFile(string path, string text, string commit)
{
    private string[]? lines;

    public string Path { get; } = path;

    /// <summary>Line ends are <c>\n</c> only.</summary>
    public string Text { get; } = text;

    public string[] Lines => lines ??= Text.Split('\n');

    /// <summary>Folder with a closing slash; empty at the root.</summary>
    public string Folder => Path[..(Path.LastIndexOf('/') + 1)];

    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <param name="line">1-based; 0 for the whole file.</param>
    public Evidence At(int line) => new(Path, line, commit);
}
