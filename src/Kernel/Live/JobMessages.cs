using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rialto.Kernel;

/// <summary>A job as a topic, <c>job:0197…</c>: its state whenever that has changed. A place is the hash of a state; who comes back gets the newest, which is all there is to miss.</summary>
internal sealed class JobMessages(Database database) : ILiveStore
{
    /// <summary>Name of the kind of topic.</summary>
    public const string Kind = "job";

    private const string Nowhere = "-";

    // Reports ring; a state that changes without one is seen by looking.
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(1);

    public string Bell(TenantId tenant, string topic) => JobQueue.ProgressTopic(Id(topic));

    // Who names no place gets the state as it is.
    public Task<string> BeginAsync(TenantId tenant, string topic, CancellationToken cancel) => Task.FromResult(Nowhere);

    public async Task<LiveReading> ReadAsync(TenantId tenant, string topic, string at, CancellationToken cancel)
    {
        JobStatus job;
        try
        {
            await using var session = await database.BeginAsync(tenant, cancel);
            job = await session.FindJobAsync(Id(topic), cancel);
        }
        catch (Refusal missing) when (missing.Code == "jobs.not_found")
        {
            return LiveReading.Nothing;
        }
        var data = JsonSerializer.Serialize(job, KernelJson.Default.JobStatus);
        var place = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)).AsSpan(0, 12));
        return place == at ? LiveReading.Nothing : new LiveReading([new LiveMessage(place, data)]);
    }

    private static Guid Id(string topic) => Guid.Parse(topic.AsSpan(Kind.Length + 1));
}
