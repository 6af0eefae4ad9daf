namespace Rialto.Bench;

/// <summary>The platform from its second start to ready, and what it holds in memory when nobody asks anything.</summary>
internal static class NodeStart
{
    private const int IdleSeconds = 10;

    public static async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
        {
            bench.Missing("the platform's start", "it is measured on Linux");
            return;
        }
        bench.Heading("./rialto up, with its PostgreSQL; processor time and memory are the node's own");
        var folder = Directory.CreateTempSubdirectory("rialto-bench-up-");
        // PostgreSQL may run under another account, which must be able to reach its folder.
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        try
        {
            var data = Path.Combine(folder.FullName, "data");
            await using (var first = await RunningNode.StartAsync(bench, data, cancel)) bench.Add("first start to ready", [new Sample(first.ReadySeconds, 0, first.ReadyCpuSeconds)]);
            var samples = new List<Sample>();
            long idle = 0;
            for (var round = 0; round < (bench.Quick ? 3 : 10); round++)
            {
                await using var node = await RunningNode.StartAsync(bench, data, cancel);
                samples.Add(new Sample(node.ReadySeconds, 0, node.ReadyCpuSeconds));
                if (round > 0) continue;
                await Task.Delay(TimeSpan.FromSeconds(IdleSeconds), cancel);
                idle = node.ResidentBytes;
            }
            bench.Add("second start to ready", samples);
            bench.Value($"idle, {IdleSeconds} s after ready", Math.Round(idle / 1048576.0, 1), "MB");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
