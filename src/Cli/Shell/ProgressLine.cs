namespace Rialto.Cli;

/// <summary>One line on a terminal that is rewritten in place, at most ten times a second.</summary>
internal sealed class ProgressLine(TextWriter writer, bool show)
{
    private const int IntervalMilliseconds = 100;
    private readonly Lock gate = new();
    private long lastAt = -IntervalMilliseconds;
    private bool isVisible;

    public void Show(string text)
    {
        if (!show) return;
        lock (gate)
        {
            if (Environment.TickCount64 - lastAt < IntervalMilliseconds) return;
            lastAt = Environment.TickCount64;
            var line = new string([.. text.Where(character => !char.IsControl(character))]);
            var width = Math.Max(20, Console.BufferWidth - 1);
            writer.Write($"\r\e[2K\e[2m{(line.Length > width ? line[..(width - 1)] + "…" : line)}\e[0m");
            isVisible = true;
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            if (isVisible) writer.Write("\r\e[2K");
            isVisible = false;
        }
    }
}
