using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>What the gateway does beside the calls: counts go to the database, full buckets are forgotten.</summary>
internal sealed partial class GatewayWork(UsageCounts usage, BucketStore buckets, ILogger<GatewayWork> logger) : BackgroundService
{
    private const int TurnsBetweenForgetting = 60;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Turn);
        for (var turn = 1; ; turn++)
        {
            try
            {
                await timer.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await TryAsync(turn % TurnsBetweenForgetting == 0);
        }
        await TryAsync(isForgetting: false);
    }

    private async Task TryAsync(bool isForgetting)
    {
        try
        {
            await usage.FlushAsync(CancellationToken.None);
            if (isForgetting) await buckets.ForgetAsync(CancellationToken.None);
        }
        catch (Exception lost) when (lost is NpgsqlException or Refusal or ObjectDisposedException)
        {
            CountsLost(logger, lost.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Counts of calls could not be kept: {Words}")]
    private static partial void CountsLost(ILogger logger, string words);
}
