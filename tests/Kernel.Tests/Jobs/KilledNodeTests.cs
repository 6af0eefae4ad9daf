using System.Diagnostics;
using System.Globalization;
using Dapper;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class KilledNodeTests : JobTestBed
{
    private static readonly JobKind<Number> Mark = new("test.mark", "deployment", KernelTestJson.Default.Number) { MaxAttempts = 1000 };

    [Fact]
    public async Task Nodes_killed_at_random_moments_lose_no_job_and_double_none()
    {
        const int jobs = 200;
        await using (var session = await Test.Database.BeginAsync(Ada, Cancel))
        {
            await session.EnqueueManyAsync(Mark, Enumerable.Range(0, jobs).Select(number => new Number(number)), Cancel);
            await session.CommitAsync(Cancel);
        }
        var random = new Random(7);
        await using var super = await Test.OpenSuperAsync();
        for (var kill = 0; kill < 4; kill++)
        {
            using var node = Start();
            await node.StandardOutput.ReadLineAsync(Cancel);
            var before = await Done();
            // Wait until it is at work, so that the kill meets jobs half done.
            await Eventually.Happens(async () => await Done() > before + random.Next(5));
            node.Kill();
            await node.WaitForExitAsync(Cancel);
        }
        (await super.ExecuteScalarAsync<int>("select count(*)::int from kernel.jobs where state = 'running'")).ShouldBeGreaterThan(0);
        using var last = Start();
        await Eventually.Happens(async () => await Done() == jobs);
        last.Kill();
        await last.WaitForExitAsync(Cancel);
        (await super.QueryAsync<int>("select number from marks.marks order by number")).ShouldBe(Enumerable.Range(0, jobs));
        (await super.ExecuteScalarAsync<int>("select count(*)::int from kernel.jobs where attempts > 1")).ShouldBeGreaterThan(0);

        async Task<int> Done() => await super.ExecuteScalarAsync<int>("select count(*)::int from kernel.jobs where state = 'done'");
    }

    private Process Start()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "KernelNode", "bin", configuration, "net10.0", "Rialto.KernelNode");
        var address = Test.Database.Address;
        return Process.Start(new ProcessStartInfo(Path.GetFullPath(program), [address.Owner, address.App, address.System, 10.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
    }
}
