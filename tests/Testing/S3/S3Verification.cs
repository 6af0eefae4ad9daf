using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rialto.Testing;

/// <summary>Looks at the signature of a request, from the bytes that came and nothing of ours.</summary>
internal static class S3Verification
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(15);

    /// <summary>What is wrong, as S3 names it; null when nothing is.</summary>
    public static string? Complaint(HttpRequest request, string rawTarget, byte[] body)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal)) return "AccessDenied";
        var fields = header["AWS4-HMAC-SHA256 ".Length..].Split(',', StringSplitOptions.TrimEntries).Select(field => field.Split('=', 2)).ToDictionary(field => field[0], field => field[1]);
        var credential = fields["Credential"].Split('/');
        if (credential is not [S3Server.AccessKey, var day, S3Server.Region, "s3", "aws4_request"]) return "InvalidAccessKeyId";
        var date = request.Headers["x-amz-date"].ToString();
        if (!date.StartsWith(day, StringComparison.Ordinal)) return "AuthorizationHeaderMalformed";
        var at = DateTime.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        if ((DateTime.UtcNow - at).Duration() > MostSkew) return "RequestTimeTooSkewed";
        var hash = request.Headers["x-amz-content-sha256"].ToString();
        if (hash != Hex(SHA256.HashData(body))) return "XAmzContentSHA256Mismatch";
        var signed = fields["SignedHeaders"].Split(';');
        // Everything that carries meaning for S3 must be under the signature.
        if (!signed.Contains("host") || request.Headers.Keys.Select(name => name.ToLowerInvariant()).Any(name => (name.StartsWith("x-amz-", StringComparison.Ordinal) || name == "range") && !signed.Contains(name))) return "AccessDenied";
        var (path, query) = rawTarget.Split('?', 2) is [var left, var right] ? (left, right) : (rawTarget, "");
        var sorted = string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Contains('=', StringComparison.Ordinal) ? part : part + "=").Order(StringComparer.Ordinal));
        var canonical = new StringBuilder($"{request.Method}\n{path}\n{sorted}\n");
        foreach (var name in signed) canonical.Append($"{name}:{request.Headers[name]}\n");
        canonical.Append($"\n{string.Join(';', signed)}\n{hash}");
        var scope = $"{day}/{S3Server.Region}/s3/aws4_request";
        var key = Encoding.UTF8.GetBytes("AWS4" + S3Server.SecretKey);
        foreach (var step in new[] { day, S3Server.Region, "s3", "aws4_request" }) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        var expected = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}")));
        return fields["Signature"] == expected ? null : "SignatureDoesNotMatch";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
