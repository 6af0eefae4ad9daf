using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Rialto.Kernel;

/// <summary>Sends a file to a bucket, in one piece or in parts.</summary>
internal sealed class S3Upload(S3Client client, int partBytes)
{
    public async Task SendAsync(string key, BlobInfo info, string file, CancellationToken cancel)
    {
        if (info.SizeBytes <= partBytes)
            await client.AskAsync(new S3Request(HttpMethod.Put, key) { Hash = info.Id.Value, Body = () => File.OpenRead(file), BodyBytes = info.SizeBytes }, cancel);
        else await SendPartsAsync(key, info.SizeBytes, file, cancel);
    }

    private async Task SendPartsAsync(string key, long size, string file, CancellationToken cancel)
    {
        var begun = await client.AskAsync(new S3Request(HttpMethod.Post, key) { Query = [new("uploads", "")] }, cancel);
        var id = S3Client.Value(begun, "UploadId");
        try
        {
            var parts = new XElement("CompleteMultipartUpload");
            for (var number = 1; (number - 1L) * partBytes < size; number++)
                parts.Add(new XElement("Part", new XElement("PartNumber", number), new XElement("ETag", await SendPartAsync(key, id, number, size, file, cancel))));
            var body = Encoding.UTF8.GetBytes(parts.ToString(SaveOptions.DisableFormatting));
            await client.AskAsync(new S3Request(HttpMethod.Post, key) { Query = [new("uploadId", id)], Hash = S3Signature.Hash(body), Body = () => new MemoryStream(body), BodyBytes = body.Length }, cancel);
        }
        catch
        {
            await AbortAsync(key, id);
            throw;
        }
    }

    private async Task<string> SendPartAsync(string key, string id, int number, long size, string file, CancellationToken cancel)
    {
        var offset = (number - 1L) * partBytes;
        var bytes = new byte[Math.Min(partBytes, size - offset)];
        using (var handle = File.OpenHandle(file)) await ReadAsync(handle, bytes, offset, cancel);
        using var answer = await client.SendAsync(new S3Request(HttpMethod.Put, key)
        {
            Query = [new("partNumber", number.ToString(CultureInfo.InvariantCulture)), new("uploadId", id)], Hash = S3Signature.Hash(bytes), Body = () => new MemoryStream(bytes), BodyBytes = bytes.Length,
        }, cancel);
        return answer.IsSuccessStatusCode && answer.Headers.ETag is { } tag
            ? tag.Tag
            : throw new Refusal("blobs.failed", $"The blob store refused part {number} with status {(int)answer.StatusCode}.", 503);
    }

    private static async Task ReadAsync(Microsoft.Win32.SafeHandles.SafeFileHandle handle, byte[] bytes, long offset, CancellationToken cancel)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var count = await RandomAccess.ReadAsync(handle, bytes.AsMemory(done), offset + done, cancel);
            if (count == 0) throw new EndOfStreamException("The file became shorter while it was sent.");
            done += count;
        }
    }

    // Parts that are never completed cost money until somebody removes them.
    private async Task AbortAsync(string key, string id)
    {
        try
        {
            await client.AskAsync(new S3Request(HttpMethod.Delete, key) { Query = [new("uploadId", id)] }, CancellationToken.None);
        }
        catch (Refusal)
        {
            // What failed before is told; the bucket's own rule for unfinished uploads removes the rest.
        }
    }
}
