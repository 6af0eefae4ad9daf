namespace Rialto.Analysis;

/// <summary>What kind of thing the project is. Rules from the most telling to the least; the first that holds decides, with its evidence.</summary>
internal static class CategoryRules
{
    public static Fact<ProjectCategory> Decide(Signals signals)
    {
        Fact<ProjectCategory> Is(ProjectCategory category, Evidence evidence) => new(category, [evidence]);
        if (IsSkeleton(signals)) return Is(ProjectCategory.Template, signals.Main!.Evidence);
        if (Spoken(signals) is { } spoken && (spoken != ProjectCategory.Font || HoldsFonts(signals))) return Is(spoken, signals.Spoken);
        if (signals.Languages.Count == 0 || signals.Content.Files.Count(file => file.Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase)) > signals.Content.Files.Count / 2)
            return Is(signals.Content.Files.Count == 0 ? ProjectCategory.Other : ProjectCategory.Documentation, signals.Spoken);
        if (signals.Depends("torch", "tensorflow", "transformers", "jax", "keras", "scikit-learn") is { } learning) return Is(ProjectCategory.MachineLearning, learning);
        if (Tool(signals) is { Evidence: { } tool, Confidence: > 0.8 }) return Is(ProjectCategory.CommandLineTool, tool);
        if (signals.HasFile(path => path.EndsWith(".tf", StringComparison.Ordinal)) is { } terraform && signals.Languages[0].Name == "HCL") return Is(ProjectCategory.Infrastructure, terraform);
        if (signals.Main is { IsPrivate: false, IsAuxiliary: false } main && !IsApplication(signals, out _)) return Is(ProjectCategory.Library, main.Evidence);
        if (IsApplication(signals, out var application)) return Is(ProjectCategory.Application, application);
        return Is(ProjectCategory.Other, signals.Spoken);
    }

    /// <summary>A package whose manifest calls it the skeleton, template or starter to begin a project with, whatever its README tells of the framework.</summary>
    private static bool IsSkeleton(Signals signals) =>
        signals.Main?.Description is { } text && (text.Contains("skeleton", StringComparison.OrdinalIgnoreCase) || text.Contains("boilerplate", StringComparison.OrdinalIgnoreCase) || text.Contains("starter template", StringComparison.OrdinalIgnoreCase));

    /// <summary>A project that speaks of fonts is one only when it holds them; a library that draws them is not.</summary>
    private static bool HoldsFonts(Signals signals) =>
        signals.HasFile(path => Path.GetExtension(path).ToLowerInvariant() is ".ttf" or ".otf" or ".woff2" or ".glyphs" or ".glyphspackage" or ".ufo" or ".sfd" or ".glif" or ".designspace") is not null;

    /// <summary>The words by which projects name their own kind; the earliest in the text decides.</summary>
    private static ProjectCategory? Spoken(Signals signals)
    {
        (string Phrase, ProjectCategory Category)[] phrases =
        [
            ("command line tool", ProjectCategory.CommandLineTool), ("command-line tool", ProjectCategory.CommandLineTool), ("cli tool", ProjectCategory.CommandLineTool), ("cli for", ProjectCategory.CommandLineTool), ("search tool", ProjectCategory.CommandLineTool), ("command line utility", ProjectCategory.CommandLineTool), ("command-line utility", ProjectCategory.CommandLineTool), ("diagnostic tool", ProjectCategory.CommandLineTool), ("text processor", ProjectCategory.CommandLineTool), ("build tool", ProjectCategory.CommandLineTool), ("toolchain", ProjectCategory.CommandLineTool), ("linter", ProjectCategory.CommandLineTool), ("formatter", ProjectCategory.CommandLineTool), ("compiler", ProjectCategory.CommandLineTool), ("utility to create", ProjectCategory.CommandLineTool), ("static site generator", ProjectCategory.CommandLineTool),
            ("web framework", ProjectCategory.Framework), ("application framework", ProjectCategory.Framework), ("framework", ProjectCategory.Framework), ("library", ProjectCategory.Library), ("sdk", ProjectCategory.Library), ("orm", ProjectCategory.Library), ("micro-orm", ProjectCategory.Library), ("api client", ProjectCategory.Library), ("client for", ProjectCategory.Library), ("parser", ProjectCategory.Library), ("template engine", ProjectCategory.Library), ("template", ProjectCategory.Template), ("boilerplate", ProjectCategory.Template), ("skeleton", ProjectCategory.Template), ("starter", ProjectCategory.Template),
            ("plugin for", ProjectCategory.Plugin), ("extension for", ProjectCategory.Plugin), ("plug-in", ProjectCategory.Plugin), ("notebook environment", ProjectCategory.Application), ("development environment", ProjectCategory.Application), ("terminal emulator", ProjectCategory.Application), ("sample application", ProjectCategory.Application), ("application", ProjectCategory.Application), ("editor", ProjectCategory.Application), ("desktop app", ProjectCategory.Application), ("mobile app", ProjectCategory.Application), ("app", ProjectCategory.Application), ("game engine", ProjectCategory.Framework), ("game", ProjectCategory.Game), ("dataset", ProjectCategory.Dataset), ("data set", ProjectCategory.Dataset),
            ("tutorial", ProjectCategory.Documentation), ("awesome list", ProjectCategory.Documentation), ("curated list", ProjectCategory.Documentation), ("handbook", ProjectCategory.Documentation), ("教程", ProjectCategory.Documentation), ("book", ProjectCategory.Documentation), ("typeface", ProjectCategory.Font), ("font family", ProjectCategory.Font), ("font", ProjectCategory.Font), ("website", ProjectCategory.Website), ("web server", ProjectCategory.Service), ("http server", ProjectCategory.Service), ("database", ProjectCategory.Service), ("data structures server", ProjectCategory.Service), ("message broker", ProjectCategory.Service), ("api gateway", ProjectCategory.Service), ("neural network", ProjectCategory.MachineLearning), ("machine learning", ProjectCategory.MachineLearning), ("language model", ProjectCategory.MachineLearning), ("terraform", ProjectCategory.Infrastructure), ("operator for kubernetes", ProjectCategory.Infrastructure), ("paper", ProjectCategory.Research),
        ];
        var found = phrases.Where(row => signals.Says(row.Phrase)).Select(row => (At: signals.Words.IndexOf(row.Phrase, StringComparison.Ordinal), row.Phrase.Length, row.Category))
            .OrderBy(row => row.At).ThenByDescending(row => row.Length).ToList();
        if (found.Count == 0) return null;
        // The first that is named decides; of words in a row the last is the thing: a "documentation website framework" is a framework.
        var best = found[0];
        foreach (var next in found.Skip(1))
            if (next.At <= best.At + best.Length + 1 && next.At + next.Length > best.At + best.Length) best = next;
        return best.Category;
    }

    /// <summary>Whether it is a program for the command line, by an entry point that a manifest declares or a main file beside a well-known parser of arguments.</summary>
    public static (double Confidence, Evidence? Evidence) Tool(Signals signals)
    {
        if (signals.Main is { } main && main.Keywords.Any(word => word.ToLowerInvariant() is "cli" or "command-line" or "command-line-utilities" or "terminal")) return (0.9, main.Evidence);
        if (signals.Depends("clap", "structopt", "lexopt", "click", "typer", "docopt", "commander", "yargs", "cac", "github.com/spf13/cobra", "github.com/urfave/cli/v2", "thor", "System.CommandLine", "symfony/console", "Spectre.Console.Cli", "info.picocli:picocli") is { } parser
            && signals.HasPath("src/main.rs", "main.go", "bin", "src/cli.ts", "src/cli.js", "cli.py", "__main__.py") is not null) return (0.85, parser);
        return signals.Says("command line", "command-line", "cli") ? (0.75, signals.Spoken) : (0, null);
    }

    public static bool IsApplication(Signals signals, out Evidence evidence)
    {
        var found = signals.HasPath("src/App.tsx", "src/App.jsx", "src/App.vue", "src/main.tsx", "app/page.tsx", "src/app/page.tsx", "manage.py", "artisan", "main.go", "src/main.rs", "Program.cs", "app/src/main/AndroidManifest.xml", "lib/main.dart", "docker-compose.yml")
            ?? signals.HasFile(path => path.EndsWith("Application.java", StringComparison.Ordinal) || path.EndsWith("/Program.cs", StringComparison.Ordinal) || path.EndsWith(".xcodeproj/project.pbxproj", StringComparison.Ordinal));
        evidence = found ?? default;
        return found is not null;
    }
}
