using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Repositories;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

/// <summary>The whole way of a push: a Git host over TLS, its hook, jobs and readers of events, a site that is served.</summary>
public abstract class PushTestBed : PublishingTestBed
{
    private GitHost? git;

    protected TestRepository Repository { get; } = new();

    protected GitHost Git => git!;

    protected JsonNode Hook { get; private set; } = null!;

    protected string Address { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        git = await GitHost.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Git.DisposeAsync();
        Repository.Dispose();
    }

    protected override void Add(IServiceCollection services)
    {
        services.AddSingleton(new RepositoriesOptions { Limits = () => new SourceLimits { AllowPrivateHosts = true }, CaFile = Git.CaFile, Folder = Path.Combine(Folder, "repositories"), MostDeliveriesPerMinute = 10_000, LooksByItself = false, Outgoing = new OutgoingOptions { AllowedHosts = new HashSet<string> { "127.0.0.1" } } });
        base.Add(services);
    }

    /// <summary>Puts the repository on the host and connects it with a site.</summary>
    protected async Task ConnectAsync(string site = "lantern")
    {
        Git.Publish(Repository, "acme/lantern.git");
        Address = Git.Url("acme/lantern");
        using var answer = await Ada.PostAsJsonAsync("/api/v1/repositories", new { source = Address, site }, Cancel);
        var words = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(201, words);
        Hook = JsonNode.Parse(words)!["hook"]!;
    }

    /// <summary>Delivers a push as GitHub does; the host has what is pushed already.</summary>
    protected Task DeliverAsync(string branch, string? before, string? after, string? delivery = null) =>
        DeliverToAsync(new Uri(Hook["url"]!.GetValue<string>()).AbsolutePath, Hook["secret"]!.GetValue<string>(), Push(branch, before, after), delivery);

    protected static JsonObject Push(string branch, string? before, string? after) => new() { ["ref"] = "refs/heads/" + branch, ["before"] = before ?? new string('0', 40), ["after"] = after ?? new string('0', 40), ["unique"] = Guid.NewGuid() };

    protected async Task DeliverToAsync(string path, string secret, JsonObject body, string? delivery = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-GitHub-Delivery", delivery ?? Guid.NewGuid().ToString());
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes)));
        using var answer = await Visitor.SendAsync(request, Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue();
    }

    /// <summary>Commits, brings it to the host and delivers the push.</summary>
    protected async Task<string> PushAsync(string words, string branch = "main")
    {
        var before = Repository.Git("rev-parse", "HEAD").Trim();
        var after = Repository.Write("README.md", $"# Lantern\n\n{words}\n").Commit(words);
        Git.Push(Repository, "acme/lantern.git");
        await DeliverAsync(branch, before, after);
        return after;
    }

    /// <summary>Runs a whole node while <paramref name="story"/> goes on.</summary>
    protected async Task WithNode(Func<Task> story)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        List<Task> running = [new JobRunner(Test.Database, Host.Services.GetServices<JobHandler>(), Host.Services).RunAsync(stop.Token)];
        running.AddRange(Host.Services.GetServices<IEventReader>().Select(reader => new EventPump(Test.Database, reader).RunAsync(stop.Token)));
        try
        {
            await story();
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running);
        }
    }

    /// <summary>Waits until the site says it.</summary>
    protected Task Says(string path, string words) => Eventually.Happens(async () => (await Text(await Get(path))).Contains(words, StringComparison.Ordinal));

    /// <summary>Waits until every delivery is read, every event carried and every job done.</summary>
    protected Task Still() => Eventually.Happens(async () => await Ask<long>(
        """
        select (select count(*) from kernel.jobs where state in ('waiting', 'running')) + (select count(*) from repositories.deliveries where state = 'waiting')
          + (select count(*) from kernel.events e join kernel.event_cursors c on c.reader = 'publishing.pushed'
             where e.name in ('repositories.pushed', 'repositories.branch_deleted') and (e.transaction, e.position) > (c.transaction, c.position))
        """) == 0);
}
