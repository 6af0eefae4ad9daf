using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>Answers with a file: encoding, conditions, ranges, headers. Headers are ready-made; small bodies come from memory.</summary>
internal sealed class SiteAnswers(IBlobStore blobs, BlobCache cache, VisitCounter visits)
{
    private const int CopyBytes = 128 * 1024;
    private static readonly StringValues Nosniff = "nosniff", Frame = "SAMEORIGIN", VaryEncoding = "Accept-Encoding", Bytes = "bytes", Referrer = "strict-origin-when-cross-origin",
        Permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()", NoIndex = "noindex", PrivateOnly = "private, no-cache";

    /// <summary>Sends <paramref name="file"/> with <paramref name="status"/>, or what the request's conditions make of it.</summary>
    public Task SendAsync(HttpContext http, ServedSite site, ServedFile file, int status)
    {
        var (request, response) = (http.Request, http.Response);
        var range = status == StatusCodes.Status200OK ? request.Headers.Range : default;
        // A part is always a part of the plain bytes: whoever resumes a download asks for those.
        var copy = range.Count > 0 ? file.Plain : file.Choose(request.Headers.AcceptEncoding);
        WriteHeaders(response.Headers, site, file, copy);
        if (file.IsPage && status == StatusCodes.Status200OK) visits.Count(http, site, file);
        if (status == StatusCodes.Status200OK && request.Headers.IfNoneMatch is { Count: > 0 } known && Etag.IsListed(known.ToString(), copy.Etag.ToString()))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = file.Type;
        response.StatusCode = status;
        if (range.Count > 0 && IsSameAsBefore(request, copy) && ByteRange.Read(range.ToString(), copy.Bytes) is { } part) return SendPartAsync(http, copy, part);
        if (copy.Encoding.Count > 0) response.Headers.ContentEncoding = copy.Encoding;
        response.ContentLength = copy.Bytes;
        if (HttpMethods.IsHead(request.Method) || copy.Bytes == 0) return Task.CompletedTask;
        return cache.Find(copy.Blob) is { } bytes ? response.BodyWriter.WriteAsync(bytes, http.RequestAborted).AsTask() : SendFromStoreAsync(http, copy, 0, copy.Bytes);
    }

    /// <summary>The headers every answer with the file has, whatever was asked.</summary>
    internal static void WriteHeaders(IHeaderDictionary headers, ServedSite site, ServedFile file, ServedCopy copy)
    {
        headers.ETag = copy.Etag;
        // Behind a lock nothing may stay in a cache that others share.
        headers.CacheControl = site.Visibility == Visibility.Public ? file.CacheControl : PrivateOnly;
        headers.AcceptRanges = Bytes;
        headers.XContentTypeOptions = Nosniff;
        if (file.Varies) headers.Vary = VaryEncoding;
        if (file.Policy.Count > 0) headers.ContentSecurityPolicy = file.Policy;
        if (file.IsPage)
        {
            headers.XFrameOptions = Frame;
            headers["Referrer-Policy"] = Referrer;
            headers["Permissions-Policy"] = Permissions;
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (site.IsPreview) headers["X-Robots-Tag"] = NoIndex;
        }
        foreach (var (name, value) in file.Extra)
            if (site.Visibility == Visibility.Public || !IsAboutCaches(name)) headers[name] = value;
    }

    // The site's own rules may be older than its lock.
    private static bool IsAboutCaches(string name) => name.EndsWith("Cache-Control", StringComparison.OrdinalIgnoreCase) || name.Equals("Expires", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Surrogate-Control", StringComparison.OrdinalIgnoreCase) || name.Equals("Access-Control-Allow-Origin", StringComparison.OrdinalIgnoreCase) || name.Equals("Access-Control-Allow-Credentials", StringComparison.OrdinalIgnoreCase);

    private Task SendPartAsync(HttpContext http, ServedCopy copy, ByteRange part)
    {
        var response = http.Response;
        if (part.Length == 0)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{copy.Bytes}");
            response.ContentLength = 0;
            return Task.CompletedTask;
        }
        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {part.First}-{part.First + part.Length - 1}/{copy.Bytes}");
        response.ContentLength = part.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : SendFromStoreAsync(http, copy, part.First, part.Length);
    }

    private async Task SendFromStoreAsync(HttpContext http, ServedCopy copy, long first, long length)
    {
        var cancel = http.RequestAborted;
        if (copy.Bytes <= BlobCache.LargestBytes)
        {
            var bytes = cache.Find(copy.Blob) ?? await cache.ReadAsync(copy.Blob, copy.Bytes, cancel);
            await http.Response.BodyWriter.WriteAsync(bytes.AsMemory((int)first, (int)length), cancel);
            return;
        }
        await using var stream = await blobs.OpenAsync(BlobId.Parse(copy.Blob), cancel);
        stream.Position = first;
        var writer = http.Response.BodyWriter;
        while (length > 0)
        {
            var memory = writer.GetMemory(CopyBytes);
            var count = await stream.ReadAsync(memory[..(int)Math.Min(memory.Length, length)], cancel);
            if (count == 0) throw new Refusal("blobs.missing", $"The blob {copy.Blob} is shorter than it was.", 503);
            writer.Advance(count);
            length -= count;
            if ((await writer.FlushAsync(cancel)).IsCompleted) return;
        }
    }

    private static bool IsSameAsBefore(HttpRequest request, ServedCopy copy) => request.Headers.IfRange is { Count: 0 } || request.Headers.IfRange == copy.Etag;
}
