using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rialto.Testing;

/// <summary>S3-compatible storage with one bucket. Every signature is computed again from what arrived; a request that differs in one byte is refused.</summary>
public sealed class S3Host : StandIn
{
    public const string KeyId = "AKIARIALTOTEST", Bucket = "sites", Region = "eu-south-1";

    /// <summary>Content type and cache rule of each object.</summary>
    public ConcurrentDictionary<string, (string Type, string Cache)> Told { get; } = new();

    protected override async Task AnswerAsync(HttpContext http, byte[] body)
    {
        var path = http.Request.Path.Value!;
        if (Check(http, body) is { } wrong) await RefuseAsync(http, 403, wrong);
        else if (!path.StartsWith($"/{Bucket}/", StringComparison.Ordinal)) await RefuseAsync(http, 404, "NoSuchBucket");
        else if (http.Request.Method == "PUT")
        {
            Published[path[(Bucket.Length + 1)..]] = body;
            Told[path[(Bucket.Length + 1)..]] = (http.Request.ContentType ?? "", http.Request.Headers.CacheControl.ToString());
        }
        else if (http.Request.Method == "DELETE")
        {
            Published.TryRemove(path[(Bucket.Length + 1)..], out _);
            http.Response.StatusCode = 204;
        }
        else await RefuseAsync(http, 405, "MethodNotAllowed");
    }

    private static string? Check(HttpContext http, byte[] body)
    {
        var request = http.Request;
        var words = request.Headers.Authorization.ToString().Split(' ', 2);
        if (words is not ["AWS4-HMAC-SHA256", var rest]) return "InvalidAuthorization";
        var fields = rest.Split(',').Select(field => field.Trim().Split('=', 2)).ToDictionary(field => field[0], field => field[1]);
        var (date, names) = (request.Headers["x-amz-date"].ToString(), fields["SignedHeaders"].Split(';'));
        var scope = $"{date[..8]}/{Region}/s3/aws4_request";
        if (fields["Credential"] != $"{KeyId}/{scope}") return "InvalidAccessKeyId";
        if (!names.Contains("host") || !names.Order(StringComparer.Ordinal).SequenceEqual(names)) return "SignedHeadersInvalid";
        if (Math.Abs((DateTimeOffset.UtcNow - DateTimeOffset.ParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)).TotalMinutes) > 15) return "RequestTimeTooSkewed";
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (request.Headers["x-amz-content-sha256"] != hash) return "XAmzContentSHA256Mismatch";
        // The path as it came over the wire.
        var raw = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var canonical = string.Join('\n', [request.Method, raw, "", .. names.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}"), "", string.Join(';', names), hash]);
        var toSign = string.Join('\n', "AWS4-HMAC-SHA256", date, scope, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = Encoding.UTF8.GetBytes("AWS4" + Key);
        foreach (var part in scope.Split('/')) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return fields["Signature"] == Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))) ? null : "SignatureDoesNotMatch";
    }
}
