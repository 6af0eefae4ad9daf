using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Rialto.Kernel;

/// <summary>
/// The log of a node, a line an entry. Writing happens on a task of its own: a full pipe does not stop the node; what does not fit is counted and the count is said.
/// </summary>
[ProviderAlias("Lines")]
public sealed class LineLogs : ILoggerProvider, ISupportExternalScope
{
    private const int MostWaiting = 4096;
    private readonly Channel<LogEntry> waiting = Channel.CreateBounded<LogEntry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly TextWriter output;
    private readonly bool isJson;
    private readonly TimeSpan farewell;
    private readonly Task writing;
    private IExternalScopeProvider? scopes;
    private long lost;

    /// <param name="output">Where to.</param>
    /// <param name="isJson">Lines of JSON, for programs; words otherwise.</param>
    /// <param name="farewell">How long the end waits for what is not written yet; 2 seconds when not given.</param>
    public LineLogs(TextWriter output, bool isJson, TimeSpan? farewell = null)
    {
        (this.output, this.isJson, this.farewell) = (output, isJson, farewell ?? TimeSpan.FromSeconds(2));
        writing = Task.Run(WriteAsync);
    }

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose()
    {
        waiting.Writer.TryComplete();
        // The end of the program must not hang on a pipe that nobody reads.
        Task.WaitAny(writing, Task.Delay(farewell));
    }

    private void Take(LogEntry entry)
    {
        if (!waiting.Writer.TryWrite(entry)) Interlocked.Increment(ref lost);
    }

    private async Task WriteAsync()
    {
        await foreach (var entry in waiting.Reader.ReadAllAsync())
        {
            try
            {
                if (Interlocked.Exchange(ref lost, 0) is > 0 and var count)
                    await output.WriteLineAsync(Write(new LogEntry(DateTime.UtcNow, LogLevel.Warning, "Rialto.Logs", null, $"{count} lines were lost: they came faster than they could be written.", null, [new("Lost", count)], null)));
                await output.WriteLineAsync(Write(entry));
                if (waiting.Reader.Count == 0) await output.FlushAsync();
            }
            catch (Exception closed) when (closed is IOException or ObjectDisposedException)
            {
                // Nobody listens any more.
            }
        }
    }

    private string Write(LogEntry entry) => isJson ? LogLine.WriteJson(entry) : LogLine.WriteText(entry);

    private sealed class Lines(LineLogs owner, string source) : ILogger
    {
        public bool IsEnabled(LogLevel level) => level != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner.scopes?.Push(state);

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? failure, Func<TState, Exception?, string> format)
        {
            var values = new List<KeyValuePair<string, object?>>();
            if (state is IReadOnlyList<KeyValuePair<string, object?>> named) values.AddRange(named);
            owner.scopes?.ForEachScope((scope, list) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> around) list.AddRange(around);
            }, values);
            owner.Take(new LogEntry(DateTime.UtcNow, level, source, id.Name, format(state, failure), Activity.Current?.Context, values, failure));
        }
    }
}
