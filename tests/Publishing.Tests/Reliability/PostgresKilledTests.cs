using System.Diagnostics;
using System.Net;
using Npgsql;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class PostgresKilledTests : BuildTestBed
{
    protected override Task<TestDatabase> MakeDatabaseAsync()
    {
        // Root's PostgreSQL runs under another account, which must be able to go through.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        return TestDatabase.CreateAloneAsync(Path.Combine(Folder, "postgres"), Schemas);
    }

    [Fact]
    public async Task PostgreSQL_killed_in_the_middle_of_builds_breaks_no_visit_loses_no_build_and_doubles_none()
    {
        for (var page = 0; page < 60; page++) Repository.Write($"docs/page{page}.md", $"# Page {page}\n\nWords stand here.\n");
        Repository.Write("README.md", "# Lantern\n\nEdition 0.\n").Commit();
        await WithNode(async () =>
        {
            await Service<ISitePublishing>().WaitUntilLiveAsync(AdasTenant, await Push(), Cancel);
            (await Text(await Get("/s/lantern/"))).ShouldContain("Edition 0");
            Repository.Write("README.md", "# Lantern\n\nEdition 1.\n").Commit();
            await Push();
            await Eventually.Happens(async () => await Ask<int>("select count(*)::int from publishing.builds where stages @> '[{\"name\":\"analyse\"}]'") > 1);
            var restarts = Test.Server.Restarts;
            Process.GetProcessById(Test.Server.ProcessId).Kill();
            await VisitUntilAsync(async () => Test.Server.Restarts > restarts && await Test.Database.AnswersAsync(Cancel));
            await VisitUntilAsync(async () => await TryAsk("select count(*)::int from kernel.jobs where state in ('waiting', 'running')") == 0);
        }, new JobRunnerOptions { LeaseSeconds = 6 });
        await Eventually.Happens(async () => (await Text(await Get("/s/lantern/"))).Contains("Edition 1.", StringComparison.Ordinal));
        (await Ask<int>("select count(*)::int from publishing.releases")).ShouldBe(2);
        (await Ask<int>("select count(*)::int from publishing.builds where state = 'running'")).ShouldBe(0);
        (await Events("publishing.site_went_live")).Count.ShouldBe(2);
    }

    // The old edition or the new one, whole, and never an error.
    private async Task VisitUntilAsync(Func<Task<bool>> happened)
    {
        while (!await happened())
        {
            var page = await Get("/s/lantern/");
            page.StatusCode.ShouldBe(HttpStatusCode.OK, await Text(page));
            var text = await Text(page);
            (text.Contains("Edition 0.", StringComparison.Ordinal) || text.Contains("Edition 1.", StringComparison.Ordinal)).ShouldBeTrue(text);
            text.ShouldEndWith("</html>\n");
            await Task.Delay(20, Cancel);
        }
    }

    private async Task<int> TryAsk(string sql)
    {
        try
        {
            return await Ask<int>(sql);
        }
        catch (Exception away) when (away is NpgsqlException or System.Net.Sockets.SocketException)
        {
            return -1;
        }
    }
}
