using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rialto.Identity;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>With what a node begins to serve.</summary>
internal sealed record NodeStart(NodeOptions Options, Organisation Home, LocalAccess Access, NodeVoice Voice)
{
    /// <summary>Secret of the owner's first link; null when this is not the first start.</summary>
    public string? Link { get; init; }
}

/// <summary>From a built node to its end: serve, say so, publish the first site, wait, stop.</summary>
internal static class NodeLife
{
    public static async Task RunAsync(WebApplication node, NodeStart start, CancellationToken stop)
    {
        try
        {
            await node.StartAsync(stop);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new Refusal("server.port_taken", $"Port {start.Options.Port} is used by another program; name another with --port N.", 409);
        }
        var address = node.Urls.First();
        start.Access.KeepAddress(address);
        try
        {
            start.Voice.Answer($"ready {address}");
            if (start.Link is { } secret)
                start.Voice.Note($"Sign in as the owner with this link, good for a day and one time (for another: ./rialto account link --email {Operator.FirstAddress}):\n{Operator.LinkOf(address, secret)}");
            start.Voice.Ready?.Invoke(start.Link is { } first ? Operator.LinkOf(address, first) : address);
            var publishing = PublishFirstAsync(node, start);
            await node.WaitForShutdownAsync(stop);
            await publishing;
        }
        finally
        {
            start.Access.DropAddress(address);
        }
    }

    // A first site that cannot be published leaves a platform that works: it is said, and the node goes on.
    private static async Task PublishFirstAsync(WebApplication node, NodeStart start)
    {
        if (start.Options.Repository is not { } source)
        {
            await MakeDemoAsync(node, start);
            return;
        }
        if (node.Services.GetService<PublishFirstSite>() is not { } publish)
        {
            start.Voice.Note($"This Rialto has no part that publishes; {source} is left alone.");
            return;
        }
        var stopping = node.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            start.Voice.Answer($"published {await publish(start.Home, source, stopping)}");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node was stopped before the site was live; it is tried again with the next start.
        }
        catch (Refusal refusal)
        {
            start.Voice.Note($"{source} was not published: {refusal.Message} [{refusal.Code}]");
        }
    }

    private static async Task MakeDemoAsync(WebApplication node, NodeStart start)
    {
        if (!start.Options.IsDemo) return;
        var stopping = node.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await new DemoStudio(node.Services, start).MakeAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node was stopped meanwhile; what is missing is made with the next start on another folder.
        }
        catch (Refusal refusal)
        {
            start.Voice.Note($"The demo is not whole: {refusal.Message} [{refusal.Code}]");
        }
    }
}
