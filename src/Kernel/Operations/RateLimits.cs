using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>How often one caller may call, on one node: a bucket for each caller, and one of its own for each operation with its own limit.</summary>
internal sealed class RateLimits : ICallGate, IDisposable
{
    /// <summary>Name of the detail that says when to come again.</summary>
    public const string RetryAfterSeconds = "retryAfterSeconds";

    private readonly PartitionedRateLimiter<(Caller Caller, Operation Operation)> limiter;

    public RateLimits(OperationOptions options) => limiter = PartitionedRateLimiter.Create<(Caller Caller, Operation Operation), string>(call =>
    {
        var own = call.Operation.MostPerMinute;
        var perMinute = own ?? options.MostPerMinute;
        return RateLimitPartition.GetTokenBucketLimiter($"{call.Caller.Tenant} {call.Caller.Subject} {(own is null ? "" : call.Operation.Name)}", _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute, TokensPerPeriod = Math.Max(1, perMinute / 60), ReplenishmentPeriod = TimeSpan.FromSeconds(perMinute >= 60 ? 1 : 60d / perMinute), QueueLimit = 0,
        });
    });

    /// <summary>Counts one call.</summary>
    /// <exception cref="Refusal"><c>caller.too_often</c>.</exception>
    public void Take(Caller caller, Operation operation)
    {
        using var lease = limiter.AttemptAcquire((caller, operation));
        if (lease.IsAcquired) return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, Math.Ceiling(after.TotalSeconds)) : 1;
        throw new Refusal("caller.too_often", string.Create(CultureInfo.InvariantCulture, $"Too many calls; wait {wait} seconds."), 429)
        {
            Details = new Dictionary<string, string> { [RetryAfterSeconds] = wait.ToString(CultureInfo.InvariantCulture) },
        };
    }

    public ValueTask<CallVisit> EnterAsync(HttpContext http, Caller caller, Operation operation, CancellationToken cancel)
    {
        Take(caller, operation);
        return ValueTask.FromResult(CallVisit.Uncounted);
    }

    public void Dispose() => limiter.Dispose();
}
