namespace Rialto.Bench;

/// <summary>Ways of running <c>rialto build</c>.</summary>
internal sealed class RialtoSide(Bench bench, SiteGround ground)
{
    private readonly string warmCache = ground.Fresh("cache");

    /// <summary>A whole build: secrets, facts, pages, search, cards, icons, offline. Cold means that nothing is in Rialto's own cache.</summary>
    public Side Everything(string name, string repository, bool warm) => new(name, Run(repository, warm, "--base-url", "https://example.org/handbook/"));

    /// <summary>The same without cards (they need an address) and without search: what the other generators do, and still secrets and facts, which they do not.</summary>
    public Side Pages(string name, string repository, bool warm) => new(name, Run(repository, warm, "--set", "search=false"));

    private Func<CancellationToken, Task<Sample>>? Run(string repository, bool warm, params string[] more) =>
        Child.Locate(bench.Rialto) is not { } program ? null : cancel => Child.RunAsync(
            null, program, ["build", repository, "--out", ground.Fresh("rialto"), "--json", .. more],
            new Dictionary<string, string> { ["XDG_CACHE_HOME"] = warm ? warmCache : ground.Fresh("cache"), ["RIALTO_HOME"] = bench.Home }, cancel);
}
