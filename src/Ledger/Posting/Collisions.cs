using Npgsql;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>What happens when two writers meet, and goes away by doing it again.</summary>
internal static class Collisions
{
    /// <summary>True for a key that another writer took meanwhile, a deadlock, a serialization failure, a lock that was not had in time.</summary>
    public static bool Are(PostgresException failure) => failure.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected
        or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable;

    public static Refusal Busy() => new(LedgerRefusals.Busy, "The accounts are being written by others just now, and nothing was done; try again with the same key.", 503);
}
