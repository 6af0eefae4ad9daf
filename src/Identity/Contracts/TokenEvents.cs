using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>What happens to tokens that programs hold.</summary>
public static class TokenEvents
{
    /// <summary>A used refresh token came again: its family has ended, and its owner should look what happened. An alert.</summary>
    public static readonly EventKind<TokenFamilyEnded> Reused = new("identity.token_reused", IdentityJson.Default.TokenFamilyEnded);

    /// <summary>A program was let in.</summary>
    public static readonly EventKind<AppLetIn> AppLetIn = new("identity.app_let_in", IdentityJson.Default.AppLetIn);

    /// <summary>A program was shut out again.</summary>
    public static readonly EventKind<TokenFamilyEnded> AppShutOut = new("identity.app_shut_out", IdentityJson.Default.TokenFamilyEnded);
}

/// <param name="Family">Which.</param>
/// <param name="Account">Whose; null for a program's own.</param>
/// <param name="App">The program; null for the platform itself.</param>
public sealed record TokenFamilyEnded(Guid Family, Guid? Account, Guid? App);

/// <param name="App">The program.</param>
/// <param name="Name">Its name.</param>
/// <param name="Account">Who let it in.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record AppLetIn(Guid App, string Name, Guid Account, IReadOnlyList<string> Scopes);
