using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>Composes the areas into one document. Each file is read at most once; areas run side by side.</summary>
internal sealed class Analyzer : IAnalyzer
{
    /// <summary>Most commits that are counted for authors and activity.</summary>
    private const int MaxCommits = 20_000;

    public async Task<Facts> AnalyzeAsync(ISourceTree tree, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        var content = new RepositoryContent(tree, cancel);
        var (identity, origin) = await OriginReader.ReadAsync(content);
        content.Adopt(identity);
        progress?.Report("Reading the manifests");
        var languagesTask = Task.Run(() => LanguageStatistics.ComputeAsync(tree, cancel), cancel);
        var readmeTask = ReadmeReader.FindAsync(content);
        var packages = await PackageReader.ReadAsync(content);
        var readme = await readmeTask;
        var main = MainPackage.Of(packages, content.Identity.Name);
        if (main is not null) packages = [main, .. packages.Where(package => package != main)];
        var names = Names(content.Identity, main);
        var title = TitleReader.Read(readme, names, main?.Evidence ?? content.Commit);
        var summary = SummaryReader.Read(readme, main, title.Value, names[0]);
        progress?.Report("Reading documents and pictures");
        var commandsTask = CommandReader.ReadAsync(content, readme, main, packages, [.. names, title.Value]);
        var planTask = PlanReader.ReadAsync(content, readme);
        var tasksTask = TaskReader.ReadAsync(content);
        var changelogTask = ChangelogReader.ReadAsync(content, main);
        var mediaTask = MediaReader.ReadAsync(content, readme);
        var licence = await LicenceDetection.DetectAsync(tree, packages, cancel);
        var tags = await tree.TagsAsync(cancel);
        var commits = await tree.LogAsync(MaxCommits, cancel);
        var facts = new Facts
        {
            Name = new(names[0], [main?.Evidence ?? content.Commit]), Title = title, Summary = summary,
            Tagline = SummaryReader.Tagline(readme, main, summary, title.Value),
            Repository = Repository(content, origin, tags.Count),
            Version = VersionFinder.OrAsTold(VersionFinder.Find(tags, identity, main), main, await changelogTask), Licence = licence, Languages = await languagesTask, Packages = packages, Commands = await commandsTask,
            Readme = readme is null ? null : ReadmeReader.Facts(readme), Features = FeatureReader.Read(readme), Example = ExampleReader.Read(readme, await languagesTask),
            Plan = await planTask, Tasks = await tasksTask, Changelog = await changelogTask,
            Authors = AuthorStatistics.Compute(commits), Activity = ActivityStatistics.Compute(commits, tree.Identity, MaxCommits), Media = await mediaTask, Patterns = [],
            Category = new(ProjectCategory.Other, [content.Commit]), Tags = [], Audience = new(Audience.Everyone, [content.Commit]),
            Stage = new(Stage.Stable, [content.Commit]), Complexity = new(0, [content.Commit]), Quality = new(0, []), Template = [],
        };
        progress?.Report("Judging");
        return Judge(facts, content, readme, main);
    }

    public async Task<Makeup> MakeupAsync(ISourceTree tree, CancellationToken cancel = default)
    {
        var languages = Task.Run(() => LanguageStatistics.ComputeAsync(tree, cancel), cancel);
        var packages = await PackageReader.ReadAsync(new RepositoryContent(tree, cancel));
        return new Makeup(await languages, await LicenceDetection.DetectAsync(tree, packages, cancel));
    }

    /// <summary>Adds what follows from the rest: patterns, kind, audience, stage, complexity, quality and theme.</summary>
    private static Facts Judge(Facts facts, RepositoryContent content, Document? readme, PackageFacts? main)
    {
        var signals = new Signals(content, readme, facts.Packages, main, facts.Languages)
        {
            Words = string.Join("\n", [facts.Tagline?.Value ?? "", facts.Summary?.Value ?? "", main?.Description ?? "", facts.Title.Value]).ToLowerInvariant(),
            Summary = facts.Summary, Commands = facts.Commands, Media = facts.Media, Features = facts.Features,
        };
        var category = CategoryRules.Decide(signals);
        var audience = Profile.Audience(signals, category);
        var complexity = ComplexityFormula.Of(signals);
        var patterns = PatternReader.Read(signals);
        var has = TemplateRanking.Has(signals, facts.Example, facts.Plan, facts.Changelog, facts.Version, patterns.Count, audience.Value);
        return facts with
        {
            Patterns = patterns, Category = category, Audience = audience, Complexity = complexity,
            Tags = Profile.Tags(signals, category), Stage = Profile.Stage(signals, facts.Version, facts.Activity),
            Quality = QualityTable.Check(signals, new(facts.Example, facts.Licence, facts.Changelog, facts.Activity, facts.Repository.Tags, facts.Authors.Count(author => !author.IsBot), category.Value)),
            Template = TemplateRanking.Rank(signals, category.Value, audience.Value, complexity.Value, has),
        };
    }

    /// <summary>What the project may be called: the main package first, when it is named like the repository or nothing else is known.</summary>
    private static IReadOnlyList<string> Names(SourceIdentity identity, PackageFacts? main)
    {
        var names = new List<string> { identity.Name };
        if (main is not null && MainPackage.ShortName(main.Name) is { Length: > 0 } name) names.Insert(Words.Letters(name) == Words.Letters(identity.Name) ? 0 : 1, name);
        return names;
    }

    private static RepositoryFacts Repository(RepositoryContent content, IReadOnlyList<Evidence> origin, int tags)
    {
        var identity = content.Identity;
        return new()
    {
        Source = identity.Source, Name = identity.Name, Owner = identity.Owner, Host = identity.Host, WebUrl = identity.WebUrl?.ToString(), OriginEvidence = origin,
        Commit = identity.Commit, Ref = identity.Ref, DefaultBranch = identity.DefaultBranch, CommittedAt = identity.CommittedAt, IsShallow = identity.IsShallow,
        Files = content.Files.Count, Bytes = content.Files.Sum(file => file.Bytes), Tags = tags,
    };
    }
}
