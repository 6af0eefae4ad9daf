namespace Rialto.Analysis;

/// <summary>Which package is the product itself.</summary>
internal static class MainPackage
{
    private static readonly HashSet<string> Carriers = ["docker", "helm", "conan", "vcpkg", "cmake", "zig"];

    /// <summary>
    /// The published package named like the repository, else the one nearest the root; examples, tests and tools never.
    /// Null when nothing is packaged.
    /// </summary>
    public static PackageFacts? Of(IReadOnlyList<PackageFacts> packages, string repository)
    {
        return packages.Where(package => !package.IsAuxiliary && package.Ecosystem != "docker" && !IsList(package))
            .OrderByDescending(package => Rank(package, repository)).FirstOrDefault();
    }

    /// <summary>A list of what is needed (requirements.txt, a Gemfile) defines no package of its own.</summary>
    public static bool IsList(PackageFacts package) => package.IsPrivate && package.Version is null && package.Description is null && Path.GetFileName(package.Manifest) is var file && (file.EndsWith(".txt", StringComparison.Ordinal) || file is "Pipfile" or "Gemfile");

    private static int Rank(PackageFacts package, string repository)
    {
        var name = Words.Letters(ShortName(package.Name));
        var wanted = Words.Letters(repository);
        var rank = name == wanted ? 100 : wanted.Length > 2 && (name.EndsWith(wanted, StringComparison.Ordinal) || name.StartsWith(wanted, StringComparison.Ordinal) || wanted.StartsWith(name, StringComparison.Ordinal) && name.Length > 2) ? 40 : 0;
        if (package.Name.Contains('/') && package.Ecosystem == "npm") rank -= 5;
        if (!package.Manifest.Contains('/')) rank += 45;
        rank -= 4 * package.Manifest.Count(letter => letter == '/');
        if (package.IsPrivate) rank -= 60;
        if (package.Description is not null) rank += 10;
        if (Carriers.Contains(package.Ecosystem)) rank -= 20;
        return rank;
    }

    /// <summary>The last part of a package's name: of <c>@biomejs/biome</c>, <c>github.com/gin-gonic/gin</c>, <c>laravel/framework</c>, <c>com.taobao.arthas:arthas-all</c>.</summary>
    public static string ShortName(string name)
    {
        var parts = name.Split('/', ':');
        var last = parts[^1];
        // A Go module's major version is not its name.
        return parts.Length > 1 && last.Length is 2 or 3 && last[0] == 'v' && last.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 ? parts[^2] : last;
    }
}
