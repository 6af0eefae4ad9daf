using System.Globalization;
using System.Net;

namespace Rialto.Kernel;

/// <summary>
/// Blobs in a bucket of any service that speaks S3, as <c>ab/cd/abcd…</c>. Content goes to a file first, because its name is its hash; what is larger than one part
/// is sent in parts. What was put within the last hour is not sent again.
/// </summary>
public sealed class S3BlobStore : IBlobStore, IDisposable
{
    private static readonly TimeSpan Young = TimeSpan.FromHours(1);
    private readonly S3Client client;
    private readonly DiskBlobStore arriving;
    private readonly S3Upload upload;

    /// <param name="account">Where.</param>
    /// <param name="folder">For content on its way, on a disk with room for the largest blob times the number of uploads at once.</param>
    /// <param name="partBytes">Size of a part; services take 5 MB at least.</param>
    public S3BlobStore(S3Account account, string folder, int partBytes = 16 * 1024 * 1024)
    {
        client = new S3Client(account);
        arriving = new DiskBlobStore(folder);
        upload = new S3Upload(client, partBytes);
    }

    /// <inheritdoc/>
    /// <exception cref="Refusal"><c>blobs.unreachable</c>, <c>blobs.not_allowed</c>, <c>blobs.failed</c>, <c>blobs.disk_full</c>.</exception>
    public async Task<BlobInfo> PutAsync(Stream content, CancellationToken cancel = default)
    {
        var (info, file) = await arriving.ReceiveAsync(content, cancel);
        try
        {
            if (await AgeAsync(info.Id, cancel) is not { } age || age > Young) await upload.SendAsync(KeyOf(info.Id), info, file, cancel);
            return info;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(BlobId id, CancellationToken cancel = default) => await S3ReadStream.OpenAsync(client, KeyOf(id), cancel)
        ?? throw new Refusal("blobs.missing", $"The blob {id} is not in the store; publish again what it belongs to.", 503);

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(BlobId id, CancellationToken cancel = default) => await AgeAsync(id, cancel) is not null;

    /// <inheritdoc/>
    /// <remarks>Age is looked at again right before each removal. S3 cannot remove by age, so a blob that is put again within that moment can be lost; keep the minimum age at a day or more.</remarks>
    public async Task<int> CollectAsync(Func<IReadOnlyList<BlobId>, Task<IReadOnlySet<BlobId>>> isReferenced, TimeSpan minimumAge, CancellationToken cancel = default)
    {
        var before = DateTimeOffset.UtcNow - minimumAge;
        var removed = 0;
        string? next = null;
        do
        {
            var query = new Dictionary<string, string> { ["list-type"] = "2", ["prefix"] = client.Account.Prefix };
            if (next is not null) query["continuation-token"] = next;
            var page = await client.AskAsync(new S3Request(HttpMethod.Get, null) { Query = [.. query] }, cancel);
            var old = page!.Elements().Where(element => element.Name.LocalName == "Contents" && TimeOf(element) < before)
                .Select(element => S3Client.Value(element, "Key")).Select(key => key[(key.LastIndexOf('/') + 1)..]).Where(name => name.Length == 64 && name.All(char.IsAsciiHexDigitLower))
                .Select(BlobId.Parse).ToArray();
            if (old.Length > 0)
            {
                var wanted = await isReferenced(old);
                foreach (var id in old.Where(id => !wanted.Contains(id)))
                    if (await AgeAsync(id, cancel) is { } age && age > minimumAge)
                    {
                        await client.AskAsync(new S3Request(HttpMethod.Delete, KeyOf(id)), cancel);
                        removed++;
                    }
            }
            next = S3Client.Value(page, "IsTruncated") == "true" ? S3Client.Value(page, "NextContinuationToken") : null;
        } while (next is { Length: > 0 });
        return removed;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<TimeSpan?> AgeAsync(BlobId id, CancellationToken cancel)
    {
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Head, KeyOf(id)), cancel);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        if (!answer.IsSuccessStatusCode) throw new Refusal("blobs.failed", $"The blob store answered HEAD with status {(int)answer.StatusCode}.", 503);
        return DateTimeOffset.UtcNow - (answer.Content.Headers.LastModified ?? DateTimeOffset.UtcNow);
    }

    private static string KeyOf(BlobId id) => $"{id.Value[..2]}/{id.Value[2..4]}/{id.Value}";

    private static DateTimeOffset TimeOf(System.Xml.Linq.XElement contents) => DateTimeOffset.Parse(S3Client.Value(contents, "LastModified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
