using Rialto.Analysis;
using Rialto.Repositories;
using Rialto.Testing;

namespace Rialto.Sites.Tests;

/// <summary>Text in, the page's HTML out: the whole way of one document through reading and writing.</summary>
internal static class Written
{
    public static string Markdown(string text, MemoryTree? tree = null, string path = "README.md", string? web = null) => Document(text, tree, path, web).Html;

    public static Document Document(string text, MemoryTree? tree = null, string path = "README.md", string? web = null) => Page(text, tree, path, web).Document;

    public static (Document Document, IReadOnlyList<SiteWarning> Warnings) Page(string text, MemoryTree? tree = null, string path = "README.md", string? web = null)
    {
        tree = (tree ?? new MemoryTree()).Add(path, text);
        var index = TreeIndex.CreateAsync(tree, default).GetAwaiter().GetResult();
        var facts = TestFacts.Of(tree, web);
        var documents = DocumentFinder.Find(index, facts, new SiteSettings());
        foreach (var document in documents) DocumentReader.ReadAsync(document, index, default).GetAwaiter().GetResult();
        var warnings = new WarningList();
        var pictures = new PictureStore(index, new MemoryOutput(), null, warnings);
        var site = new SiteContext(index, new DocumentSet(documents), HostLinks.For(facts.Repository), pictures, warnings);
        pictures.PrepareAsync(PictureList.Of(site, facts, new SiteSettings(), []), default).GetAwaiter().GetResult();
        var filler = new SlotFiller(null, warnings, default);
        foreach (var document in documents) filler.Add(document);
        Task.WhenAll(filler.Finish().Select(batch => batch.Filled)).GetAwaiter().GetResult();
        foreach (var document in documents) ContentWriter.Write(document, new LinkResolver(document, site));
        return (documents.Single(document => document.SourcePath == path), warnings.Ordered());
    }
}

/// <summary>The least that can be said about a tree.</summary>
internal static class TestFacts
{
    public static Facts Of(ISourceTree tree, string? web = null)
    {
        var at = new Evidence("README.md", 1, tree.Identity.Commit);
        var readme = tree.Entries.FirstOrDefault(entry => entry.Path.StartsWith("README.", StringComparison.Ordinal) && Languages.OfReadme(entry.FileName) is null);
        return new Facts
        {
            Name = new("product", [at]), Title = new("Product", [at]), Summary = new("A product that does one thing.", [at]),
            Repository = new RepositoryFacts { Source = "acme/product", Name = "product", WebUrl = web, Commit = tree.Identity.Commit, Ref = "main", DefaultBranch = "main", CommittedAt = tree.Identity.CommittedAt },
            Readme = readme is null ? null : new ReadmeFacts { Path = readme.Path, Format = "markdown", Language = "en", Outline = [] },
            Languages = [], Packages = [], Commands = [], Features = [], Authors = [], Activity = new ActivityFacts(), Media = new MediaFacts { Pictures = [], Badges = [] }, Patterns = [],
            Category = new(ProjectCategory.Library, [at]), Tags = [], Audience = new(Audience.Developers, [at]), Stage = new(Stage.Stable, [at]), Complexity = new(0.3, [at]), Quality = new QualityFacts(0, []), Template = [],
        };
    }
}

/// <summary>A site in memory.</summary>
internal sealed class MemoryOutput : ISiteOutput
{
    public System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public string Text(string path) => System.Text.Encoding.UTF8.GetString(Files[path]);

    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancel = default)
    {
        Files[path] = content.ToArray();
        return ValueTask.CompletedTask;
    }
}
