using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;

namespace Rialto.Kernel;

/// <summary>The feed over SignalR: <c>stream("Follow", topic, at)</c>.</summary>
internal sealed class LiveHub(LiveFeed feed, LiveAccess access) : Hub
{
    private const int MostStreams = 50;
    private const string Streams = "streams";

    /// <summary>Follows a topic, from a place or from now on.</summary>
    public async IAsyncEnumerable<LiveFrame> Follow(string topic, string? at, [EnumeratorCancellation] CancellationToken cancel)
    {
        try
        {
            var (caller, refused) = Count(1) > MostStreams ? (null, TooMany()) : await CheckAsync(topic);
            if (caller is not null)
                await foreach (var frame in feed.FollowAsync(caller, topic, at, cancel))
                {
                    (_, refused) = await CheckAsync(topic);
                    if (refused is not null) break;
                    yield return frame;
                }
            if (refused is not null) yield return new LiveFrame { Kind = "refused", At = "", Refusal = Problem.Of(refused) };
        }
        finally
        {
            Count(-1);
        }
    }

    private static Refusal TooMany() => new("live.too_many", $"One connection follows at most {MostStreams} topics; leave some first.", 429);

    // Asked before every frame, and answered from memory within a minute.
    private async ValueTask<(Caller? Caller, Refusal? Refused)> CheckAsync(string topic)
    {
        try
        {
            var caller = await access.CallerAsync(Context.GetHttpContext()!);
            feed.Require(caller, topic);
            return (caller, null);
        }
        catch (Refusal refusal)
        {
            return (null, refusal);
        }
    }

    private int Count(int change)
    {
        lock (Context.Items)
        {
            var count = (Context.Items.TryGetValue(Streams, out var now) ? (int)now! : 0) + change;
            Context.Items[Streams] = count;
            return count;
        }
    }
}
