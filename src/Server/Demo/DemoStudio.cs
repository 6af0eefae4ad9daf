using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Identity;
using Rialto.Kernel;
using Rialto.Publishing;

namespace Rialto.Server;

/// <summary>
/// A studio to look around in: people of several roles, repositories made on the spot, sites with releases, one held back, one that fails.
/// Everything is done by what everybody uses; nothing is written past it. A second start finds it and does nothing.
/// </summary>
internal sealed class DemoStudio(IServiceProvider services, NodeStart start)
{
    private static readonly (string Email, string Name, string Role)[] People =
    [
        ("ada@lantern.example", "Ada Lovelace", "admin"), ("grace@lantern.example", "Grace Hopper", "editor"), ("alan@lantern.example", "Alan Turing", "editor"),
        ("mary@lantern.example", "Mary Anning", "viewer"), ("client@bells.example", "Tomaso Bon", "guest"),
    ];

    /// <summary>Makes what is not there yet.</summary>
    /// <exception cref="Refusal">The refusal of a build.</exception>
    public async Task MakeAsync(CancellationToken cancel)
    {
        if (Directory.Exists(Path.Combine(start.Options.DataFolder, "demo"))) return;
        var database = services.GetRequiredService<Database>();
        foreach (var (email, name, role) in People) await Operator.AddMemberAsync(database, start.Home, email, name, role, cancel);
        foreach (var name in DemoRepository.Names) await MakeSiteAsync(name, cancel);
        await CallAsync("publishing.rollback", new() { ["name"] = "tidewater", ["pin"] = true }, cancel);
        await BreakAsync(cancel);
        start.Voice.Note("The demo studio stands: three sites, five people, one site held back and one that cannot be read any more.");
    }

    // A release for each step, as if the studio had pushed them.
    private async Task MakeSiteAsync(string name, CancellationToken cancel)
    {
        var publishing = services.GetRequiredService<ISitePublishing>();
        var repository = new DemoRepository(Path.Combine(start.Options.DataFolder, "demo"), name);
        for (var step = 1; await repository.CommitStepAsync(step, cancel); step++)
        {
            var asked = await AskAsync(publishing, repository.Folder, name, cancel);
            await publishing.WaitUntilLiveAsync(start.Home.Tenant, asked, cancel);
        }
    }

    private async Task BreakAsync(CancellationToken cancel)
    {
        var publishing = services.GetRequiredService<ISitePublishing>();
        var asked = await AskAsync(publishing, Path.Combine(start.Options.DataFolder, "demo", "old-harbour"), "old-harbour", cancel);
        try
        {
            await publishing.WaitUntilLiveAsync(start.Home.Tenant, asked, cancel);
        }
        catch (Refusal)
        {
            // As it should be: this is the one that needs somebody.
        }
    }

    private async Task<SitePublication> AskAsync(ISitePublishing publishing, string source, string name, CancellationToken cancel)
    {
        await using var session = await services.GetRequiredService<Database>().BeginAsync(start.Home.Tenant, cancel);
        session.Actor = "platform";
        var asked = await publishing.PublishAsync(session, source, name, cancel);
        await session.CommitAsync(cancel);
        return asked;
    }

    private Task<JsonNode?> CallAsync(string operation, JsonObject input, CancellationToken cancel) => services.GetRequiredService<OperationInvoker>()
        .InvokeAsync(new Caller(start.Home.Tenant, "platform", new HashSet<string> { "*" }), operation, input, cancel: cancel);
}
