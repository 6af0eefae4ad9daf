using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>An answer held back until its change is committed, or kept for a repeated request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Type of the body.</param>
/// <param name="Location">Where what was made is.</param>
/// <param name="Etag">Version of what was made.</param>
/// <param name="Body">Bytes.</param>
internal sealed record BufferedAnswer(int Status, string? ContentType, string? Location, string? Etag, ReadOnlyMemory<byte> Body)
{
    /// <summary>True when the answer was given before.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Runs the handler and catches what it writes.</summary>
    public static async Task<BufferedAnswer> RunAsync(HttpContext http, RequestDelegate handle, Func<Exception, Task> failed)
    {
        var wire = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await handle(http);
            await http.Response.BodyWriter.FlushAsync();
        }
        catch (Exception failure)
        {
            await failed(failure);
            throw;
        }
        finally
        {
            http.Response.Body = wire;
        }
        return new BufferedAnswer(
            http.Response.StatusCode, http.Response.ContentType, Text(http.Response.Headers.Location), Text(http.Response.Headers.ETag), buffer.ToArray());
    }

    /// <summary>Sends it.</summary>
    public async Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        http.Response.ContentType = ContentType;
        if (Location is not null) http.Response.Headers.Location = Location;
        if (Etag is not null) http.Response.Headers.ETag = Etag;
        if (IsReplay) http.Response.Headers["Idempotency-Replayed"] = "true";
        if (Body.Length > 0) http.Response.ContentLength = Body.Length;
        if (Body.Length > 0) await http.Response.Body.WriteAsync(Body, http.RequestAborted);
    }

    private static string? Text(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
}
