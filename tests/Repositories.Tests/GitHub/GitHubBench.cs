using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Kernel;
using Rialto.Repositories.Tests.Connected;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Repositories.Tests.GitHub;

/// <summary>The platform beside a stand-in for GitHub.</summary>
public sealed class GitHubBench : PlatformBench
{
    protected override RepositoriesOptions Options => base.Options with { Outgoing = new OutgoingOptions { AllowedHosts = new HashSet<string> { "127.0.0.1" } } };

    /// <summary>An organisation with the stand-in's app set as its own.</summary>
    public async Task<Member> MemberOfAsync(GitHubStandIn github, params (string Name, string Value)[] more)
    {
        var ada = NewMember();
        await using var session = await Test.Database.BeginAsync(ada.Tenant, TestContext.Current.CancellationToken);
        foreach (var (name, value) in github.Settings.Concat(more)) await Host.Services.GetRequiredService<TenantSettings>().SetAsync(session, name, JsonValue.Create(value), TestContext.Current.CancellationToken);
        await session.CommitAsync(TestContext.Current.CancellationToken);
        return ada;
    }

    /// <summary>Begins the installation; the state that GitHub would give back.</summary>
    public static async Task<string> BeginAsync(Member member)
    {
        var address = new Uri((await member.CallAsync(HttpMethod.Post, "/github/installations", status: 201))["url"]!.GetValue<string>());
        address.AbsolutePath.ShouldBe("/apps/rialto-test/installations/new");
        return address.Query["?state=".Length..];
    }

    /// <summary>Comes back as the browser does.</summary>
    public async Task<(HttpStatusCode Status, string Words)> ComeBackAsync(string state, long installation, string more = "")
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Host.Anonymous().BaseAddress };
        using var answer = await browser.GetAsync($"/hooks/github/setup?installation_id={installation}&setup_action=install&state={state}{more}", TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The whole installation.</summary>
    public async Task<Member> InstalledAsync(GitHubStandIn github)
    {
        var ada = await MemberOfAsync(github);
        var (status, words) = await ComeBackAsync(await BeginAsync(ada), github.Installation);
        status.ShouldBe(HttpStatusCode.Redirect, words);
        await WorkAsync(ada.Tenant);
        return ada;
    }
}
