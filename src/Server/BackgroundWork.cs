using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>What a node does without being asked: jobs, and the readers of events.</summary>
internal sealed class BackgroundWork(
    Database database, IEnumerable<JobHandler> handlers, IEnumerable<IEventReader> readers, IServiceProvider services, ILoggerFactory logs) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stop) => Task.WhenAll(
    [
        new JobRunner(database, handlers, services, logger: logs.CreateLogger<JobRunner>()).RunAsync(stop),
        .. readers.Select(reader => new EventPump(database, reader, logs.CreateLogger<EventPump>()).RunAsync(stop)),
    ]);
}
