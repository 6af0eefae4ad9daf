using System.Diagnostics;
using System.Text;

namespace Rialto.Bench;

/// <summary>Sends requests by the clock.</summary>
internal sealed class ApiLoad(HttpClient http, string[] keys)
{
    private const int Senders = 200;
    private readonly string run = Guid.NewGuid().ToString("N");
    private long count;

    public async Task<LoadResult> RunAsync(int perSecond, int seconds, CancellationToken cancel)
    {
        var total = perSecond * seconds;
        var (fromDue, fromSent) = (new double[total], new double[total]);
        var (next, failed) = (-1, 0);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var index && index < total)
            {
                var due = index * 1000.0 / perSecond;
                if (due - watch.Elapsed.TotalMilliseconds is > 1 and var early) await Task.Delay(TimeSpan.FromMilliseconds(early), cancel);
                var sent = watch.Elapsed.TotalMilliseconds;
                if (!await SendAsync(Interlocked.Increment(ref count), cancel)) Interlocked.Increment(ref failed);
                var done = watch.Elapsed.TotalMilliseconds;
                (fromDue[index], fromSent[index]) = (done - due, done - sent);
            }
        }, cancel)));
        return new LoadResult(fromDue, fromSent, failed, total / watch.Elapsed.TotalSeconds);
    }

    private async Task<bool> SendAsync(long number, CancellationToken cancel)
    {
        using var request = number % 2 == 0 ? new HttpRequestMessage(HttpMethod.Get, "/api/v1/jobs?limit=20") : Change(number);
        request.Headers.Authorization = new("Bearer", keys[number / 2 % keys.Length]);
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            await answer.Content.CopyToAsync(Stream.Null, cancel);
            return answer.IsSuccessStatusCode || (int)answer.StatusCode == 409;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Every tenth change repeats the one of the same caller before it, and is told that it was done.
    private HttpRequestMessage Change(long number)
    {
        var turn = number / 2 / keys.Length;
        var of = number / 2 % keys.Length;
        var unique = turn % 10 == 9 ? turn - 1 : turn;
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/identity/keys") { Content = new StringContent($$"""{"name":"made by {{of}} in {{unique}}","scopes":["jobs.read"]}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", $"{run} {of} {unique}");
        return request;
    }
}

/// <summary>What a load came to; times in milliseconds.</summary>
internal sealed class LoadResult(double[] fromDue, double[] fromSent, int failed, double answeredPerSecond)
{
    private readonly double[] due = [.. fromDue.Order()], sent = [.. fromSent.Order()];

    public int Failed => failed;

    public double AnsweredPerSecond => answeredPerSecond;

    /// <summary>The time within which so many of a hundred were answered, from when they were due.</summary>
    public double FromDue(int percent) => At(due, percent);

    /// <summary>The same from when they were sent.</summary>
    public double FromSent(int percent) => At(sent, percent);

    private static double At(double[] ordered, int percent) => ordered[Math.Clamp((int)Math.Ceiling(ordered.Length * percent / 100.0) - 1, 0, ordered.Length - 1)];
}
