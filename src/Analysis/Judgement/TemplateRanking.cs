using System.Globalization;

namespace Rialto.Analysis;

/// <summary>
/// Ranks the six site themes: <c>score = .40·type + .20·complexity + .25·features + .15·stack</c>, each part 0–1.
/// Type: how well the theme suits the category. Complexity: 1 inside the theme's range, falling off linearly with the distance.
/// Features: the share of what the theme shows best that the repository has. Stack: whether its languages are at home there.
/// </summary>
internal static class TemplateRanking
{
    private sealed record Theme(string Id, string For, double From, double To, Dictionary<ProjectCategory, double> Types, string[] Shows, string[] Stack);

    private static readonly Theme[] Themes =
    [
        new("modern-web", "web frameworks, tools and applications", 0.3, 0.9, new() { [ProjectCategory.Framework] = 0.9, [ProjectCategory.Website] = 1, [ProjectCategory.Application] = 0.7, [ProjectCategory.CommandLineTool] = 0.6, [ProjectCategory.Template] = 0.9, [ProjectCategory.Plugin] = 0.7, [ProjectCategory.Library] = 0.6 }, ["features", "install", "logo", "version"], ["TypeScript", "JavaScript", "Vue", "Svelte", "Astro", "CSS", "HTML"]),
        new("developer-library", "libraries that are read as code first", 0.1, 0.65, new() { [ProjectCategory.Library] = 1, [ProjectCategory.Framework] = 0.85, [ProjectCategory.Plugin] = 0.8, [ProjectCategory.CommandLineTool] = 0.6, [ProjectCategory.Template] = 0.5 }, ["example", "install", "changelog", "packages"], ["C#", "Python", "Rust", "Go", "Java", "Ruby", "PHP", "C++", "C", "Kotlin", "Swift"]),
        new("technical-showcase", "deep technical work: tools, services, engines, research", 0.4, 1, new() { [ProjectCategory.CommandLineTool] = 0.95, [ProjectCategory.Service] = 1, [ProjectCategory.Infrastructure] = 1, [ProjectCategory.MachineLearning] = 0.95, [ProjectCategory.Research] = 0.95, [ProjectCategory.Application] = 0.6, [ProjectCategory.Framework] = 0.55, [ProjectCategory.Dataset] = 0.7 }, ["diagram", "commands", "changelog", "patterns"], ["Rust", "C", "C++", "Zig", "Go", "Java", "Assembly", "Tcl", "Jupyter Notebook"]),
        new("creative-project", "games, fonts, art and other things to look at", 0, 0.5, new() { [ProjectCategory.Game] = 1, [ProjectCategory.Font] = 1, [ProjectCategory.Other] = 0.7, [ProjectCategory.Website] = 0.6, [ProjectCategory.Application] = 0.4 }, ["screenshot", "demo", "logo", "designers"], ["GDScript", "GLSL", "Processing", "ShaderLab", "Lua"]),
        new("startup-product", "products that people use as they are", 0.3, 0.9, new() { [ProjectCategory.Application] = 1, [ProjectCategory.Service] = 0.75, [ProjectCategory.Website] = 0.6, [ProjectCategory.MachineLearning] = 0.5 }, ["features", "screenshot", "plan", "logo"], ["TypeScript", "Swift", "Kotlin", "Dart", "Ruby", "Java", "Zig"]),
        new("minimal-portfolio", "small or written work that wants quiet", 0, 0.3, new() { [ProjectCategory.Documentation] = 1, [ProjectCategory.Research] = 0.6, [ProjectCategory.Dataset] = 0.7, [ProjectCategory.Other] = 0.75, [ProjectCategory.Library] = 0.3 }, ["prose", "small"], []),
    ];

    public static IReadOnlyList<TemplateChoice> Rank(Signals signals, ProjectCategory category, Audience audience, double complexity, IReadOnlySet<string> has) =>
        [.. Themes.Select(theme => Score(theme, signals, category, audience, complexity, has)).OrderByDescending(choice => choice.Score).ThenBy(choice => choice.Theme, StringComparer.Ordinal)];

    /// <summary>What the facts have that a theme can show.</summary>
    public static HashSet<string> Has(Signals signals, CodeSample? example, PlanFacts? plan, ChangelogFacts? changelog, VersionFacts? version, int patterns, Audience audience)
    {
        var has = new HashSet<string>();
        void If(bool isThere, string name) { if (isThere) has.Add(name); }
        If(signals.Features.Count > 0, "features");
        If(signals.Commands.Any(command => command.Kind == CommandKind.Install), "install");
        If(signals.Commands.Count >= 3, "commands");
        If(example is not null, "example");
        If(plan is not null, "plan");
        If(changelog is not null, "changelog");
        If(version is not null, "version");
        If(patterns >= 2, "patterns");
        If(signals.Packages.Any(package => !package.IsAuxiliary), "packages");
        If(audience == Audience.Designers, "designers");
        If(signals.Content.Files.Count < 40, "small");
        If(signals.Readme is { } readme && readme.Blocks.Count(block => block.Kind == BlockKind.Paragraph) > readme.Blocks.Count / 3, "prose");
        foreach (var kind in signals.Media.Pictures.Select(picture => picture.Kind).Distinct()) has.Add(kind.ToString().ToLowerInvariant());
        return has;
    }

    private static TemplateChoice Score(Theme theme, Signals signals, ProjectCategory category, Audience audience, double complexity, IReadOnlySet<string> has)
    {
        var type = theme.Id == "creative-project" && audience == Audience.Designers ? 1 : theme.Types.GetValueOrDefault(category, 0.1);
        var distance = complexity < theme.From ? theme.From - complexity : complexity > theme.To ? complexity - theme.To : 0;
        var fit = Math.Max(0, 1 - 2 * distance);
        var shown = theme.Shows.Where(has.Contains).ToList();
        var features = shown.Count / (double)theme.Shows.Length;
        var stack = theme.Stack.Length == 0 ? (signals.Languages.Count == 0 ? 1 : 0.3) : Math.Min(1, signals.Languages.Where(language => theme.Stack.Contains(language.Name)).Sum(language => language.Share));
        var score = 0.40 * type + 0.20 * fit + 0.25 * features + 0.15 * stack;
        List<string> reasons = [$"It is made for {theme.For}; this is {Article(category)} {Plain(category)} for {Plain(audience)} ({Percent(type)} of the 40 points for the kind)."];
        reasons.Add(distance == 0 ? $"A complexity of {complexity.ToString("0.00", CultureInfo.InvariantCulture)} lies in its range." : $"A complexity of {complexity.ToString("0.00", CultureInfo.InvariantCulture)} lies outside its range of {theme.From.ToString("0.0", CultureInfo.InvariantCulture)}–{theme.To.ToString("0.0", CultureInfo.InvariantCulture)}.");
        reasons.Add(shown.Count > 0 ? $"Of what it shows best, the repository has {Joined([.. shown.Select(Shown)])}." : "The repository has nothing of what it shows best.");
        if (stack >= 0.5 && theme.Stack.Length > 0) reasons.Add($"{signals.Languages[0].Name} is at home in it.");
        return new(theme.Id, Math.Round(score, 3), reasons);
    }

    /// <summary>What a theme can show, as it reads in a sentence.</summary>
    private static string Shown(string name) => name switch
    {
        "install" => "a way to install it", "logo" => "a logo", "example" => "an example of use", "changelog" => "a changelog", "version" => "a release", "plan" => "a plan", "demo" => "a demo",
        "screenshot" => "a screenshot", "diagram" => "a diagram", "patterns" => "known patterns", "packages" => "packages", "features" => "a list of features", "commands" => "commands to run",
        "designers" => "work for designers", "prose" => "prose to read", "small" => "few files", _ => name,
    };

    private static string Joined(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";

    private static string Article(ProjectCategory category) => category switch { ProjectCategory.Application => "an", ProjectCategory.Documentation or ProjectCategory.Research or ProjectCategory.MachineLearning or ProjectCategory.Infrastructure => "a work of", ProjectCategory.Other => "a project of", _ => "a" };

    private static string Percent(double part) => part.ToString("P0", CultureInfo.InvariantCulture);

    private static string Plain<T>(T name) where T : Enum => string.Concat(name.ToString().Select((letter, index) => char.IsUpper(letter) ? (index == 0 ? "" : " ") + char.ToLowerInvariant(letter) : letter.ToString()));
}
