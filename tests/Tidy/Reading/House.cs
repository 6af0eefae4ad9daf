using System.Xml.Linq;

namespace Rialto.Tidy;

/// <summary>The checkout that these tests were built from.</summary>
internal sealed record House(string Root)
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", ".git", ".vs", ".idea"];

    public static House Here { get; } = new(Find(AppContext.BaseDirectory));

    /// <summary>All C# files, parsed once.</summary>
    public IReadOnlyList<CodeFile> Code { get; } = [.. Files(Root, ".cs").Select(path => CodeFile.Read(Root, path))];

    /// <summary>All projects, by path.</summary>
    public IReadOnlyList<Project> Projects { get; } = [.. Files(Root, ".csproj").Select(path => new Project(path, XDocument.Load(Path.Combine(Root, path))))];

    /// <summary>Paths of files with one of the endings, relative with <c>/</c>, in order; what is built or fetched is left out.</summary>
    public IEnumerable<string> FilesEnding(params string[] endings) => Files(Root, endings);

    public bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    public string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Files(string root, params string[] endings) =>
        Walk(new DirectoryInfo(root)).Select(file => Path.GetRelativePath(root, file.FullName).Replace('\\', '/'))
            .Where(path => Array.Exists(endings, ending => path.EndsWith(ending, StringComparison.Ordinal))).Order(StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(child => !NotOurs.Contains(child.Name) && child.LinkTarget is null).SelectMany(Walk));

    private static string Find(string folder)
    {
        for (var here = new DirectoryInfo(folder); here is not null; here = here.Parent)
            if (File.Exists(Path.Combine(here.FullName, "Rialto.slnx"))) return here.FullName;
        throw new DirectoryNotFoundException("No Rialto.slnx at or above " + folder);
    }
}
