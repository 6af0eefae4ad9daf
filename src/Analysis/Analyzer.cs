using Rialto.Repositories;

namespace Rialto.Analysis;

/// <summary>Composes the areas into one document. Each file is read at most once; areas run side by side.</summary>
internal sealed class Analyzer : IAnalyzer
{
    public async Task<Facts> AnalyzeAsync(ISourceTree tree, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        var content = new RepositoryContent(tree, cancel);
        progress?.Report("Reading the manifests");
        var languagesTask = Task.Run(() => LanguageStatistics.ComputeAsync(tree, cancel), cancel);
        var readmeTask = ReadmeReader.FindAsync(content);
        var packages = await PackageReader.ReadAsync(content);
        var readme = await readmeTask;
        var main = MainPackage.Of(packages, content.Identity.Name);
        var names = Names(content.Identity, main);
        var title = TitleReader.Read(readme, names, main?.Evidence ?? content.Commit);
        var summary = SummaryReader.Read(readme, main, title.Value, names[0]);
        progress?.Report("Reading documents and pictures");
        var commands = CommandReader.ReadAsync(content, readme, main, packages, [.. names, title.Value]);
        var plan = PlanReader.ReadAsync(content, readme);
        var tasks = TaskReader.ReadAsync(content);
        var changelog = ChangelogReader.ReadAsync(content, main);
        var media = MediaReader.ReadAsync(content, readme);
        var languages = await languagesTask;
        return new Facts
        {
            Name = new(names[0], [main?.Evidence ?? content.Commit]), Title = title, Summary = summary,
            Tagline = SummaryReader.Tagline(readme, main, summary, title.Value),
            Repository = Repository(tree, content, (await tree.TagsAsync(cancel)).Count),
            Languages = languages, Packages = packages, Commands = await commands, Readme = readme is null ? null : ReadmeReader.Facts(readme),
            Features = FeatureReader.Read(readme), Example = ExampleReader.Read(readme, languages),
            Plan = await plan, Tasks = await tasks, Changelog = await changelog,
            Authors = [], Activity = new(), Media = await media, Patterns = [],
            Category = new(ProjectCategory.Other, [content.Commit]), Tags = [], Audience = new(Audience.Everyone, [content.Commit]),
            Stage = new(Stage.Stable, [content.Commit]), Complexity = new(0, [content.Commit]), Quality = new(0, []), Template = [],
        };
    }

    /// <summary>What the project may be called: the main package first, when it is named like the repository or nothing else is known.</summary>
    private static IReadOnlyList<string> Names(SourceIdentity identity, PackageFacts? main)
    {
        var names = new List<string> { identity.Name };
        if (main is not null && MainPackage.ShortName(main.Name) is { Length: > 0 } name) names.Insert(Words.Letters(name) == Words.Letters(identity.Name) ? 0 : 1, name);
        return names;
    }

    private static RepositoryFacts Repository(ISourceTree tree, RepositoryContent content, int tags) => new()
    {
        Source = tree.Identity.Source, Name = tree.Identity.Name, Owner = tree.Identity.Owner, Host = tree.Identity.Host, WebUrl = tree.Identity.WebUrl?.ToString(),
        Commit = tree.Identity.Commit, Ref = tree.Identity.Ref, DefaultBranch = tree.Identity.DefaultBranch, CommittedAt = tree.Identity.CommittedAt, IsShallow = tree.Identity.IsShallow,
        Files = content.Files.Count, Bytes = content.Files.Sum(file => file.Bytes), Tags = tags,
    };
}
