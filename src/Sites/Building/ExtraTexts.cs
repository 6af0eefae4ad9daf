using Rialto.Analysis;

namespace Rialto.Sites;

/// <summary>Texts that are no documentation pages: the changelog's releases and the licence.</summary>
internal sealed class ExtraTexts
{
    /// <summary>Releases shown; older ones are a click away on the host.</summary>
    private const int MaxReleases = 150;

    private readonly List<(ReleaseNote Note, string Anchor, Document Text)> releases = [];

    public ExtraTexts(Facts facts, IReadOnlyList<Document> documents)
    {
        var language = documents.Count > 0 ? documents[0].Language : null;
        if (facts.Changelog is { } changelog)
        {
            var format = DocumentNames.Format(changelog.Path) ?? DocumentFormat.Markdown;
            var slugs = new Slugger();
            foreach (var release in changelog.Releases.Take(MaxReleases))
            {
                var anchor = "v" + slugs.Next(release.Version.Replace('.', '-'));
                releases.Add((release, anchor, Read(changelog.Path, format, anchor, release.Body, language)));
            }
        }
    }

    /// <summary>Each with the anchor of its place on the page that they share.</summary>
    public IReadOnlyList<(ReleaseNote Note, string Anchor, Document Text)> Releases => releases;

    public IReadOnlyList<Document> All => [.. Releases.Select(release => release.Text)];

    private static Document Read(string path, DocumentFormat format, string anchor, string body, string? language)
    {
        var document = new Document { SourcePath = path, Format = format == DocumentFormat.Text ? DocumentFormat.Markdown : format, Url = "changelog/", Kind = PageKind.Changelog, Language = language, HeadingPrefix = anchor + "-" };
        DocumentReader.Read(document, body);
        return document;
    }
}
