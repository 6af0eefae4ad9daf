using System.Globalization;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;

// A node of its own process that tests start and kill: it does test.mark jobs by adding a row and ending the job in one transaction.
var address = new DatabaseAddress(args[0], args[1], args[2]);
var milliseconds = int.Parse(args[3], CultureInfo.InvariantCulture);
await using var database = await Database.OpenAsync(address, []);
await using var services = new ServiceCollection().BuildServiceProvider();
var mark = JobHandler.For(Marks.Kind, async (payload, job, cancel) =>
{
    await using var session = await job.BeginAsync(cancel);
    await session.Connection.ExecuteAsync("insert into marks.marks (number, process) values (@Value, @process)", new { payload.Value, process = Environment.ProcessId });
    await Task.Delay(milliseconds, cancel);
    await job.CompleteAsync(session, cancel);
    await session.CommitAsync(cancel);
});
var runner = new JobRunner(database, [mark], services, new JobRunnerOptions { LeaseSeconds = 1 });
Console.WriteLine("ready");
await runner.RunAsync(CancellationToken.None);

internal sealed record Mark(int Value);

[JsonSerializable(typeof(Mark))]
internal sealed partial class MarkJson : JsonSerializerContext;

internal static class Marks
{
    public static readonly JobKind<Mark> Kind = new("test.mark", "deployment", MarkJson.Default.Mark) { MaxAttempts = 1000 };
}
