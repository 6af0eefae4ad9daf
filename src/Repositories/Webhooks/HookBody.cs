using Microsoft.AspNetCore.Http;
using Rialto.Kernel;

namespace Rialto.Repositories.Webhooks;

/// <summary>The raw bytes of a delivery, within the limit.</summary>
internal static class HookBody
{
    /// <exception cref="Refusal"><c>hooks.too_large</c>, <c>hooks.not_json</c>.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int most, CancellationToken cancel)
    {
        var type = request.ContentType ?? "";
        if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || type.Length > 16 && type[16] is not (';' or ' '))
            throw new Refusal("hooks.not_json", "Set the webhook's content type to application/json.", 415);
        if (request.ContentLength > most) throw TooLarge(most);
        using var collected = new MemoryStream(request.ContentLength is { } length ? (int)length : 16 * 1024);
        var buffer = new byte[32 * 1024];
        try
        {
            while (await request.Body.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if (collected.Length + count > most) throw TooLarge(most);
                collected.Write(buffer, 0, count);
            }
        }
        catch (BadHttpRequestException broken)
        {
            // The server's own limits: too large without a length, too slow, or cut off.
            throw broken.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(most) : new Refusal("hooks.cut_off", "The delivery did not arrive whole.", broken.StatusCode);
        }
        return collected.ToArray();
    }

    private static Refusal TooLarge(int most) => new("hooks.too_large", $"A delivery may have {most} bytes at most.", 413);
}
