using Microsoft.Extensions.Logging;

namespace Rialto.Testing;

/// <summary>Writes what a server under test logs as an error, with its exception, to standard error: a 500 in a test then tells its cause.</summary>
internal sealed class FailureLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Console.Error.WriteLine($"server under test: {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
