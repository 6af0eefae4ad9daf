using System.Net;
using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>The address of a model's endpoint. Plain HTTP is for this machine and the local network; words and keys leave it encrypted.</summary>
internal static class ModelAddress
{
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Query.Length > 0)
            throw new Refusal("models.url_invalid", "RIALTO_MODEL_URL must be an http or https address without credentials and query, for example http://localhost:11434/v1.");
        if (url.Scheme == "http" && !IsLocal(url))
            throw new Refusal("models.url_invalid", "Use https for RIALTO_MODEL_URL: plain http is accepted for this machine and private addresses only.");
        return url;
    }

    private static bool IsLocal(Uri url)
    {
        if (url.IsLoopback) return true;
        if (!IPAddress.TryParse(url.DnsSafeHost, out var address)) return url.Host.EndsWith(".internal", StringComparison.Ordinal) || url.Host.EndsWith(".local", StringComparison.Ordinal);
        var bytes = address.MapToIPv6().GetAddressBytes();
        return address.IsIPv6UniqueLocal || bytes[12] == 10 || bytes[12] == 172 && bytes[13] is >= 16 and < 32 || bytes[12] == 192 && bytes[13] == 168;
    }
}
