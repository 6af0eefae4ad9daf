using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Rialto.Testing;

/// <summary>
/// A service that speaks S3 strictly, on a free port of this machine: it computes the signature of each request anew from what was really sent, refuses what differs,
/// and knows objects, ranges, lists in pages, and uploads in parts with their rules.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "the-bucket", Region = "eu-test-1", AccessKey = "AKIDTEST", SecretKey = "secret/key+with=signs";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (byte[] Bytes, DateTimeOffset At)> objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<int, byte[]>> uploads = new();
    private readonly ConcurrentQueue<int> failures = new();

    private S3Server(WebApplication app) => this.app = app;

    /// <summary>Where it is.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>What is kept, by key.</summary>
    public IReadOnlyDictionary<string, (byte[] Bytes, DateTimeOffset At)> Objects => objects;

    /// <summary>Uploads that were begun and neither completed nor aborted.</summary>
    public int OpenUploads => uploads.Count;

    /// <summary>What came: method and query, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Keys a page of a list has.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>Least bytes of a part that is not the last.</summary>
    public int LeastPartBytes { get; set; } = 5 * 1024 * 1024;

    /// <summary>Answers the next requests with these statuses instead.</summary>
    public void FailNext(params int[] statuses)
    {
        foreach (var status in statuses) failures.Enqueue(status);
    }

    /// <summary>Makes an object look older.</summary>
    public void Age(string key, TimeSpan by) => objects[key] = (objects[key].Bytes, objects[key].At - by);

    public static async Task<S3Server> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new S3Server(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var read = new MemoryStream();
        await http.Request.Body.CopyToAsync(read);
        var body = read.ToArray();
        Requests.Enqueue(http.Request.Method + http.Request.QueryString);
        if (failures.TryDequeue(out var status)) await ErrorAsync(http, status, "SlowDown");
        else if (S3Verification.Complaint(http.Request, http.Features.Get<IHttpRequestFeature>()!.RawTarget, body) is { } complaint) await ErrorAsync(http, 403, complaint);
        else await DispatchAsync(http, body);
    }

    private Task DispatchAsync(HttpContext http, byte[] body)
    {
        var path = http.Request.Path.Value!;
        if (path == "/" + Bucket) return http.Request.Method == "GET" && http.Request.Query["list-type"] == "2" ? ListAsync(http) : ErrorAsync(http, 501, "NotImplemented");
        if (!path.StartsWith($"/{Bucket}/", StringComparison.Ordinal)) return ErrorAsync(http, 404, "NoSuchBucket");
        var key = path[(Bucket.Length + 2)..];
        var query = http.Request.Query;
        return http.Request.Method switch
        {
            "POST" when query.ContainsKey("uploads") => BeginAsync(http),
            "POST" when query.ContainsKey("uploadId") => CompleteAsync(http, key, body),
            "PUT" when query.ContainsKey("uploadId") => PartAsync(http, body),
            "DELETE" when query.ContainsKey("uploadId") => AbortAsync(http),
            "PUT" => KeepAsync(http, key, body),
            "GET" or "HEAD" => SendAsync(http, key),
            "DELETE" => RemoveAsync(http, key),
            _ => ErrorAsync(http, 405, "MethodNotAllowed"),
        };
    }

    private Task KeepAsync(HttpContext http, string key, byte[] body)
    {
        objects[key] = (body, DateTimeOffset.UtcNow);
        http.Response.Headers.ETag = Tag(body);
        return Task.CompletedTask;
    }

    private Task RemoveAsync(HttpContext http, string key)
    {
        objects.TryRemove(key, out _);
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private async Task SendAsync(HttpContext http, string key)
    {
        if (!objects.TryGetValue(key, out var kept))
        {
            await ErrorAsync(http, 404, "NoSuchKey");
            return;
        }
        var bytes = kept.Bytes.AsMemory();
        if (http.Request.Headers.Range.ToString() is { Length: > 0 } range)
        {
            var from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            if (from >= bytes.Length)
            {
                await ErrorAsync(http, 416, "InvalidRange");
                return;
            }
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = $"bytes {from}-{bytes.Length - 1}/{bytes.Length}";
            bytes = bytes[from..];
        }
        http.Response.Headers.LastModified = kept.At.ToString("R", CultureInfo.InvariantCulture);
        http.Response.Headers.ETag = Tag(kept.Bytes);
        http.Response.ContentLength = bytes.Length;
        if (http.Request.Method == "GET") await http.Response.Body.WriteAsync(bytes);
    }

    private Task ListAsync(HttpContext http)
    {
        var prefix = http.Request.Query["prefix"].ToString();
        var after = http.Request.Query["continuation-token"].ToString();
        var keys = objects.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0).Order(StringComparer.Ordinal).Take(PageSize + 1).ToArray();
        var page = keys.Take(PageSize).ToArray();
        XNamespace space = "http://s3.amazonaws.com/doc/2006-03-01/";
        var list = new XElement(space + "ListBucketResult", new XElement(space + "IsTruncated", keys.Length > PageSize ? "true" : "false"));
        if (keys.Length > PageSize) list.Add(new XElement(space + "NextContinuationToken", page[^1]));
        foreach (var key in page)
            list.Add(new XElement(space + "Contents", new XElement(space + "Key", key), new XElement(space + "LastModified", objects[key].At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))));
        return XmlAsync(http, list);
    }

    private Task BeginAsync(HttpContext http)
    {
        var id = Guid.NewGuid().ToString("N");
        uploads[id] = new ConcurrentDictionary<int, byte[]>();
        return XmlAsync(http, new XElement("InitiateMultipartUploadResult", new XElement("UploadId", id)));
    }

    private Task PartAsync(HttpContext http, byte[] body)
    {
        if (!uploads.TryGetValue(http.Request.Query["uploadId"].ToString(), out var parts)) return ErrorAsync(http, 404, "NoSuchUpload");
        parts[int.Parse(http.Request.Query["partNumber"].ToString(), CultureInfo.InvariantCulture)] = body;
        http.Response.Headers.ETag = Tag(body);
        return Task.CompletedTask;
    }

    private Task AbortAsync(HttpContext http)
    {
        http.Response.StatusCode = 204;
        return uploads.TryRemove(http.Request.Query["uploadId"].ToString(), out _) ? Task.CompletedTask : ErrorAsync(http, 404, "NoSuchUpload");
    }

    private Task CompleteAsync(HttpContext http, string key, byte[] body)
    {
        var id = http.Request.Query["uploadId"].ToString();
        if (!uploads.TryGetValue(id, out var parts)) return ErrorAsync(http, 404, "NoSuchUpload");
        var wanted = XElement.Parse(System.Text.Encoding.UTF8.GetString(body)).Elements("Part").Select(part => ((int)part.Element("PartNumber")!, (string)part.Element("ETag")!)).ToArray();
        if (!wanted.Select(part => part.Item1).SequenceEqual(wanted.Select(part => part.Item1).Order())) return ErrorAsync(http, 400, "InvalidPartOrder");
        if (wanted.Any(part => !parts.TryGetValue(part.Item1, out var bytes) || Tag(bytes) != part.Item2)) return ErrorAsync(http, 400, "InvalidPart");
        if (wanted.SkipLast(1).Any(part => parts[part.Item1].Length < LeastPartBytes)) return ErrorAsync(http, 400, "EntityTooSmall");
        uploads.TryRemove(id, out _);
        objects[key] = ([.. wanted.SelectMany(part => parts[part.Item1])], DateTimeOffset.UtcNow);
        return XmlAsync(http, new XElement("CompleteMultipartUploadResult", new XElement("Key", key)));
    }

    private static string Tag(byte[] bytes) => $"\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\"";

    private static Task ErrorAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        return http.Request.Method == "HEAD" ? Task.CompletedTask : XmlAsync(http, new XElement("Error", new XElement("Code", code)));
    }

    private static Task XmlAsync(HttpContext http, XElement xml)
    {
        http.Response.ContentType = "application/xml";
        return http.Response.WriteAsync(xml.ToString());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
