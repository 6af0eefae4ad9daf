using Rialto.Journeys;
using Rialto.Testing;

[assembly: AssemblyFixture(typeof(LanternSites))]
[assembly: AssemblyFixture(typeof(Chromium))]

namespace Rialto.Journeys;

/// <summary>Lantern's site in every theme, each built once by the real command line and served below one root, a folder for each theme.</summary>
public sealed class LanternSites : IAsyncLifetime
{
    public static readonly string[] Names = ["modern-web", "developer-library", "technical-showcase", "creative-project", "startup-product", "minimal-portfolio"];

    private readonly TestRepository repository = new();
    private readonly string root = Directory.CreateTempSubdirectory("rialto-gates-").FullName;
    private readonly Dictionary<string, Lazy<Task>> builds = [];
    private StaticServer? server;

    public static TheoryData<string> Themes { get; } = new(Names);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Lantern.Write(repository);
        foreach (var theme in Names)
            builds[theme] = new(() => Programs.RialtoAsync("build", repository.Path, "--theme", theme, "--base-url", $"https://lantern.example.org/{theme}/", "--out", Folder(theme), "--json"));
        server = await StaticServer.StartAsync(root);
    }

    /// <summary>The folder of a theme's site; empty before <see cref="BuiltAsync"/>.</summary>
    public string Folder(string theme) => Path.Combine(root, theme);

    /// <summary>Builds the site if that has not been done, and returns its address, ending in <c>/</c>.</summary>
    public async Task<string> BuiltAsync(string theme, bool secure = false)
    {
        await builds[theme].Value;
        return (secure ? server!.Https : server!.Http) + theme + "/";
    }

    /// <summary>Every page of a theme's site, as addresses relative to it.</summary>
    public IEnumerable<string> Pages(string theme) =>
        Directory.EnumerateFiles(Folder(theme), "*.html", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder(theme), file).Replace('\\', '/'))
            .Select(page => page.EndsWith("index.html", StringComparison.Ordinal) ? page[..^"index.html".Length] : page)
            .Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        repository.Dispose();
        Directory.Delete(root, recursive: true);
    }
}
