namespace Rialto.Sites;

/// <summary>Files a page can show.</summary>
internal static class PictureTypes
{
    /// <summary>MIME type by extension; null for what is not shown.</summary>
    public static string? Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" or ".apng" => "image/png",
        ".jpg" or ".jpeg" or ".jfif" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".avif" => "image/avif",
        ".svg" => "image/svg+xml",
        ".ico" => "image/x-icon",
        ".bmp" => "image/bmp",
        ".mp4" or ".m4v" => "video/mp4",
        ".webm" => "video/webm",
        _ => null,
    };
}
