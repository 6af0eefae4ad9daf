using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rialto.Testing;

/// <summary>Ways in which a host lets its callers down, for <see cref="GitHost.Misbehaviour"/>.</summary>
public static class Misbehaviours
{
    /// <summary>Sends every caller, or only those that fetch, elsewhere.</summary>
    public static Func<HttpContext, Func<Task>, Task> Redirect(string address, int status = 302, bool onlyFetches = false) => async (context, honestly) =>
    {
        if (onlyFetches && !await IsFetchAsync(context.Request))
        {
            await honestly();
            return;
        }
        context.Response.StatusCode = status;
        context.Response.Headers.Location = address + context.Request.Path + context.Request.QueryString;
    };

    /// <summary>Lets in only who has the token.</summary>
    public static Func<HttpContext, Func<Task>, Task> Demand(string token) => (context, honestly) =>
    {
        if (context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + token))) return honestly();
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
        return Task.CompletedTask;
    };

    /// <summary>Answers nothing for a long time.</summary>
    public static Func<HttpContext, Func<Task>, Task> Stall(bool onlyFetches = false) => async (context, honestly) =>
    {
        if (onlyFetches && !await IsFetchAsync(context.Request)) await honestly();
        else await Task.Delay(TimeSpan.FromMinutes(10), context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    };

    /// <summary>Answers what no Git understands.</summary>
    public static Func<HttpContext, Func<Task>, Task> Garbage() => async (context, _) =>
    {
        context.Response.ContentType = context.Request.Method == "GET" ? "application/x-git-upload-pack-advertisement" : "application/x-git-upload-pack-result";
        await context.Response.Body.WriteAsync(RandomNumberGenerator.GetBytes(50_000));
    };

    /// <summary>Breaks the connection after so many bytes of the answer to a fetch of files.</summary>
    public static Func<HttpContext, Func<Task>, Task> Drop(int afterBytes) => async (context, honestly) =>
    {
        if (await IsFetchAsync(context.Request)) context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new BreakingStream(context.Response.Body, afterBytes, () =>
        {
            context.Abort();
            return Task.CompletedTask;
        })));
        await honestly();
    };

    /// <summary>Sends so many bytes of a fetch and then no more, without an end; <paramref name="left"/> is told when the caller has left.</summary>
    public static Func<HttpContext, Func<Task>, Task> StallAfter(int bytes, TaskCompletionSource left) => async (context, honestly) =>
    {
        if (!await IsFetchAsync(context.Request))
        {
            await honestly();
            return;
        }
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new BreakingStream(context.Response.Body, bytes,
            () => Task.Delay(TimeSpan.FromMinutes(10), context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default))));
        try
        {
            await honestly();
        }
        finally
        {
            // Also when the client has gone before so many bytes were written.
            left.TrySetResult();
        }
    };

    /// <summary>Whether a request asks for objects, and what it says; references are asked for by the same verb (protocol version 2).</summary>
    public static async Task<bool> IsFetchAsync(HttpRequest request, string saying = "")
    {
        if (request.Method == "GET") return false;
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var asked = await reader.ReadToEndAsync();
        request.Body.Position = 0;
        return asked.Contains("command=fetch", StringComparison.Ordinal) && asked.Contains(saying, StringComparison.Ordinal);
    }

    private sealed class BreakingStream(Stream inner, int left, Func<Task> end) : Stream
    {
        private int left = left;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var part = buffer[..Math.Min(left, buffer.Length)];
            left -= part.Length;
            await inner.WriteAsync(part, cancellationToken);
            if (left > 0) return;
            await inner.FlushAsync(cancellationToken);
            await end();
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
