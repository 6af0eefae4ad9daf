using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Rialto.Kernel;
using Rialto.Sites;

namespace Rialto.Publishing;

/// <summary>
/// Writes down what a build does while it does it: stages with time and size, log lines, progress. Each is a short transaction of
/// its own; lines are gathered and written a few times a second. Secrets are taken out of every line.
/// </summary>
internal sealed class BuildRecord(Job job, Guid id, Func<string, string> redact) : IPipelineWatch, IAsyncDisposable
{
    private const int MostLines = 2000, LongestLine = 2000;
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMilliseconds(400);
    private static readonly Dictionary<string, double> Weights = new() { ["fetch"] = 0.15, ["redact"] = 0.1, ["analyse"] = 0.15, ["generate"] = 0.5, ["check"] = 0.02, ["publish"] = 0.08 };
    private readonly Lock gate = new();
    private readonly List<StageTime> stages = [];
    private readonly SemaphoreSlim writing = new(1);
    private List<(int Number, string Stage, string Text)> waiting = [];
    private CancellationTokenSource? stopping;
    private Task? flushing;
    private int lines;
    private double before, within;
    private string note = "", told = "";

    /// <summary>Id of the build.</summary>
    public Guid Id => id;

    /// <summary>The stages so far.</summary>
    public IReadOnlyList<StageTime> Stages
    {
        get
        {
            lock (gate) return [.. stages];
        }
    }

    /// <summary>Begins to write in the background.</summary>
    public void Start()
    {
        stopping = new CancellationTokenSource();
        flushing = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(BetweenWrites);
            try
            {
                while (await timer.WaitForNextTickAsync(stopping.Token)) await FlushAsync(CancellationToken.None);
            }
            catch (Exception failure) when (failure is OperationCanceledException or Npgsql.NpgsqlException or Refusal)
            {
                // The last flush, or the job's own end, tells of a lost database.
            }
        });
    }

    /// <summary>Runs one stage and keeps its time.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="work">Does it.</param>
    /// <param name="sum">Says the size and what came of it.</param>
    public async Task<T> StageAsync<T>(string name, Func<Task<T>> work, Func<T, (long? Bytes, string Note)> sum)
    {
        lock (gate)
        {
            stages.Add(new StageTime(name));
            within = 0;
        }
        Report(name);
        var since = Stopwatch.GetTimestamp();
        using var activity = RialtoTelemetry.Traces.StartActivity("build " + name);
        var made = await work();
        var (bytes, words) = sum(made);
        lock (gate)
        {
            stages[^1] = new StageTime(name, Math.Round(Stopwatch.GetElapsedTime(since).TotalMilliseconds, 1), bytes, words);
            before += Weights.GetValueOrDefault(name);
        }
        Report(words);
        return made;
    }

    /// <inheritdoc/>
    public void Report(string value)
    {
        lock (gate)
        {
            note = value;
            if (++lines > MostLines) return;
            var text = lines == MostLines ? "The log is cut off here." : redact(value.Length > LongestLine ? value[..LongestLine] : value);
            waiting.Add((lines, stages.Count > 0 ? stages[^1].Name : "", text));
        }
    }

    /// <inheritdoc/>
    public void Report(SiteProgress value)
    {
        lock (gate)
        {
            note = value.Total > 0 ? $"{value.Stage} {value.Done}/{value.Total}" : value.Stage;
            if (value.Total > 0) within = (double)value.Done / value.Total;
        }
    }

    /// <summary>Writes what has gathered and tells it to those who watch.</summary>
    public async Task FlushAsync(CancellationToken cancel, string state = "running")
    {
        await writing.WaitAsync(cancel);
        try
        {
            List<(int Number, string Stage, string Text)> batch;
            string now, json;
            double fraction;
            lock (gate)
            {
                (batch, waiting) = (waiting, []);
                now = note;
                json = Json();
                fraction = Math.Min(0.99, before + within * Weights.GetValueOrDefault(stages.Count > 0 ? stages[^1].Name : ""));
            }
            await using (var session = await job.BeginAsync(cancel))
            {
                await session.Connection.ExecuteAsync(new CommandDefinition(
                    """
                    insert into publishing.build_lines (build_id, number, stage, text) select @id, n, s, t from unnest(@numbers, @stages, @texts) as l(n, s, t);
                    update publishing.builds set stages = @json::jsonb where tenant_id = @tenant and id = @id and state = 'running'
                    """,
                    new
                    {
                        id, tenant = job.Tenant.Value, json, numbers = batch.Select(line => line.Number).ToArray(), stages = batch.Select(line => line.Stage).ToArray(), texts = batch.Select(line => Clean(line.Text)).ToArray(),
                    }, cancellationToken: cancel));
                // A quiet moment is no news.
                if (batch.Count > 0 || json != told || state != "running")
                    await BuildNews.PublishAsync(session, id, state, Stages, batch.Select(line => new BuildNewsLine(line.Number, line.Stage, Clean(line.Text))), cancel);
                await session.CommitAsync(cancel);
                told = json;
            }
            await job.ReportAsync(fraction, redact(now), cancel);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Stops writing in the background.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping is null) return;
        await stopping.CancelAsync();
        await flushing!;
        stopping.Dispose();
        stopping = null;
    }

    private string Json() => JsonSerializer.Serialize(stages, PublishingJson.Default.ListStageTime);

    // PostgreSQL's text holds every character but one.
    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
