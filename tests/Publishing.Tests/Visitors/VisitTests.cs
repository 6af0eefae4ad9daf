using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class VisitTests : PublishingTestBed
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private readonly DayClock clock = new();

    protected override void Add(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(clock);
        base.Add(services);
    }

    [Fact]
    public async Task Pages_are_counted_by_day_and_page_and_nothing_else_is()
    {
        await Live(("index.html", "front"), ("docs/index.html", "docs"), ("a.css", "a{}"), ("404.html", "not found"));
        for (var visit = 0; visit < 3; visit++) await Visit("/s/lantern/");
        await Visit("/s/lantern/docs/");
        await Visit("/s/lantern/a.css");
        await Visit("/s/lantern/never-was");
        await Send(HttpMethod.Head, "/s/lantern/", ("User-Agent", Browser));
        clock.Now = clock.Now.AddDays(1);
        await Visit("/s/lantern/");
        await Service<VisitCounter>().WriteAsync(Cancel);

        var known = await Call(HttpMethod.Get, "sites/lantern/visits?days=3");
        known["views"]!.GetValue<long>().ShouldBe(5);
        known["days"]!.AsArray().Select(day => day!["views"]!.GetValue<long>()).ShouldBe([1, 4, 0]);
        known["pages"]!.AsArray().Select(page => (page!["page"]!.GetValue<string>(), page["views"]!.GetValue<long>())).ShouldBe([("index.html", 4), ("docs/index.html", 1)]);
        (await Call(HttpMethod.Get, "sites/lantern/visits?days=1"))["views"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public async Task Counts_of_several_nodes_and_writings_add_up()
    {
        await Live(("index.html", "front"));
        await using var database = await Test.OpenSecondNodeAsync(Schemas);
        await using var other = await StartHostAsync(database);
        using var client = Anonymous(other);
        client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Browser);
        for (var visit = 0; visit < 5; visit++)
        {
            await Visit("/s/lantern/");
            await client.GetAsync("/s/lantern/", Cancel);
            await Task.WhenAll(Service<VisitCounter>().WriteAsync(Cancel), other.Services.GetRequiredService<VisitCounter>().WriteAsync(Cancel));
        }
        (await Call(HttpMethod.Get, "sites/lantern/visits"))["views"]!.GetValue<long>().ShouldBe(10);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData("curl/8.5.0")]
    [InlineData("Rialto-Probe")]
    [InlineData("")]
    public async Task Programs_that_say_so_are_not_counted(string agent)
    {
        await Live(("index.html", "front"));
        await Get("/s/lantern/", ("User-Agent", agent));
        await Service<VisitCounter>().WriteAsync(Cancel);
        (await Ask<int>("select count(*)::int from publishing.visits")).ShouldBe(0);
    }

    [Fact]
    public async Task A_page_fetched_in_advance_or_a_preview_is_not_counted()
    {
        await Live(("index.html", "front"));
        await Get("/s/lantern/", ("User-Agent", Browser), ("Sec-Purpose", "prefetch;prerender"));
        await Get("/s/lantern@bold/", ("User-Agent", Browser));
        await Service<VisitCounter>().WriteAsync(Cancel);
        (await Ask<int>("select count(*)::int from publishing.visits")).ShouldBe(0);
    }

    [Fact]
    public async Task No_cookie_is_set_and_no_table_has_a_place_for_anything_of_a_visitor()
    {
        await Live(("index.html", "front"));
        var answer = await Get("/s/lantern/", ("User-Agent", Browser), ("Referer", "https://example.org/from"), ("X-Forwarded-For", "192.0.2.77"));
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        await Service<VisitCounter>().WriteAsync(Cancel);
        (await Ask<string>("select string_agg(column_name, ',' order by ordinal_position) from information_schema.columns where table_schema = 'publishing' and table_name = 'visits'")).ShouldBe("tenant_id,site_id,day,page,views");
        (await Ask<int>("select count(*)::int from publishing.visits")).ShouldBe(1);
    }

    [Fact]
    public async Task A_day_keeps_a_thousand_pages_apart_and_counts_the_rest_together()
    {
        await Live([.. Enumerable.Range(0, 1200).Select(number => ($"p{number:0000}.html", "page")), ("index.html", "front")]);
        for (var number = 0; number < 1200; number++) await Visit($"/s/lantern/p{number:0000}");
        await Service<VisitCounter>().WriteAsync(Cancel);
        await Visit("/s/lantern/p0000");
        await Visit("/s/lantern/p1199");
        await Service<VisitCounter>().WriteAsync(Cancel);
        (await Ask<int>("select count(*)::int from publishing.visits")).ShouldBe(1001);
        (await Ask<long>("select sum(views)::bigint from publishing.visits")).ShouldBe(1202);
        (await Ask<long>("select views from publishing.visits where page = ''")).ShouldBe(201);
        (await Ask<long>("select views from publishing.visits where page = 'p0000.html'")).ShouldBe(2);
    }

    [Fact]
    public async Task Counts_of_a_deleted_site_are_let_go_and_old_ones_end()
    {
        var site = await Live(("index.html", "front"));
        await Visit("/s/lantern/");
        await Service<VisitCounter>().WriteAsync(Cancel);
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
        {
            await Dapper.SqlMapper.ExecuteAsync(session.Connection, "insert into publishing.visits (site_id, day, page, views) values (@Id, current_date - 401, 'old.html', 1)", new { site.Id });
            await session.CommitAsync(Cancel);
        }
        await Visit("/s/lantern/");
        await Service<VisitCounter>().WriteAsync(Cancel);
        (await Ask<long>("select sum(views)::bigint from publishing.visits")).ShouldBe(2);
        await Visit("/s/lantern/");
        await Ada.DeleteAsync("/api/v1/publishing/sites/lantern", Cancel);
        await Service<VisitCounter>().WriteAsync(Cancel);
        (await Ask<int>("select count(*)::int from publishing.visits")).ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(401)]
    public async Task As_many_days_as_are_kept_can_be_asked_for(int days)
    {
        await Site();
        (await Call(HttpMethod.Get, $"sites/lantern/visits?days={days}", status: 400))["code"]!.GetValue<string>().ShouldBe("publishing.days_invalid");
        using var bob = Host.As("bob", TenantId.New());
        (await bob.GetAsync("/api/v1/publishing/sites/lantern/visits", Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private async Task Visit(string path) => (await Get(path, ("User-Agent", Browser))).Dispose();

    private sealed class DayClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow.AddDays(-1);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
