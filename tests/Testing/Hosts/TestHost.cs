using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rialto.Kernel;

namespace Rialto.Testing;

/// <summary>A real server on a free port of this machine, with the Kernel and what a test adds. Callers sign in by name: <c>Bearer ada</c>.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestCallers callers;

    private TestHost(WebApplication app, TestCallers callers) => (this.app, this.callers) = (app, callers);

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Starts one on <paramref name="database"/>.</summary>
    public static async Task<TestHost> StartAsync(
        Database database, Action<IEndpointRouteBuilder> map, Action<IServiceCollection>? add = null, OperationOptions? options = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(new FailureLog());
        builder.Services.AddRouting(routing => routing.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        builder.Services.AddKernel(database, options);
        var callers = new TestCallers();
        builder.Services.AddSingleton<ICallerSource>(callers);
        add?.Invoke(builder.Services);
        configure?.Invoke(builder);
        var app = builder.Build();
        if (configure is null) app.Urls.Add("http://127.0.0.1:0");
        app.MapKernel();
        map(app);
        await app.StartAsync();
        return new TestHost(app, callers);
    }

    /// <summary>Makes a caller known and returns a client that signs in as them.</summary>
    public HttpClient As(string name, TenantId tenant, params string[] permissions)
    {
        callers.Known[name] = new Caller(tenant, "key:" + name, permissions.Length == 0 ? new HashSet<string> { "*" } : permissions.ToHashSet());
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", name);
        return client;
    }

    /// <summary>Where it listens, in the order it was told.</summary>
    public IReadOnlyList<Uri> Addresses => [.. app.Urls.Select(address => new Uri(address))];

    /// <summary>A client that names nobody.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = new Uri(app.Urls.First()) };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // As a node stops: connections are ended before what they use is.
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private sealed class TestCallers : ICallerSource
    {
        public Dictionary<string, Caller> Known { get; } = [];

        public ValueTask<Caller?> FindAsync(HttpContext request, CancellationToken cancel)
        {
            var header = request.Request.Headers.Authorization.ToString();
            if (header.Length == 0) return ValueTask.FromResult<Caller?>(null);
            return ValueTask.FromResult<Caller?>(Known.GetValueOrDefault(header["Bearer ".Length..]) ?? throw new Refusal("caller.key_unknown", "This key is not known.", 401));
        }
    }
}
