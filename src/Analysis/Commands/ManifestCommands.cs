namespace Rialto.Analysis;

/// <summary>Commands that manifests prove: scripts, test projects, wrappers; and the installation of a package that says it is published.</summary>
internal static class ManifestCommands
{
    public static async Task<IReadOnlyList<CommandFacts>> ReadAsync(RepositoryContent content, Document? readme, PackageFacts? main, IReadOnlyList<PackageFacts> packages, IReadOnlyList<CommandFacts> shown)
    {
        var commands = new List<CommandFacts>();
        if (main is not null && !shown.Any(command => command.Kind == CommandKind.Install && Belongs(command.Manager, main.Ecosystem)) && await InstallAsync(content, readme, main) is { } install) commands.Add(install);
        if (await content.TextAsync("package.json") is { } npm && JsonReader.Read(npm.Text)?["scripts"] is { } scripts)
        {
            var manager = content.Find("pnpm-lock.yaml") is not null ? "pnpm" : content.Find("yarn.lock") is not null ? "yarn" : content.Find("bun.lock") is not null || content.Find("bun.lockb") is not null ? "bun" : "npm";
            foreach (var (script, kind) in ((string, CommandKind)[])[("dev", CommandKind.Run), ("start", CommandKind.Run), ("test", CommandKind.Test), ("build", CommandKind.Build)])
                if (scripts[script] is { Scalar: { } body } node && !body.Contains("no test specified", StringComparison.Ordinal))
                    commands.Add(new(kind, manager, script is "test" or "start" && manager != "bun" ? $"{manager} {script}" : $"{manager} run {script}", npm.At(node.Line)));
        }
        void Prove(string path, params ReadOnlySpan<(CommandKind Kind, string Manager, string Text)> proved)
        {
            if (content.Find(path) is null) return;
            foreach (var (kind, manager, text) in proved) commands.Add(new(kind, manager, text, content.At(path)));
        }
        Prove("Cargo.toml", (CommandKind.Test, "cargo", "cargo test"), (CommandKind.Build, "cargo", "cargo build --release"));
        Prove("go.mod", (CommandKind.Test, "go", "go test ./..."), (CommandKind.Build, "go", "go build ./..."));
        Prove("mvnw", (CommandKind.Test, "maven", "./mvnw test"), (CommandKind.Build, "maven", "./mvnw package"));
        Prove("gradlew", (CommandKind.Test, "gradle", "./gradlew test"), (CommandKind.Build, "gradle", "./gradlew build"));
        Prove("build.zig", (CommandKind.Build, "zig", "zig build"));
        Prove("mix.exs", (CommandKind.Test, "mix", "mix test"));
        if (packages.FirstOrDefault(package => package.Ecosystem == "nuget" && package.Dependencies.Any(needed => needed.Name is "Microsoft.NET.Test.Sdk" or "xunit.v3")) is { } tests) commands.Add(new(CommandKind.Test, "dotnet", "dotnet test", tests.Evidence));
        if (packages.Where(package => package.Ecosystem == "pypi" && (!package.Manifest.Contains('/') || package == main || !AuxiliaryPaths.Contains(package.Manifest) || package.Manifest.StartsWith("test", StringComparison.Ordinal) || package.Manifest.StartsWith("requirements", StringComparison.Ordinal))).SelectMany(package => package.Dependencies).FirstOrDefault(needed => needed.Name == "pytest") is { } pytest) commands.Add(new(CommandKind.Test, "pytest", "pytest", pytest.Evidence));
        if (await content.TextAsync("Makefile") is { } make)
            foreach (var (target, kind) in ((string, CommandKind)[])[("test", CommandKind.Test), ("check", CommandKind.Test), ("build", CommandKind.Build)])
                if (Array.FindIndex(make.Lines, line => line.StartsWith(target + ":", StringComparison.Ordinal)) is var at and >= 0) commands.Add(new(kind, "make", $"make {target}", make.At(at + 1)));
        return commands;
    }

    /// <summary>True when the program installs from the ecosystem's own registry.</summary>
    internal static bool Belongs(string manager, string ecosystem) => ecosystem switch
    {
        "npm" => manager is "npm" or "pnpm" or "yarn" or "bun", "pypi" => manager is "pip" or "pipx" or "uv" or "poetry", "rubygems" => manager == "gem", "nuget" => manager is "dotnet" or "nuget",
        _ => manager == ecosystem,
    };

    /// <summary>The registry's own command, when the manifest has what the registry demands or the README links to the package there.</summary>
    private static async Task<CommandFacts?> InstallAsync(RepositoryContent content, Document? readme, PackageFacts main)
    {
        if (main.IsPrivate || main.IsAuxiliary) return null;
        bool Linked(string address) => readme?.File.Text.Contains(address, StringComparison.OrdinalIgnoreCase) == true;
        var manifest = (await content.TextAsync(main.Manifest))?.Text ?? "";
        (string Manager, string Text)? command = main.Ecosystem switch
        {
            "npm" when Linked($"npmjs.com/package/{main.Name}") || Linked($"/npm/v/{main.Name}") || manifest.Contains("\"publishConfig\"", StringComparison.Ordinal) || manifest.Contains("\"files\"", StringComparison.Ordinal) => ("npm", $"npm install {main.Name}"),
            "pypi" when Linked("pypi.org/project/") || (main.Description is not null && manifest.Contains("Programming Language :: Python", StringComparison.Ordinal)) => ("pip", $"pip install {main.Name}"),
            "cargo" when main is { Description: not null, Licence: not null } => ("cargo", content.Find(Path.Combine(Path.GetDirectoryName(main.Manifest) ?? "", "src/main.rs")) is not null || manifest.Contains("[[bin]]", StringComparison.Ordinal) ? $"cargo install {main.Name}" : $"cargo add {main.Name}"),
            "go" when main.Name.Contains('.') && content.Find("main.go") is null => ("go", $"go get {main.Name}"),
            // With replaced modules `go install` at a version refuses.
            "go" when main.Name.Contains('.') && !manifest.Contains("\nreplace ", StringComparison.Ordinal) => ("go", $"go install {main.Name}@latest"),
            "nuget" when Linked($"nuget.org/packages/{main.Name}") || main.Description is not null => ("dotnet", $"dotnet add package {main.Name}"),
            "rubygems" when main.Manifest.EndsWith(".gemspec", StringComparison.Ordinal) => ("gem", $"gem install {main.Name}"),
            "composer" when main.Description is not null && manifest.Contains("\"library\"", StringComparison.Ordinal) => ("composer", $"composer require {main.Name}"),
            "composer" when main.Description is not null && manifest.Contains("\"type\": \"project\"", StringComparison.Ordinal) => ("composer", $"composer create-project {main.Name}"),
            _ => null,
        };
        return command is { } made ? new(CommandKind.Install, made.Manager, made.Text, main.Evidence) : null;
    }
}
