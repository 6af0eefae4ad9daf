using System.Collections.Concurrent;
using System.Globalization;
using Rialto.Kernel;

namespace Rialto.Repositories.GitHub;

/// <summary>When GitHub may be asked again, for each installation. What it says about its limits is believed, so that it never has to say it twice.</summary>
internal sealed class GitHubLimits(TimeProvider time)
{
    // GitHub's own advice where a secondary limit names no time: a minute, then doubling.
    private const double FirstSecondarySeconds = 60, LongestSeconds = 3600;
    private readonly ConcurrentDictionary<string, Pause> pauses = new();

    /// <summary>How long <paramref name="speaker"/> must still wait.</summary>
    public TimeSpan Wait(string speaker) => pauses.TryGetValue(speaker, out var pause) && pause.Until - time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Reads what an answer says of limits; true when it was refused because of them.</summary>
    public bool Read(string speaker, OutgoingAnswer answer)
    {
        var now = time.GetUtcNow();
        var isSpent = answer.Headers.GetValueOrDefault("x-ratelimit-remaining") == "0";
        DateTimeOffset? reset = long.TryParse(answer.Headers.GetValueOrDefault("x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        if (answer.Status is not (403 or 429))
        {
            if (isSpent && reset is { } later) pauses[speaker] = new Pause(Capped(now, later), 0);
            else pauses.TryRemove(speaker, out _);
            return false;
        }
        DateTimeOffset until;
        var times = 0;
        if (int.TryParse(answer.Headers.GetValueOrDefault("retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out var after)) until = now.AddSeconds(after);
        else if (isSpent && reset is { } again) until = again;
        else if (answer.Status == 429 || answer.Body.Span.IndexOf("secondary rate limit"u8) >= 0)
        {
            times = pauses.TryGetValue(speaker, out var before) ? before.Times + 1 : 1;
            until = now.AddSeconds(FirstSecondarySeconds * Math.Pow(2, Math.Min(times - 1, 10)));
        }
        else return false;
        pauses[speaker] = new Pause(Capped(now, until), times);
        return true;
    }

    /// <summary>What is said while one must wait; whoever runs a job comes back at the right time.</summary>
    public static Refusal Refused(TimeSpan wait) => new("github.rate_limited", "GitHub's limit of requests is reached; it goes on by itself when GitHub allows it.", 429)
    {
        Details = new Dictionary<string, string> { ["retryAfterSeconds"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) },
    };

    private static DateTimeOffset Capped(DateTimeOffset now, DateTimeOffset until) => until > now.AddSeconds(LongestSeconds) ? now.AddSeconds(LongestSeconds) : until;

    private sealed record Pause(DateTimeOffset Until, int Times);
}
