namespace Rialto.Analysis;

/// <summary>Tags, audience and stage.</summary>
internal static class Profile
{
    private const int MostTags = 16;

    private static readonly (string Package, string Tag)[] Stack =
    [
        ("react", "react"), ("vue", "vue"), ("svelte", "svelte"), ("@angular/core", "angular"), ("next", "nextjs"), ("nuxt", "nuxt"), ("astro", "astro"), ("express", "express"), ("fastify", "fastify"), ("django", "django"), ("flask", "flask"), ("fastapi", "fastapi"), ("torch", "pytorch"), ("tensorflow", "tensorflow"), ("numpy", "numpy"),
        ("rails", "rails"), ("laravel/framework", "laravel"), ("symfony/framework-bundle", "symfony"), ("tokio", "tokio"), ("axum", "axum"), ("bevy", "bevy"), ("org.springframework.boot:spring-boot-starter-web", "spring-boot"), ("org.springframework.boot:spring-boot-starter-webmvc", "spring-boot"), ("electron", "electron"), ("flutter", "flutter"), ("tailwindcss", "tailwindcss"), ("vite", "vite"), ("graphql", "graphql"),
    ];

    public static IReadOnlyList<Fact<string>> Tags(Signals signals, Fact<ProjectCategory> category)
    {
        var tags = new List<Fact<string>>();
        if (signals.Main is { } main) tags.AddRange(main.Keywords.Select(word => new Fact<string>(word.Trim().ToLowerInvariant().Replace(' ', '-'), [main.Evidence])));
        foreach (var (package, tag) in Stack)
            if (Own(signals, package) is { } evidence) tags.Add(new(tag, [evidence]));
        tags.AddRange(signals.Languages.Where(language => language.Share >= 0.15).Take(3).Select(language => new Fact<string>(language.Name.ToLowerInvariant().Replace(' ', '-'), [signals.Content.Commit])));
        if (category.Value != ProjectCategory.Other) tags.Add(new(Dashed(category.Value.ToString()), category.Evidence));
        return [.. tags.Where(tag => tag.Value.Length is > 0 and <= 40).DistinctBy(tag => tag.Value).Take(MostTags)];
    }

    /// <summary>Where the product itself, or the root's manifest, needs the package; what one of many side packages uses says nothing of the whole.</summary>
    private static Evidence? Own(Signals signals, string package) => signals.Packages
        .Where(candidate => candidate == signals.Main || !candidate.Manifest.Contains('/'))
        .SelectMany(candidate => candidate.Dependencies).FirstOrDefault(needed => needed.Scope is "runtime" or "peer" && needed.Name.Equals(package, StringComparison.OrdinalIgnoreCase))?.Evidence;

    public static Fact<Audience> Audience(Signals signals, Fact<ProjectCategory> category)
    {
        if (signals.Says("designer", "typeface", "font", "icon set", "design system")) return new(Analysis.Audience.Designers, [signals.Spoken]);
        if (signals.Says("data scientist", "data science", "machine learning", "data analysis", "dataframe")) return new(Analysis.Audience.DataScientists, [signals.Spoken]);
        if (signals.Says("researcher", "scientific", "reproducib", "simulation of")) return new(Analysis.Audience.Researchers, [signals.Spoken]);
        if (signals.Says("tutorial", "course", "learn", "students", "教程", "beginners")) return new(Analysis.Audience.Students, [signals.Spoken]);
        if (signals.Says("kubernetes", "devops", "sysadmin", "observability", "monitoring", "deployment")) return new(Analysis.Audience.Operators, [signals.Spoken]);
        return category.Value switch
        {
            ProjectCategory.Library or ProjectCategory.Framework or ProjectCategory.CommandLineTool or ProjectCategory.Plugin or ProjectCategory.Template => new(Analysis.Audience.Developers, category.Evidence),
            ProjectCategory.MachineLearning or ProjectCategory.Dataset => new(Analysis.Audience.DataScientists, category.Evidence),
            ProjectCategory.Research => new(Analysis.Audience.Researchers, category.Evidence),
            ProjectCategory.Infrastructure or ProjectCategory.Service => new(Analysis.Audience.Operators, category.Evidence),
            ProjectCategory.Font => new(Analysis.Audience.Designers, category.Evidence),
            ProjectCategory.Game or ProjectCategory.Website => new(Analysis.Audience.EndUsers, category.Evidence),
            ProjectCategory.Application => new(signals.Says("developer", "code", "terminal", "sample application", "example application", "demo application", "reference application", "notebook") || signals.Readme is { } readme && readme.Headings.Take(2).Any(heading => heading.Plain.Contains("sample", StringComparison.OrdinalIgnoreCase) || heading.Plain.Contains("example", StringComparison.OrdinalIgnoreCase)) ? Analysis.Audience.Developers : Analysis.Audience.EndUsers, category.Evidence),
            _ => new(Analysis.Audience.Everyone, category.Evidence),
        };
    }

    /// <summary>By what the README says first, then by age and activity, then by the version.</summary>
    public static Fact<Stage> Stage(Signals signals, VersionFacts? version, ActivityFacts activity)
    {
        foreach (var block in signals.Readme?.Blocks.Take(25) ?? [])
        {
            var text = block.Plain.ToLowerInvariant();
            if (block.Kind == BlockKind.Item || text.Length > 400) continue;
            Fact<Stage> Says(Stage stage) => new(stage, [signals.Readme!.File.At(block.Line)]);
            if (Any(text, "this repository is archived", "this project is archived", "this repo is archived", "this project is no longer", "this repository is no longer", "this repo is no longer", "this package is no longer", "this project is unmaintained", "this project is deprecated", "this package is deprecated", "this project has been deprecated", "this repository has been archived", "this project has been archived")) return Says(Analysis.Stage.Dormant);
            if (Any(text, "proof of concept", "proof-of-concept", "experimental project", "is experimental", "prototype")) return Says(Analysis.Stage.Prototype);
            if (Any(text, "in alpha", "alpha stage", "alpha software", "early development", "work in progress", "pre-alpha")) return Says(Analysis.Stage.Alpha);
            if (Any(text, "in beta", "beta stage", "beta software", "public beta")) return Says(Analysis.Stage.Beta);
        }
        var at = version?.Evidence is { Count: > 0 } evidence ? evidence[0] : signals.Content.Commit;
        var now = activity.LastAt ?? signals.Content.Identity.CommittedAt;
        var value = version?.Value ?? signals.Main?.Version;
        if (signals.Languages.Count == 0 && signals.Packages.Count == 0 && activity.Commits is > 0 and < 10) return new(Analysis.Stage.Idea, [signals.Content.Commit]);
        if (value is null) return new(activity.Commits > 500 ? Analysis.Stage.Stable : activity.Commits > 50 ? Analysis.Stage.Beta : Analysis.Stage.Prototype, [signals.Content.Commit]);
        if (value.StartsWith("0.0.", StringComparison.Ordinal)) return new(Analysis.Stage.Prototype, [at]);
        if (value.Contains("alpha", StringComparison.OrdinalIgnoreCase)) return new(Analysis.Stage.Alpha, [at]);
        if (value.StartsWith("0.", StringComparison.Ordinal)) return new(activity.Commits > 300 ? Analysis.Stage.Beta : Analysis.Stage.Alpha, [at]);
        if (value.Contains("beta", StringComparison.OrdinalIgnoreCase) && version is not null) return new(Analysis.Stage.Beta, [at]);
        var isOld = activity.FirstAt is { } first && (now - first).TotalDays > 3 * 365;
        return new(isOld && activity.Commits > 500 ? Analysis.Stage.Mature : Analysis.Stage.Stable, [at]);
    }

    private static bool Any(string text, params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases) if (text.Contains(phrase, StringComparison.Ordinal)) return true;
        return false;
    }

    private static string Dashed(string name) => string.Concat(name.Select((letter, index) => char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
