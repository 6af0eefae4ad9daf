using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.Connected;

public sealed class ConnectingTests(PlatformBench bench) : IClassFixture<PlatformBench>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repository_is_connected_by_its_address_listed_shown_and_announced()
    {
        using var repository = new TestRepository().Write("README.md", "# Lantern\n");
        var commit = repository.Commit();
        var address = bench.Publish(repository, "acme/listed");
        var ada = bench.NewMember();

        var made = await ada.CallAsync(HttpMethod.Post, "", new { source = address + ".git", site = "lantern" }, 201);

        var shown = made["repository"]!;
        (Text(shown, "source"), Text(shown, "name"), Text(shown, "owner")).ShouldBe((address, "listed", "acme"));
        (Text(shown, "kind"), Text(shown, "provider"), Text(shown, "state")).ShouldBe(("url", "git", "connected"));
        (Text(shown, "defaultBranch"), Text(shown, "headCommit")).ShouldBe(("main", commit));
        Text(made["hook"]!, "url").ShouldContain("/hooks/" + ada.Tenant.Value.ToString("N") + "/");
        Text(made["hook"]!, "secret").Length.ShouldBe(64);
        (await ada.CallAsync(HttpMethod.Get, "/" + Text(shown, "id"))).ToJsonString().ShouldBe(shown.ToJsonString());
        (await ada.CallAsync(HttpMethod.Get, ""))["items"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe(shown.ToJsonString());
        (await bench.EventsAsync(ada.Tenant, "repositories.connected")).ShouldHaveSingleItem().ShouldContain("\"lantern\"");
    }

    [Fact]
    public async Task The_same_repository_is_connected_once_whatever_its_address_is_written_like()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        var address = bench.Publish(repository, "acme/once");
        var ada = bench.NewMember();
        await ada.ConnectAsync(address);
        foreach (var again in new[] { address, address + ".git", address + "@main", address + "/" })
            (await ada.RefusedAsync(new { source = again }, 409)).ShouldBe("repositories.connected_already");
        (await bench.EventsAsync(ada.Tenant, "repositories.connected")).Count.ShouldBe(1);
        // Another organisation has its own.
        await bench.NewMember().ConnectAsync(address);
    }

    [Theory]
    [InlineData("http://example.org/acme/rocket", 400, "source.insecure")]
    [InlineData("git://example.org/acme/rocket", 400, "source.insecure")]
    [InlineData("ssh://git@example.org/acme/rocket", 422, "source.scheme")]
    [InlineData("git@example.org:acme/rocket", 422, "source.scheme")]
    [InlineData("file:///etc", 400, "source.file_url")]
    [InlineData("/etc", 422, "source.malformed")]
    [InlineData("./repository", 422, "source.malformed")]
    [InlineData("ext::sh -c id", 422, "source.malformed")]
    [InlineData("https://ext::sh/a", 400, null)]
    [InlineData("--upload-pack=id", 422, "source.malformed")]
    [InlineData("https://github.com.example.org/acme/rocket", 400, "source.look_alike")]
    [InlineData("https://g1thub.com/acme/rocket", 400, "source.look_alike")]
    [InlineData("https://ada:secret@example.org/acme/rocket", 400, null)]
    [InlineData("https://example.org/../etc", 400, "source.bad_path")]
    public async Task What_is_no_address_to_fetch_from_is_refused_before_anything_is_asked(string source, int status, string? code)
    {
        var ada = bench.NewMember();
        var refused = await ada.RefusedAsync(new { source }, status);
        if (code is not null) refused.ShouldBe(code);
        (await ada.CallAsync(HttpMethod.Get, ""))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_refused_and_leaves_nothing()
    {
        var ada = bench.NewMember();
        (await ada.RefusedAsync(new { source = bench.Git.Url("acme/nowhere") }, 404)).ShouldStartWith("repository.");
        (await ada.CallAsync(HttpMethod.Get, ""))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_of_this_machine_that_looks_like_a_name_is_never_read_for_a_caller()
    {
        // "tests/Repositories" may exist where the server runs; as a source of a caller it is a name on GitHub.
        Rialto.Repositories.Connected.RemoteLook.Parse("tests/Repositories").Url.ShouldBe("https://github.com/tests/Repositories");
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        (await bench.NewMember().RefusedAsync(new { source = repository.Path }, 422)).ShouldBe("source.malformed");
    }

    [Fact]
    public async Task An_organisation_cannot_see_change_or_take_out_what_another_connected()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        var ada = bench.NewMember();
        var bob = bench.NewMember();
        var id = Text((await ada.ConnectAsync(bench.Publish(repository, "acme/walled")))["repository"]!, "id");
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/" + id), (HttpMethod.Delete, "/" + id), (HttpMethod.Post, $"/{id}/hook") })
            Text(await bob.CallAsync(method, path, status: 404), "code").ShouldBe("repositories.not_found");
        (await bob.CallAsync(HttpMethod.Get, ""))["items"]!.AsArray().ShouldBeEmpty();
        await ada.CallAsync(HttpMethod.Get, "/" + id);
    }

    [Fact]
    public async Task Who_may_only_read_connects_nothing()
    {
        var reader = bench.NewMember("repositories.read");
        await reader.CallAsync(HttpMethod.Get, "");
        Text(await reader.ConnectAsync("https://example.org/acme/rocket", 403), "code").ShouldStartWith("caller.");
    }

    [Fact]
    public async Task A_renewed_hook_has_another_secret_and_one_taken_out_is_gone()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        var ada = bench.NewMember();
        var made = await ada.ConnectAsync(bench.Publish(repository, "acme/renewed"));
        var id = Text(made["repository"]!, "id");
        var renewed = await ada.CallAsync(HttpMethod.Post, $"/{id}/hook");
        Text(renewed, "url").ShouldBe(Text(made["hook"]!, "url"));
        Text(renewed, "secret").ShouldNotBe(Text(made["hook"]!, "secret"));
        await ada.CallAsync(HttpMethod.Delete, "/" + id, status: 204);
        await ada.CallAsync(HttpMethod.Get, "/" + id, status: 404);
        (await bench.EventsAsync(ada.Tenant, "repositories.disconnected")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_private_repository_is_read_with_its_own_token_which_is_kept_encrypted()
    {
        const string Token = "token-of-acme";
        using var repository = new TestRepository().Write("a.txt", "one");
        repository.Commit();
        var address = bench.Publish(repository, "private/vault");
        bench.Git.Misbehaviour = (context, honestly) => context.Request.Path.StartsWithSegments("/private") ? Misbehaviours.Demand(Token)(context, honestly) : honestly();
        var ada = bench.NewMember();
        Text(await ada.ConnectAsync(address, 403), "code").ShouldBe("repository.needs_token");

        var made = await ada.CallAsync(HttpMethod.Post, "", new { source = address, token = Token }, 201);

        made["repository"]!["isPrivate"]!.GetValue<bool>().ShouldBeTrue();
        made.ToJsonString().ShouldNotContain(Token);
        var kept = await bench.AskAsync<byte[]>("select token from repositories.repositories where tenant_id = @tenant", new { tenant = ada.Tenant.Value });
        System.Text.Encoding.Latin1.GetString(kept).ShouldNotContain(Token);
        await using var tree = await bench.Host.Services.GetRequiredService<IConnectedRepositories>().OpenAsync(ada.Tenant, address, cancel: Cancel);
        tree.Find("a.txt").ShouldNotBeNull();
        // Another organisation names the same source and has no right to it.
        (await Should.ThrowAsync<Refusal>(bench.Host.Services.GetRequiredService<IConnectedRepositories>().OpenAsync(TenantId.New(), address, cancel: Cancel))).Code.ShouldBe("repository.needs_token");
        (await bench.EventsAsync(ada.Tenant, "repositories.connected")).ShouldHaveSingleItem().ShouldNotContain(Token);
    }

    [Fact]
    public async Task What_the_server_itself_names_is_read_with_its_own_rights_folders_too()
    {
        using var repository = new TestRepository().Write("a.txt", "one");
        var first = repository.Commit();
        repository.Write("a.txt", "two").Commit();
        var ada = bench.NewMember();
        var connected = bench.Host.Services.GetRequiredService<IConnectedRepositories>();
        await using (var session = await bench.Test.Database.BeginAsync(ada.Tenant, Cancel))
        {
            var added = await connected.AddLocalAsync(session, repository.Path, Cancel);
            (await connected.AddLocalAsync(session, repository.Path, Cancel)).ShouldBe(added);
            added.Name.ShouldBe(System.IO.Path.GetFileName(repository.Path));
            await session.CommitAsync(Cancel);
        }
        Text((await ada.CallAsync(HttpMethod.Get, "?kind=local"))["items"]!.AsArray().ShouldHaveSingleItem()!, "provider").ShouldBe("local");
        await using var tree = await connected.OpenAsync(ada.Tenant, repository.Path, first, cancel: Cancel);
        tree.Identity.Commit.ShouldBe(first);
    }

    [Fact]
    public async Task Every_table_has_the_wall()
    {
        await using var super = await bench.Test.OpenSuperAsync();
        (await TenantWall.FindHolesAsync(super, TenantWall.KernelTables)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("github.com", "github")]
    [InlineData("acme.ghe.com", "github")]
    [InlineData("gitlab.com", "gitlab")]
    [InlineData("gitlab.example.org", "gitlab")]
    [InlineData("codeberg.org", "gitea")]
    [InlineData("gitea.example.org", "gitea")]
    [InlineData("forgejo.example.org", "gitea")]
    [InlineData("notgitlab.example.org", "git")]
    [InlineData("git.example.org", "git")]
    public void The_dialect_of_hooks_is_known_by_the_host(string host, string provider) => Rialto.Repositories.Connected.RemoteLook.ProviderOf(host).ShouldBe(provider);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
