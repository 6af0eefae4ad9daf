using Rialto.Kernel;

namespace Rialto.Gateway;

/// <summary>Which tier an organisation has. Billing sets it; until then it has the setting <c>gateway.default_tier</c>.</summary>
public interface IPlans
{
    /// <summary>The organisation's tier; remembered for half a minute.</summary>
    ValueTask<Tier> FindAsync(TenantId organisation, CancellationToken cancel = default);

    /// <summary>Gives it a tier, from now on here and within half a minute on other nodes.</summary>
    Task SetAsync(TenantId organisation, Tier tier, CancellationToken cancel = default);
}
