using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>The PostgreSQL that the platform would start, looked for where the platform looks.</summary>
internal static class Postgres
{
    public static async Task<Finding?> LookAsync(CancellationToken cancel)
    {
        try
        {
            var binaries = await PostgresBinaries.FindAsync(cancel);
            return new Finding(binaries.BinFolder, await Programs.VersionAsync(binaries["postgres"], "--version", cancel));
        }
        catch (Refusal)
        {
            return null;
        }
    }
}
