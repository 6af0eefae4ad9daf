namespace Rialto.Bench;

/// <summary>From pressing Enter to the answer: what a command costs before it does anything.</summary>
internal sealed class StartBench : IBench
{
    public string Name => "start";

    public string Summary => "how long a command and the platform take to start";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        var launcher = Path.Combine(bench.Home, "rialto");
        var sides = await bench.CompareAsync(rounds: 30, [
            new Side("./rialto --help", Child.Of(launcher, "--help")),
            new Side("rialto --help", Child.Of(bench.Rialto, "--help")),
            new Side("rialto doctor", Child.Of(bench.Rialto, "doctor")),
            new Side("git --version", Child.Of("git", "--version")),
            new Side("node -e 0", Child.Of("node", "-e", "0")),
            new Side("npm --version", Child.Of("npm", "--version")),
            new Side("hugo version", Child.Of("hugo", "version")),
        ], cancel);
        bench.Ratio(sides, "./rialto --help", "rialto --help");
        bench.Ratio(sides, "./rialto --help", "node -e 0");
        bench.Ratio(sides, "./rialto --help", "npm --version");
        bench.Ratio(sides, "./rialto --help", "hugo version");
        await NodeStart.RunAsync(bench, cancel);
    }
}
