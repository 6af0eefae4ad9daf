using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>Texts that are no documentation pages: the changelog's releases and the licence.</summary>
internal sealed class ExtraTexts
{
    /// <summary>Releases shown; older ones are a click away on the host.</summary>
    private const int MaxReleases = 150;

    public ExtraTexts(Facts facts, IReadOnlyList<Document> documents)
    {
        var language = documents.Count > 0 ? documents[0].Language : null;
        if (facts.Changelog is { } changelog)
        {
            var format = DocumentNames.Format(changelog.Path) ?? DocumentFormat.Markdown;
            Releases = [.. changelog.Releases.Take(MaxReleases).Select(release => (release, Read(changelog.Path, format, "changelog/", PageKind.Changelog, release.Body, language)))];
        }
    }

    public IReadOnlyList<(ReleaseNote Note, Document Text)> Releases { get; } = [];

    public IReadOnlyList<Document> All => [.. Releases.Select(release => release.Text)];

    private static Document Read(string path, DocumentFormat format, string url, PageKind kind, string body, string? language)
    {
        var document = new Document { SourcePath = path, Format = format == DocumentFormat.Text ? DocumentFormat.Markdown : format, Url = url, Kind = kind, Language = language };
        DocumentReader.Read(document, body);
        return document;
    }
}
