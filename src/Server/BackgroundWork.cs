using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>What a node does without being asked: jobs, the readers of events, and the trees of the audit log.</summary>
internal sealed class BackgroundWork(
    Database database, IEnumerable<JobHandler> handlers, IEnumerable<IEventReader> readers, AuditSequencer audit, SettingLayers settings, IServiceProvider services, ILoggerFactory logs) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stop) => Task.WhenAll(
    [
        new JobRunner(database, handlers, services, KernelModule.JobOptions(settings), logs.CreateLogger<JobRunner>()).RunAsync(stop),
        audit.RunAsync(stop),
        .. readers.Select(reader => new EventPump(database, reader, logs.CreateLogger<EventPump>()).RunAsync(stop)),
    ]);
}
