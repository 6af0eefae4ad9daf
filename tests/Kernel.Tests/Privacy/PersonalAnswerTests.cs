using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Kernel.Tests;

public sealed class PersonalAnswerTests : IAsyncLifetime
{
    private static readonly Guest Ada = new() { Id = 7, Name = "Ada Lovelace", Email = "ada@example.org", Phone = "+44 20 7946 0958", Remark = "writes from 203.0.113.77", Town = "London" };
    private readonly TenantId tenant = TenantId.New();
    private TestDatabase test = null!;
    private TestHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync();
        host = await TestHost.StartAsync(test.Database, routes =>
        {
            routes.MapGet("/api/v1/guests", (Caller caller) => TypedResults.Ok(new Page<Guest> { Items = [Ada, Ada with { Email = null, Id = caller.Subject.Length }] })).As(new Operation("guests.list", "guests.read", "Lists guests.") { ReadsPersonalData = true });
            routes.MapGet("/api/v1/guests/me", (Caller caller) => TypedResults.Ok(Ada with { Id = caller.Subject.Length })).As(new Operation("guests.me", "guests.read", "Shows the caller.") { AnswersOwnData = true });
            routes.MapPost("/api/v1/guests", (Guest guest, Caller caller) => TypedResults.Ok(guest with { Id = caller.Subject.Length })).As(new Operation("guests.echo", "guests.read", "Says it again.") { Changes = true });
        }, services => services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, GuestJson.Default)));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await test.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_permission_a_list_shows_the_shape_of_people_only()
    {
        using var clerk = host.As("clerk", tenant, "guests.read");
        var first = JsonNode.Parse(await clerk.GetStringAsync("/api/v1/guests", Cancel))!["items"]![0]!;
        (first["name"]!.ToString(), first["email"]!.ToString(), first["phone"]!.ToString(), first["remark"]!.ToString(), first["town"]!.ToString(), first["id"]!.GetValue<int>())
            .ShouldBe(("A*** L***", "a***@example.org", "+44 *** 58", "writes from 203.0.113.x", "London", 7));
        JsonNode.Parse(await clerk.GetStringAsync("/api/v1/guests", Cancel))!["items"]![1]!["email"].ShouldBeNull();
    }

    [Theory]
    [InlineData("personal.read")]
    [InlineData("personal.*")]
    [InlineData("*")]
    public async Task With_it_everything_is_shown(string permission)
    {
        using var owner = host.As("owner", tenant, "guests.read", permission);
        (await owner.GetStringAsync("/api/v1/guests", Cancel)).ShouldContain("\"ada@example.org\"");
    }

    [Fact]
    public async Task Ones_own_data_is_not_masked_and_calls_beside_each_other_do_not_mix()
    {
        using var clerk = host.As("clerk", tenant, "guests.read");
        using var owner = host.As("owner", tenant);
        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Cancel }, async (number, cancel) =>
        {
            var (client, path, isWhole) = (number % 3) switch { 0 => (clerk, "/api/v1/guests", false), 1 => (owner, "/api/v1/guests", true), _ => (clerk, "/api/v1/guests/me", true) };
            (await client.GetStringAsync(path, cancel)).Contains("ada@example.org", StringComparison.Ordinal).ShouldBe(isWhole, path);
        });
    }

    [Fact]
    public async Task In_process_it_is_the_same_and_what_is_sent_in_arrives_whole()
    {
        var invoker = host.Services.GetRequiredService<OperationInvoker>();
        var clerk = new Caller(tenant, "agent:7", new HashSet<string> { "guests.read" });
        (await invoker.InvokeAsync(clerk, "guests.list", [], cancel: Cancel))!.ToJsonString().ShouldNotContain("ada@example.org");
        var input = JsonSerializer.SerializeToNode(Ada, GuestJson.Default.Guest)!.AsObject();
        input["email"]!.ToString().ShouldBe("ada@example.org");
        var said = (await invoker.InvokeAsync(clerk, "guests.echo", input, cancel: Cancel))!;
        said["email"]!.ToString().ShouldBe("a***@example.org");
        (await invoker.InvokeAsync(clerk with { Permissions = new HashSet<string> { "*" } }, "guests.echo", input, cancel: Cancel))!["email"]!.ToString().ShouldBe("ada@example.org");
    }
}

internal sealed record Guest
{
    public required int Id { get; init; }

    [Personal(PersonalKind.Name)]
    public required string Name { get; init; }

    [Personal(PersonalKind.Email)]
    public string? Email { get; init; }

    [Personal(PersonalKind.Phone)]
    public string? Phone { get; init; }

    [Personal(PersonalKind.Text)]
    public string? Remark { get; init; }

    public string? Town { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Guest))]
[JsonSerializable(typeof(Page<Guest>))]
internal sealed partial class GuestJson : JsonSerializerContext;
