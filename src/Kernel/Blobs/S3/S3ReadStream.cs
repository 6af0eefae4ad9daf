using System.Globalization;
using System.Net;

namespace Rialto.Kernel;

/// <summary>Reads an object as it comes; seeking asks for the rest from there.</summary>
internal sealed class S3ReadStream : Stream
{
    private readonly S3Client client;
    private readonly string key;
    private HttpResponseMessage? answer;
    private Stream? content;
    private long position;

    private S3ReadStream(S3Client client, string key, HttpResponseMessage answer) =>
        (this.client, this.key, this.answer, Length) = (client, key, answer, answer.Content.Headers.ContentLength ?? 0);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <summary>Null when there is no such object.</summary>
    public static async Task<S3ReadStream?> OpenAsync(S3Client client, string key, CancellationToken cancel)
    {
        var answer = await client.SendAsync(new S3Request(HttpMethod.Get, key), cancel);
        if (answer.IsSuccessStatusCode) return new S3ReadStream(client, key, answer);
        answer.Dispose();
        return answer.StatusCode == HttpStatusCode.NotFound ? null : throw Failed(answer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= Length || buffer.Length == 0) return 0;
        if (content is null) await ContinueAsync(cancellationToken);
        var count = await content!.ReadAsync(buffer, cancellationToken);
        if (count == 0) throw new EndOfStreamException("The blob store ended in the middle of a blob.");
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob in a bucket is read asynchronously: a thread that waits for a network is lost to everybody.");

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => position + offset, _ => Length + offset };
        if (target < 0) throw new IOException("There is nothing before the beginning.");
        if (target != position) Close(target);
        return position;
    }

    private async Task ContinueAsync(CancellationToken cancel)
    {
        if (answer is null)
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"bytes={position}-");
            answer = await client.SendAsync(new S3Request(HttpMethod.Get, key) { Headers = new Dictionary<string, string> { ["range"] = range } }, cancel);
            if (answer.StatusCode != HttpStatusCode.PartialContent) throw Failed(answer);
        }
        content = await answer.Content.ReadAsStreamAsync(cancel);
    }

    private void Close(long target)
    {
        content?.Dispose();
        answer?.Dispose();
        (content, answer, position) = (null, null, target);
    }

    private static Refusal Failed(HttpResponseMessage answer) => new("blobs.failed", $"The blob store answered GET with status {(int)answer.StatusCode}.", 503);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Close(position);
        base.Dispose(disposing);
    }
}
