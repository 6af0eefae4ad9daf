using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class GitHubStoryTests : PushTestBed
{
    private const long Number = 77;

    [Fact]
    public async Task Installed_pushed_built_live_and_told_to_GitHub()
    {
        await using var github = await GitHubStandIn.StartAsync(Git);
        var first = await OfferAsync(github);
        await WithNode(async () =>
        {
            await InstallAsync(github);
            await Says("/s/lantern/", "The first words");
            var second = Repository.Write("README.md", "# Lantern\n\nThe second words stand here.\n").Commit();
            await PushAsync(github, "main", first, second);
            await Says("/s/lantern/", "The second words");
            await Still();
            var told = github.Statuses.Last(one => one.Commit == second);
            (told.State, told.Context).ShouldBe(("success", "rialto/lantern"));
            told.Target.ShouldContain("lantern");
            var deployed = github.Deployments.Where(one => one.Commit == second).ShouldHaveSingleItem();
            deployed.Environment.ShouldBe("production");
            github.DeploymentStates.Last(one => one.Number == deployed.Number).State.ShouldBe("success");

            // A branch: its preview is a deployment of its own.
            Repository.Git("checkout", "--quiet", "-b", "bold");
            var bold = Repository.Write("README.md", "# Lantern\n\nBold words stand here.\n").Commit();
            await PushAsync(github, "bold", null, bold);
            await Says("/s/lantern@bold/", "Bold words");
            await Still();
            deployed = github.Deployments.Where(one => one.Commit == bold).ShouldHaveSingleItem();
            deployed.Environment.ShouldBe("preview/bold");
            github.DeploymentStates.Last(one => one.Number == deployed.Number).Address.ShouldContain("bold");

            // What cannot be built is told as well, in words without secrets.
            await PushAsync(github, "broken", null, new string('b', 40));
            await Still();
            github.Statuses.Last(one => one.Commit == new string('b', 40)).State.ShouldBe("failure");
        });
    }

    [Fact]
    public async Task An_app_that_may_only_read_publishes_and_tells_nothing()
    {
        await using var github = await GitHubStandIn.StartAsync(Git);
        github.Granted = new JsonObject { ["contents"] = "read", ["metadata"] = "read" };
        var first = await OfferAsync(github);
        await WithNode(async () =>
        {
            await InstallAsync(github);
            await Says("/s/lantern/", "The first words");
            await PushAsync(github, "main", first, Repository.Write("README.md", "# Lantern\n\nThe second words stand here.\n").Commit());
            await Says("/s/lantern/", "The second words");
            await Still();
        });
        github.Statuses.ShouldBeEmpty();
        (await Ask<long>("select count(*) from repositories.reports")).ShouldBe(0);
    }

    private Task<string> OfferAsync(GitHubStandIn github)
    {
        var first = Repository.Write("README.md", "# Lantern\n\nThe first words stand here.\n").Commit();
        Git.Publish(Repository, "acme/lantern.git");
        github.Repositories[Number] = ("acme/lantern", true);
        return Task.FromResult(first);
    }

    private async Task InstallAsync(GitHubStandIn github)
    {
        await using (var session = await Test.Database.BeginAsync(AdasTenant, Cancel))
        {
            foreach (var (name, value) in github.Settings) await Service<TenantSettings>().SetAsync(session, name, JsonValue.Create(value), Cancel);
            await session.CommitAsync(Cancel);
        }
        using var begun = await Ada.PostAsync("/api/v1/repositories/github/installations", null, Cancel);
        var state = new Uri(JsonNode.Parse(await Text(begun))!["url"]!.GetValue<string>()).Query["?state=".Length..];
        ((int)(await Get($"/hooks/github/setup?installation_id={github.Installation}&setup_action=install&state={state}")).StatusCode).ShouldBe(302);
        await Eventually.Happens(async () => await Ask<long>("select count(*) from repositories.repositories") == 1);
        using var made = await Ada.PostAsJsonAsync("/api/v1/publishing/sites", new { name = "lantern", source = Git.Url("acme/lantern") }, Cancel);
        ((int)made.StatusCode).ShouldBe(201, await Text(made));
    }

    private Task PushAsync(GitHubStandIn github, string branch, string? before, string after)
    {
        Git.Push(Repository, "acme/lantern.git");
        var push = Push(branch, before, after);
        push["repository"] = new JsonObject { ["id"] = Number, ["default_branch"] = "main" };
        push["installation"] = new JsonObject { ["id"] = github.Installation };
        return DeliverToAsync($"/hooks/github/{AdasTenant.Value:N}", github.WebhookSecret, push);
    }
}
