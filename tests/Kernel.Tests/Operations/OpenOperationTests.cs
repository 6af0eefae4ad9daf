using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class OpenOperationTests : IAsyncLifetime
{
    private readonly StandingClock clock = new();
    private TestDatabase test = null!;
    private TestHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync();
        host = await TestHost.StartAsync(test.Database, Map, services => services.AddSingleton<TimeProvider>(clock));
    }

    [Fact]
    public async Task Anybody_calls_an_open_operation_and_is_named_by_their_address()
    {
        using var nobody = host.Anonymous();
        (await nobody.GetStringAsync("/open", Cancel)).ShouldBe("anonymous:127.0.0.1");
        using var ada = host.As("ada", TenantId.New(), "nothing.at_all");
        (await ada.GetStringAsync("/open", Cancel)).ShouldBe("key:ada");
        (await nobody.GetAsync("/platform", Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_operation_on_the_platform_sees_the_platforms_rows_and_the_callers_own_tenant_is_left_alone()
    {
        var tenant = TenantId.New();
        using var ada = host.As("ada", tenant, "t.read");
        (await ada.GetStringAsync("/platform", Cancel)).ShouldBe($"{TenantId.Platform} for {tenant}");
        using var bob = host.As("bob", tenant, "other.read");
        (await bob.GetAsync("/platform", Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_dangerous_act_is_refused_once_the_proof_is_too_old_and_programs_are_not_asked()
    {
        var catalogue = host.Services.GetRequiredService<OperationInvoker>();
        var person = new Caller(TenantId.New(), "user:1", new HashSet<string> { "*" }) { ConfirmedUntil = clock.GetUtcNow().AddMinutes(10) };
        (await catalogue.InvokeAsync(person, "t.dangerous", [], cancel: Cancel))!.ToString().ShouldBe("done");
        clock.Pass(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        (await Should.ThrowAsync<Refusal>(() => catalogue.InvokeAsync(person, "t.dangerous", [], cancel: Cancel))).Code.ShouldBe("caller.confirmation_needed");
        using var program = host.As("ci", TenantId.New());
        (await program.PostAsync("/dangerous", null, Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_catalogue_tells_open_and_dangerous_operations_and_every_permission()
    {
        using var nobody = host.Anonymous();
        var all = JsonNode.Parse(await nobody.GetStringAsync("/api/v1/operations", Cancel))!.AsArray();
        all.Single(one => one!["name"]!.ToString() == "t.open")!["open"]!.GetValue<bool>().ShouldBeTrue();
        all.Single(one => one!["name"]!.ToString() == "t.dangerous")!["needsConfirmation"]!.GetValue<bool>().ShouldBeTrue();
        host.Services.GetRequiredService<OperationCatalogue>().Permissions.Where(one => one.StartsWith("t.", StringComparison.Ordinal) || one.StartsWith("jobs.", StringComparison.Ordinal))
            .ShouldBe(["jobs.read", "jobs.write", "t.read", "t.write"]);
    }

    [Fact]
    public async Task One_transaction_reaches_across_two_tenants_and_is_true_for_both_or_none()
    {
        var (ada, bob) = (TenantId.New(), TenantId.New());
        async Task WriteAsync(TenantSession session, string name) => await session.Connection.ExecuteAsync(
            "insert into kernel.setting_changes (name, is_reset, changed_by) values (@name, true, 'test')", new { name });
        async Task<int> CountAsync(TenantId tenant)
        {
            await using var session = await test.Database.BeginAsync(tenant, Cancel);
            return await session.Connection.ExecuteScalarAsync<int>("select count(*)::int from kernel.setting_changes");
        }
        foreach (var isKept in new[] { false, true })
        {
            var told = 0;
            await using var session = await test.Database.BeginAsync(ada, Cancel);
            await WriteAsync(session, "one");
            await session.AcrossAsync(bob, async inside =>
            {
                await WriteAsync(inside, "two");
                inside.AfterCommit(() => told++);
                (await inside.Connection.ExecuteScalarAsync<int>("select count(*)::int from kernel.setting_changes")).ShouldBe(1);
                await Should.ThrowAsync<InvalidOperationException>(() => inside.CommitAsync(Cancel));
                return inside.Tenant;
            }, Cancel);
            // Back on this side, and only this one is seen.
            await WriteAsync(session, "three");
            (await session.Connection.ExecuteScalarAsync<int>("select count(*)::int from kernel.setting_changes")).ShouldBe(2);
            if (isKept) await session.CommitAsync(Cancel);
            await session.DisposeAsync();
            ((await CountAsync(ada)), (await CountAsync(bob)), told).ShouldBe(isKept ? (2, 1, 1) : (0, 0, 0));
        }
    }

    [Fact]
    public async Task Work_across_that_fails_leaves_the_session_on_its_own_side()
    {
        await using var session = await test.Database.BeginAsync(TenantId.New(), Cancel);
        await Should.ThrowAsync<Refusal>(() => session.AcrossAsync<int>(TenantId.New(), _ => throw new Refusal("t.no", "No."), Cancel));
        (await session.Connection.ExecuteScalarAsync<Guid>("select kernel.current_tenant()")).ShouldBe(session.Tenant.Value);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => session.AcrossAsync(TenantId.New(), inside => inside.Connection.ExecuteAsync("select 1/0"), Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await test.DisposeAsync();
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/open", (Caller caller) => TypedResults.Text(caller.Subject)).As(new Operation("t.open", "t.none", "Is open.") { IsOpen = true });
        routes.MapGet("/platform", (Caller caller, TenantSession session) => TypedResults.Text($"{session.Tenant} for {caller.Tenant}")).As(new Operation("t.platform", "t.read", "Works on the platform.") { OnPlatform = true });
        routes.MapPost("/dangerous", () => TypedResults.Text("\"done\"", "application/json")).As(new Operation("t.dangerous", "t.write", "Is dangerous.") { Changes = true, NeedsConfirmation = true });
    }
}
