using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>Files that tools write, told by their path: lock files, wrappers, project files of editors.</summary>
internal static class GeneratedPaths
{
    private static readonly string[] Anywhere =
    [
        "node_modules/", "Gopkg.lock", "glide.lock", "Package.resolved", "poetry.lock", "pdm.lock", "uv.lock", "pixi.lock", "deno.lock",
        "npm-shrinkwrap.json", "package-lock.json", "pnpm-lock.yaml", "Godeps/", "composer.lock", "Cargo.lock", "Cargo.toml.orig", "Pipfile.lock",
        "__generated__/", "/Pods/", "/Carthage/Build/", "/.idea/", "/htmlcov/",
    ];

    private static readonly string[] AtRoot = ["Pods/", "Carthage/Build/", ".idea/", "htmlcov/"];

    private static readonly HashSet<string> FileNames =
    [
        "bun.lock", "bun.lockb", "flake.lock", "MODULE.bazel.lock", "esy.lock", ".terraform.lock.hcl", ".secrets.baseline", "yarn.lock",
        "gradlew", "gradlew.bat", "mvnw", "mvnw.cmd", "mise.lock",
    ];

    private static readonly string[] Endings = [".nib", ".xcworkspacedata", ".xcuserstate", ".zep.c", ".zep.h", ".zep.php", ".esy.lock"];
    private static readonly string[] EndingsInAnyCase = [".designer.cs", ".designer.vb", ".feature.cs", "_tlb.pas"];

    public static bool IsGenerated(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return FileNames.Contains(name)
            || Anywhere.Any(part => path.Contains(part, StringComparison.Ordinal))
            || AtRoot.Any(part => path.StartsWith(part, StringComparison.Ordinal))
            || Endings.Any(end => path.EndsWith(end, StringComparison.Ordinal))
            || EndingsInAnyCase.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            || Named.IsMatch(name)
            || SqlxQuery.IsMatch(path);
    }

    private static readonly LinearPattern Named = new(@"\A(?:\.pnp\..*|mise\.[^/]+\.lock|(?:Julia)?Manifest(?:-v\d+\.\d+)?\.toml)\z");

    private static readonly LinearPattern SqlxQuery = new(@"(?:^|/)\.sqlx/query-[a-f0-9]{64}\.json\z");
}
