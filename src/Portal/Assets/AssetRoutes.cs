using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Rialto.Portal.Assets;

/// <summary>Serves what pages load: for ever, and compressed where the browser takes it.</summary>
internal static class AssetRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(PortalFiles.Folder + "{file}", (RequestDelegate)SendAsync).ExcludeFromDescription();

    private static async Task SendAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        if (PortalFiles.Find(request.Path.Value ?? "") is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var isPacked = file.Brotli is not null && request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        var bytes = isPacked ? file.Brotli! : file.Bytes;
        response.ContentType = file.Type;
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        // Previews of sites stand at other names; nobody else needs these files.
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (file.Brotli is not null) response.Headers.Vary = "Accept-Encoding";
        if (isPacked) response.Headers.ContentEncoding = "br";
        await response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
