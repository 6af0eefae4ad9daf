namespace Rialto.Cli.Tests;

/// <summary>The console of this process while it lives. Tests that use it must not run beside each other: they share a class.</summary>
internal sealed class CapturedConsole : IDisposable
{
    private readonly TextWriter before = Console.Error;
    private readonly StringWriter error = new();

    public CapturedConsole() => Console.SetError(error);

    public string Error => error.ToString();

    public void Dispose() => Console.SetError(before);
}
