using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>Pictures and badges of the README and the documentation, and the logo where only a file tells of it.</summary>
internal static class MediaReader
{
    private const int MostDocuments = 40;
    private const int MostPictures = 120;
    private const long LargestPictureBytes = 32 * 1024 * 1024;
    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".mp4", ".webm", ".mov"];

    public static async Task<MediaFacts> ReadAsync(RepositoryContent content, Document? readme)
    {
        var badges = new List<BadgeFacts>();
        var pictures = new Dictionary<string, PictureFacts>(StringComparer.Ordinal);
        foreach (var document in await DocumentsAsync(content, readme))
            foreach (var image in Own(document))
            {
                if (Badges.IsNothing(image.Url)) continue;
                if (Badges.IsBadge(image.Url)) { if (document == readme) badges.Add(Badges.Read(image, document.File.At(image.Line))); continue; }
                if (pictures.Count < MostPictures && await PictureAsync(content, document, image, readme) is { } picture) Add(pictures, picture, image.Url);
            }
        if (!pictures.Values.Any(picture => picture.Kind == PictureKind.Logo) && await LogoFileAsync(content) is { } logo) pictures.TryAdd(logo.Location, logo);
        return new() { Pictures = [.. pictures.Values], Badges = [.. badges.DistinctBy(badge => (badge.Meaning, badge.Label, badge.Target))] };
    }

    /// <summary>The document's pictures without those of sponsors, users and acknowledgements, which show other people's marks.</summary>
    private static IEnumerable<MarkupImage> Own(Document document)
    {
        var foreign = false;
        foreach (var block in document.Blocks)
        {
            if (block.Kind == BlockKind.Heading) foreign = Sections.IsOthers(block.Plain);
            else if (block.Text.Length < 200 && SummaryReader.IsSponsorship(block.Plain)) foreign = true;
            foreach (var image in block.Images)
                if (!foreign || Badges.IsBadge(image.Url)) yield return image;
        }
    }

    /// <summary>What a post or a release note shows is what was once news, often other people's marks.</summary>
    private static bool IsNews(string path) => path.Split('/', '.').Any(part => part.ToLowerInvariant() is "blog" or "news" or "releases" or "changelog" or "posts" or "release-notes");

    private static async Task<List<Document>> DocumentsAsync(RepositoryContent content, Document? readme)
    {
        var documents = new List<Document>();
        if (readme is not null) documents.Add(readme);
        var paths = content.Files.Where(file => (file.Path.StartsWith("docs/", StringComparison.Ordinal) || file.Path.StartsWith("doc/", StringComparison.Ordinal)) && Documents.FormatOf(file.Path) != "text" && file.Bytes < 200_000 && !IsNews(file.Path))
            .OrderBy(file => file.Path.Count(letter => letter == '/')).Take(MostDocuments);
        foreach (var file in paths)
            if (file.Path != readme?.File.Path && await content.TextAsync(file) is { } text && (text.Text.Contains("![", StringComparison.Ordinal) || text.Text.Contains("<img", StringComparison.Ordinal) || text.Text.Contains("image::", StringComparison.Ordinal)))
                documents.Add(Documents.Read(text));
        return documents;
    }

    /// <summary>Light and dark pictures that GitHub tells apart by fragment become one.</summary>
    private static void Add(Dictionary<string, PictureFacts> pictures, PictureFacts picture, string url)
    {
        if (url.EndsWith("#gh-dark-mode-only", StringComparison.Ordinal) && pictures.Values.LastOrDefault(other => other.Alt == picture.Alt && other.DarkLocation is null) is { } light)
            pictures[light.Location] = light with { DarkLocation = picture.Location };
        else if (url.EndsWith("#gh-light-mode-only", StringComparison.Ordinal) && pictures.Values.LastOrDefault() is { DarkLocation: null } dark && dark.Alt == picture.Alt)
        {
            pictures.Remove(dark.Location);
            pictures.TryAdd(picture.Location, picture with { DarkLocation = dark.Location });
        }
        else pictures.TryAdd(picture.Location, picture);
    }

    private static async Task<PictureFacts?> PictureAsync(RepositoryContent content, Document document, MarkupImage image, Document? readme)
    {
        var path = Paths.Local(content, document.File.Folder, image.Url);
        var isRemote = path is null;
        if (isRemote && !(image.Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || image.Url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))) return null;
        if (image.Url.Contains("sponsor", StringComparison.OrdinalIgnoreCase) || image.Alt.Contains("sponsor", StringComparison.OrdinalIgnoreCase)) return null;
        if (isRemote && (image.Url.Contains("avatars", StringComparison.Ordinal) || image.Url.Contains("/emoji", StringComparison.Ordinal))) return null;
        var header = path is null ? null : await HeaderAsync(content, path);
        // An icon in the text of a page is no picture of the product; the README's own first one may be its mark.
        if (header is { Width: > 0 and <= 64, Height: > 0 and <= 64 } && (document != readme || header is { Width: <= 20, Height: <= 20 })) return null;
        var location = path ?? image.Url;
        var isFirst = document == readme && readme!.Images.FirstOrDefault(other => !Badges.IsBadge(other.Url)) == image;
        var dark = image.Dark is null ? null : Paths.Local(content, document.File.Folder, image.Dark) ?? (image.Dark.Contains("://", StringComparison.Ordinal) ? image.Dark : null);
        return new(location, isRemote, dark, image.Alt, KindOf(location, image, header, isFirst, Words.Letters(content.Identity.Name)), Size(header?.Width), Size(header?.Height), document.File.At(image.Line));
    }

    private static int? Size(int? pixels) => pixels is > 0 ? pixels : null;

    private static async Task<ImageHeader?> HeaderAsync(RepositoryContent content, string path)
    {
        var entry = content.Find(path)!;
        return entry.Bytes > LargestPictureBytes ? null : ImageHeader.Read((await content.BytesAsync(entry)).Span);
    }

    private static PictureKind KindOf(string location, MarkupImage image, ImageHeader? header, bool isFirst, string name)
    {
        var words = $"{Path.GetFileName(location)} {image.Alt} {image.Title}".ToLowerInvariant();
        var ending = Path.GetExtension(location.Split('?', '#')[0]).ToLowerInvariant();
        if (ending is ".mp4" or ".webm" or ".mov" or ".ogv") return PictureKind.Video;
        if (words.Contains("logo") || words.Contains("wordmark") || words.Contains("mascot") || isFirst && location.Contains("/logo", StringComparison.OrdinalIgnoreCase)) return isFirst || name.Length == 0 || Words.Letters(words).Contains(name, StringComparison.Ordinal) ? PictureKind.Logo : PictureKind.Picture;
        if (words.Contains("screenshot") || words.Contains("screen shot") || words.Contains("screen-shot") || words.Contains("screen_shot") || words.Contains("截图") || words.Contains("preview")) return PictureKind.Screenshot;
        if (words.Contains("diagram") || words.Contains("architecture") || words.Contains("flowchart") || words.Contains("uml") || words.Contains("schema") || words.Contains("drawio")) return PictureKind.Diagram;
        if (ending == ".gif" || header?.Animated == true || words.Contains("demo")) return PictureKind.Demo;
        // The first picture of a README is its logo when it is a drawing or shaped like one.
        return isFirst && (ending == ".svg" || header is { Height: > 0 and <= 300 } && header.Width <= header.Height * 6) ? PictureKind.Logo : PictureKind.Picture;
    }

    private static async Task<PictureFacts?> LogoFileAsync(RepositoryContent content)
    {
        var file = content.Files.Where(file => PictureEndings.Contains(Path.GetExtension(file.Path).ToLowerInvariant()) && Path.GetFileNameWithoutExtension(file.Path).ToLowerInvariant() is "logo" or "icon" or "logo-light" or "logo-full" && !AuxiliaryPaths.Contains(file.Path.Replace("docs/", "", StringComparison.Ordinal)))
            .OrderBy(file => file.Path.Count(letter => letter == '/')).ThenByDescending(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)).FirstOrDefault();
        if (file is null || file.Path.Count(letter => letter == '/') > 3) return null;
        var header = await HeaderAsync(content, file.Path);
        return header is null ? null : new(file.Path, false, null, "", PictureKind.Logo, Size(header.Width), Size(header.Height), content.At(file.Path));
    }
}
