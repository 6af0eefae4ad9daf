using Rialto.Kernel;

namespace Rialto.Payments;

/// <summary>How far a member's measured alignment goes. Registered by whatever measures it; without one nobody has a level, and no promotion is given.</summary>
public interface IMemberLevels
{
    /// <summary>From 0 to 1; null when the member has not been measured.</summary>
    ValueTask<decimal?> LevelAsync(TenantSession session, string subject, CancellationToken cancel = default);
}
