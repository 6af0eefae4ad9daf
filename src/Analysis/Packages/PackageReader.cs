namespace Rialto.Analysis;

/// <summary>Finds every manifest of the commit and reads the packages it defines. Nothing is executed: scripts are read as text.</summary>
internal static class PackageReader
{
    /// <summary>Most manifests that are read; the ones nearest the root come first.</summary>
    public const int MaxManifests = 600;

    private static readonly (string Ecosystem, string[] Names, string[] Extensions, Func<ManifestSet, IEnumerable<PackageFacts>> Read)[] Ecosystems =
    [
        ("npm", ["package.json", "pnpm-workspace.yaml"], [], NpmPackages.Read),
        ("nuget", ["Directory.Packages.props", "Directory.Build.props", "packages.config"], [".csproj", ".fsproj", ".vbproj", ".nuspec"], NuGetPackages.Read),
        ("pypi", ["pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", "Pipfile"], [], PythonPackages.Read),
        ("cargo", ["Cargo.toml"], [], CargoPackages.Read),
        ("go", ["go.mod"], [], GoModules.Read),
        ("maven", ["pom.xml"], [], MavenPackages.Read),
        ("gradle", ["build.gradle", "build.gradle.kts", "libs.versions.toml", "settings.gradle", "settings.gradle.kts"], [], GradlePackages.Read),
        ("composer", ["composer.json"], [], ComposerPackages.Read),
        ("rubygems", ["Gemfile"], [".gemspec"], RubyGems.Read),
        ("cmake", ["CMakeLists.txt"], [], CMakeProjects.Read),
        ("conan", ["conanfile.txt", "conanfile.py"], [], ConanPackages.Read),
        ("vcpkg", ["vcpkg.json"], [], VcpkgPackages.Read),
        ("swift", ["Package.swift"], [], SwiftPackages.Read),
        ("pub", ["pubspec.yaml"], [], PubPackages.Read),
        ("hex", ["mix.exs", "rebar.config"], [], HexPackages.Read),
        ("hackage", ["package.yaml"], [".cabal"], HackagePackages.Read),
        ("julia", ["Project.toml"], [], JuliaPackages.Read),
        ("zig", ["build.zig.zon"], [], ZigPackages.Read),
        ("helm", ["Chart.yaml"], [], HelmCharts.Read),
        ("docker", ["Dockerfile", "Containerfile"], [], DockerImages.Read),
    ];

    private static readonly Dictionary<string, int> ByName = Index(row => row.Names);
    private static readonly Dictionary<string, int> ByExtension = Index(row => row.Extensions);

    public static async Task<IReadOnlyList<PackageFacts>> ReadAsync(RepositoryContent content)
    {
        var manifests = content.Files.Select(file => (file, ecosystem: EcosystemOf(file.FileName)))
            .Where(found => found.ecosystem >= 0 && !IsVendored(found.file.Path))
            .OrderBy(found => found.file.Path.Count(letter => letter == '/')).ThenBy(found => found.file.Path, StringComparer.Ordinal)
            .Take(MaxManifests).ToList();
        var texts = new List<(int Ecosystem, TextFile File)>();
        foreach (var (file, ecosystem) in manifests)
            if (await content.TextAsync(file) is { } text) texts.Add((ecosystem, text));
        return [.. texts.GroupBy(found => found.Ecosystem)
            .SelectMany(group => Ecosystems[group.Key].Read(new ManifestSet(Ecosystems[group.Key].Ecosystem, [.. group.Select(found => found.File)])))
            .Select(package => package.Name.Length > 0 ? package : package with { Name = content.Identity.Name })
            .OrderBy(package => package.IsAuxiliary).ThenBy(package => package.Manifest.Count(letter => letter == '/')).ThenBy(package => package.Manifest, StringComparer.Ordinal)];
    }

    private static int EcosystemOf(string name)
    {
        if (ByName.TryGetValue(name, out var found)) return found;
        if (name.StartsWith("requirements", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal)) return ByName["requirements.txt"];
        if (name.EndsWith(".Dockerfile", StringComparison.OrdinalIgnoreCase)) return ByName["Dockerfile"];
        return ByExtension.GetValueOrDefault(Path.GetExtension(name).ToLowerInvariant(), -1);
    }

    private static bool IsVendored(string path) =>
        path.Split('/').Any(segment => segment is "node_modules" or "vendor" or "vendored" or "third_party" or "bower_components" or ".venv" or "site-packages" or "Pods");

    private static Dictionary<string, int> Index(Func<(string, string[] Names, string[] Extensions, Func<ManifestSet, IEnumerable<PackageFacts>>), string[]> keys) =>
        Ecosystems.SelectMany((row, index) => keys(row).Select(key => (key, index))).ToDictionary(pair => pair.key, pair => pair.index, StringComparer.Ordinal);
}
