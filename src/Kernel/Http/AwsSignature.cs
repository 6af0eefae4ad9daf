using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Kernel;

/// <summary>Signs requests to S3 and what speaks like it: AWS Signature Version 4, with the whole body hashed.</summary>
/// <param name="AccessKeyId">Name of the key.</param>
/// <param name="SecretAccessKey">The key.</param>
/// <param name="Region">Region of the service: <c>eu-central-1</c>.</param>
/// <param name="Service">What the request is for.</param>
public sealed record AwsSignature(string AccessKeyId, string SecretAccessKey, string Region, string Service = "s3")
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The headers to send besides <paramref name="headers"/>: <c>Authorization</c>, <c>x-amz-date</c> and <c>x-amz-content-sha256</c>.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="address">Where to; its path is signed as it is written.</param>
    /// <param name="headers">Headers that are to be signed as well; <c>host</c> always is.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="at">Now; the service accepts a quarter of an hour of difference.</param>
    public IReadOnlyDictionary<string, string> Sign(HttpMethod method, Uri address, IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var (time, hash) = (at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(body)));
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = address.IsDefaultPort ? address.Host : address.Authority, ["x-amz-content-sha256"] = hash, ["x-amz-date"] = time };
        foreach (var (name, value) in headers) signed[name.ToLowerInvariant()] = value.Trim();
        var names = string.Join(';', signed.Keys);
        var canonical = $"{method.Method}\n{address.AbsolutePath}\n{Query(address)}\n{string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{hash}";
        var scope = $"{time[..8]}/{Region}/{Service}/aws4_request";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Hash(Hash(Hash(Hash(Encoding.UTF8.GetBytes("AWS4" + SecretAccessKey), time[..8]), Region), Service), "aws4_request");
        return new Dictionary<string, string>
        {
            ["x-amz-date"] = time, ["x-amz-content-sha256"] = hash,
            ["Authorization"] = $"{Algorithm} Credential={AccessKeyId}/{scope}, SignedHeaders={names}, Signature={Convert.ToHexStringLower(Hash(key, text))}",
        };
    }

    private static byte[] Hash(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    // By name, then by value, each encoded as RFC 3986 has it.
    private static string Query(Uri address) => string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Encode(pair[0]), Value: Encode(pair.Length > 1 ? pair[1] : ""))).OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}
