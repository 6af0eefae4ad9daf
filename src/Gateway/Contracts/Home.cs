using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>Which organisation is the platform's own: the one made at the first start, whose owner runs the server. It has no tier.</summary>
/// <param name="find">Finds it; asked until there is one.</param>
public sealed class Home(Func<CancellationToken, Task<TenantId?>> find)
{
    private TenantId? known;

    /// <summary>True when <paramref name="tenant"/> is it.</summary>
    public async ValueTask<bool> IsAsync(TenantId tenant, CancellationToken cancel = default) => (known ??= await find(cancel)) == tenant;
}
