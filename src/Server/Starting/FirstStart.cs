using Rialto.Identity;
using Rialto.Kernel;

namespace Rialto.Server;

/// <summary>What the very first start of a platform makes: one organisation, a key for its owner, and the owner with a link to sign in.</summary>
internal static class FirstStart
{
    private const string Handle = "home";

    /// <summary>Makes them when there is no organisation yet; returns the first organisation and, when it was made now, the secret of the link.</summary>
    public static async Task<(Organisation Home, string? Link)> EnsureAsync(Database database, LocalAccess access, NodeVoice voice, bool isDemo, CancellationToken cancel)
    {
        if (await FirstAsync(database, cancel) is { } first) return (first, null);
        Organisation home;
        try
        {
            home = await Organisations.CreateAsync(database, Handle, isDemo ? "Lantern Works" : "Home", cancel);
        }
        catch (Refusal refusal) when (refusal.Code == "identity.handle_taken")
        {
            // Two nodes began at once on one new database; the other one tells the key.
            return (await Organisations.FindAsync(database, Handle, cancel), null);
        }
        await using var session = await database.BeginAsync(home.Tenant, cancel);
        session.Actor = "platform";
        var made = await ApiKeys.CreateAsync(session, "owner, made at the first start", ["*"], null, cancel);
        // First the file: a key that nobody knows could never be told again.
        access.KeepKey(made.Text);
        await session.CommitAsync(cancel);
        voice.Note($"The organisation \"{home.Handle}\" was made. The API key of its owner, told this once and kept for ./rialto call in {access.KeyFile}:");
        voice.Note(made.Text);
        return (home, await Operator.MakeFirstOwnerAsync(database, home, cancel));
    }

    private static async Task<Organisation?> FirstAsync(Database database, CancellationToken cancel) =>
        (await Organisations.ListAsync(database, 1, cancel)).FirstOrDefault();
}
