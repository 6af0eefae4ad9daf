using Rialto.Kernel;

namespace Rialto.Repositories.Local;

/// <summary>Where a repository on this machine keeps its parts.</summary>
/// <param name="Root">The work tree, or the bare repository.</param>
/// <param name="GitDirectory">Holds HEAD.</param>
/// <param name="CommonDirectory">Holds refs, objects and config; differs from <paramref name="GitDirectory"/> in linked work trees.</param>
internal sealed record GitFolder(string Root, string GitDirectory, string CommonDirectory)
{
    private const int MaxPointerBytes = 16 * 1024;

    public string Objects => Path.Combine(CommonDirectory, "objects");

    /// <summary>The list of commits where history was cut, or null.</summary>
    public string? Shallow => File.Exists(Path.Combine(CommonDirectory, "shallow")) && new FileInfo(Path.Combine(CommonDirectory, "shallow")).Length > 0
        ? Path.Combine(CommonDirectory, "shallow")
        : null;

    /// <summary>Finds the repository that has <paramref name="path"/> as its work tree or Git directory, or above it as Git does.</summary>
    /// <exception cref="Refusal"><c>repository.not_a_repository</c></exception>
    public static GitFolder Find(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (IsGitDirectory(full)) return At(Path.GetFileName(full) == ".git" ? Path.GetDirectoryName(full)! : full, full);
        for (var folder = full; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var inside = Path.Combine(folder, ".git");
            if (Directory.Exists(inside) && IsGitDirectory(inside)) return At(folder, inside);
            if (File.Exists(inside) && Pointer(inside, "gitdir:") is { } elsewhere && IsGitDirectory(elsewhere)) return At(folder, elsewhere);
        }
        throw new Refusal("repository.not_a_repository", $"{path} is not in a Git repository; run git init and commit there, or name another folder.", 404);
    }

    private static GitFolder At(string root, string gitDirectory) =>
        new(root, gitDirectory, Pointer(Path.Combine(gitDirectory, "commondir"), "") ?? gitDirectory);

    private static bool IsGitDirectory(string path)
    {
        if (!File.Exists(Path.Combine(path, "HEAD"))) return false;
        var common = Pointer(Path.Combine(path, "commondir"), "") ?? path;
        return Directory.Exists(Path.Combine(common, "objects")) && Directory.Exists(Path.Combine(common, "refs"));
    }

    private static string? Pointer(string file, string prefix)
    {
        if (!File.Exists(file) || new FileInfo(file).Length is 0 or > MaxPointerBytes) return null;
        var text = File.ReadAllText(file).Trim();
        return text.StartsWith(prefix, StringComparison.Ordinal)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(text[prefix.Length..].Trim(), Path.GetDirectoryName(file)!))
            : null;
    }
}
