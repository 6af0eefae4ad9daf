using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Kernel;

/// <summary>Signs requests to S3 (AWS Signature Version 4, one chunk, the hash of the body in <c>x-amz-content-sha256</c>).</summary>
internal static class S3Signature
{
    /// <summary>SHA-256 of nothing.</summary>
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The value of the header <c>Authorization</c>.</summary>
    /// <param name="account">Whose key.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path, encoded by <see cref="Encode"/>.</param>
    /// <param name="query">Parts of the query, not encoded.</param>
    /// <param name="headers">Headers to sign, names in small letters; <c>host</c>, <c>x-amz-date</c> and <c>x-amz-content-sha256</c> among them.</param>
    /// <param name="at">When; the same as in <c>x-amz-date</c>.</param>
    public static string Authorization(
        S3Account account, string method, string path, IEnumerable<KeyValuePair<string, string>> query, IReadOnlyDictionary<string, string> headers, DateTime at)
    {
        var names = headers.Keys.Order(StringComparer.Ordinal).ToArray();
        var signed = string.Join(';', names);
        var request = string.Join('\n', method, path, Query(query), string.Concat(names.Select(name => $"{name}:{headers[name].Trim()}\n")), signed, headers["x-amz-content-sha256"]);
        var day = at.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var scope = $"{day}/{account.Region}/s3/aws4_request";
        var toSign = $"{Algorithm}\n{Date(at)}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(request))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + account.SecretKey), day), account.Region), "s3"), "aws4_request");
        return $"{Algorithm} Credential={account.AccessKey}/{scope},SignedHeaders={signed},Signature={Convert.ToHexStringLower(Mac(key, toSign))}";
    }

    /// <summary>The time as <c>x-amz-date</c> has it.</summary>
    public static string Date(DateTime at) => at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>SHA-256 in small hexadecimal digits.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The query in the order and the form that is signed; it is also the form that is sent.</summary>
    public static string Query(IEnumerable<KeyValuePair<string, string>> parts) => string.Join('&', parts
        .Select(part => (Name: Encode(part.Key), Value: Encode(part.Value))).OrderBy(part => part.Name, StringComparer.Ordinal).ThenBy(part => part.Value, StringComparer.Ordinal)
        .Select(part => $"{part.Name}={part.Value}"));

    /// <summary>Percent-encodes everything but letters, digits and <c>-._~</c>; of a path also not the slashes.</summary>
    public static string Encode(string text, bool isPath = false) => isPath ? string.Join('/', text.Split('/').Select(Uri.EscapeDataString)) : Uri.EscapeDataString(text);

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
