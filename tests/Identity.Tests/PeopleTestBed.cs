using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Identity.Tests;

/// <summary>A server with people, on a clock that stands still. One for all tests of a class: each makes accounts of its own.</summary>
public sealed class PeopleTestBed : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-people-").FullName;
    private TestDatabase test = null!;
    private TestHost host = null!;
    private static readonly Task<string> UsualHash = PasswordHash.MakeAsync(Password, PasswordHash.FewestRounds, CancellationToken.None);
    private readonly SemaphoreSlim mailing = new(1);
    private int people;

    public StandingClock Clock { get; } = new();

    public MemoryMail Mail { get; } = new();

    public Dictionary<string, string> Environment { get; } = new() { ["RIALTO_IDENTITY__ADDRESS_ATTEMPTS"] = "100000" };

    public Database Database => test.Database;

    public Organisation Acme { get; private set; } = null!;

    public Organisation Other { get; private set; } = null!;

    public IServiceProvider Services => host.Services;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<Npgsql.NpgsqlConnection> OpenSuperAsync() => test.OpenSuperAsync();

    public async ValueTask InitializeAsync()
    {
        test = await TestDatabase.CreateAsync(IdentityModule.Schema);
        host = await TestHost.StartAsync(test.Database, routes => routes.MapIdentity(), Add);
        (Acme, Other) = (await Organisations.CreateAsync(Database, "acme", "Acme", Cancel), await Organisations.CreateAsync(Database, "other", "Other", Cancel));
    }

    /// <summary>A second node on the same database.</summary>
    public Task<TestHost> StartSecondNodeAsync() => TestHost.StartAsync(Database, routes => routes.MapIdentity(), Add);

    public BrowserClient NewBrowser() => new(host.Anonymous().BaseAddress!);

    /// <summary>Makes an account with a password, a member of the given organisations.</summary>
    internal async Task<Account> MakeAccountAsync(string? password = Password, params (Organisation Organisation, string Role)[] places)
    {
        var email = EmailAddress.Require($"person{Interlocked.Increment(ref people)}@example.org");
        await using var platform = await Database.BeginAsync(TenantId.Platform, Cancel);
        platform.Actor = "test";
        var account = await AccountStore.CreateAsync(platform, email, $"Person {people}", "en", Cancel);
        foreach (var (organisation, role) in places) await MemberStore.AddAsync(platform, organisation, account, role, Cancel);
        if (password is not null)
            await platform.Connection.ExecuteAsync("update identity.accounts set password_hash = @hash where id = @Id",
                new { hash = password == Password ? await UsualHash : await PasswordHash.MakeAsync(password, PasswordHash.FewestRounds, Cancel), account.Id });
        await platform.CommitAsync(Cancel);
        return account;
    }

    /// <summary>Secret of a link that signs an account in, on the standing clock.</summary>
    internal async Task<string> MakeLinkAsync(Account account, LinkPurpose purpose = LinkPurpose.SignIn)
    {
        await using var platform = await Database.BeginAsync(TenantId.Platform, Cancel);
        var secret = await OneTimeLinks.MakeAsync(platform, purpose, account.Id, account.Email, TimeSpan.FromMinutes(15), Clock, cancel: Cancel);
        await platform.CommitAsync(Cancel);
        return secret.Text;
    }

    /// <summary>Signs an account in by a one-time link and learns the token for changes.</summary>
    internal async Task<BrowserClient> SignInAsync(Account account)
    {
        var browser = NewBrowser();
        (await browser.PostAsync("/api/v1/identity/sign-in/link", new { token = await MakeLinkAsync(account) }, Cancel)).Status.ShouldBe(200);
        browser.CsrfToken = (await browser.GetAsync("/api/v1/identity/who", Cancel)).Body!["csrfToken"]!.ToString();
        return browser;
    }

    /// <summary>Sends all mail that waits, as the jobs of the queue do, and returns what came to one address, newest last.</summary>
    public async Task<IReadOnlyList<MailMessage>> DeliverMailAsync(string to)
    {
        // One after the other: tests of a class share the queue, and each mail is sent by whoever comes first.
        await mailing.WaitAsync(Cancel);
        try
        {
            await using var super = await OpenSuperAsync();
            foreach (var payload in (await super.QueryAsync<string>("delete from kernel.jobs where kind = 'identity.mail' returning payload::text")).AsList())
                await Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<AccountMailJob>(Services)
                    .HandleAsync(System.Text.Json.JsonSerializer.Deserialize(payload, IdentityJson.Default.AccountMail)!, null!, Cancel);
        }
        finally
        {
            mailing.Release();
        }
        return Mail.To(to);
    }

    /// <summary>The secret in the newest mail to an address.</summary>
    public async Task<string> ReadLinkAsync(string to) => (await DeliverMailAsync(to))[^1].Text.Split("/sign-in/link?token=")[1].Split('\n')[0].Trim();

    /// <summary>A new member, signed in.</summary>
    internal async Task<BrowserClient> SignInMemberAsync(Organisation organisation, string role) => await SignInAsync(await MakeAccountAsync(null, (organisation, role)));

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await test.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private void Add(IServiceCollection services)
    {
        services.AddIdentity();
        services.AddKernelSettings(RootKeys.Open(Path.Combine(folder, "root.key")), null, name => Environment.GetValueOrDefault(name));
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
        services.AddSingleton<IMailCarrier>(Mail);
    }
}

/// <summary>Keeps mail.</summary>
public sealed class MemoryMail : IMailCarrier
{
    private readonly List<MailMessage> messages = [];

    public Task SendAsync(MailMessage message, CancellationToken cancel = default)
    {
        lock (messages) messages.Add(message);
        return Task.CompletedTask;
    }

    /// <summary>What came to an address, newest last.</summary>
    public IReadOnlyList<MailMessage> To(string address)
    {
        lock (messages) return [.. messages.Where(message => message.To == address)];
    }
}
