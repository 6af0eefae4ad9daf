using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>What who runs the server can set about people. The first column of a table in README.md.</summary>
internal static class IdentitySettings
{
    public static readonly Setting<long> SessionIdleMinutes = Settings.Number("identity.session_idle_minutes", 8 * 60, "Minutes without a request after which a session ends.", 1, 60 * 24 * 90);

    public static readonly Setting<long> SessionHours = Settings.Number("identity.session_hours", 24, "Hours after signing in when a session ends, used or not.", 1, 24 * 90);

    public static readonly Setting<long> ConfirmationMinutes = Settings.Number("identity.confirmation_minutes", 10, "Minutes for which somebody who proved themselves may do dangerous things.", 1, 24 * 60);

    public static readonly Setting<long> PasswordRounds = Settings.Number("identity.password_rounds", PasswordHash.FewestRounds, "Rounds of PBKDF2 for passwords kept from now on; older ones are kept anew when their owner signs in.", PasswordHash.FewestRounds, 100_000_000);

    public static readonly Setting<long> AccountAttempts = Settings.Number("identity.account_attempts", 5, "Failed sign-ins in a row after which an account waits, each time longer.", 3, 100);

    public static readonly Setting<long> AddressAttempts = Settings.Number("identity.address_attempts", 60, "Failed sign-ins from one address in a quarter of an hour after which it waits.", 5, 100_000);

    public static readonly Setting<long> ShortestPassword = Settings.Number("identity.shortest_password", 12, "Fewest characters of a password.", 8, 64);

    public static readonly Setting<string> BreachedPasswords = Settings.Text("identity.breached_passwords", "", "File of stolen passwords that nobody may take: sorted SHA-1 sums in hexadecimal, one on each line; empty for none.");

    public static readonly Setting<string> SignUp = Settings.Choice("identity.sign_up", "open", "Who may make an account: anybody with an address (open), or whoever was invited (invited).", "open", "invited");

    public static readonly Setting<string> PublicUrl = Settings.Text("identity.public_url", "", "Address of this platform as people reach it, for links in mail and the cookie: https://rialto.example.org.",
        "an http:// or https:// address without a path", text => text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0));

    public static IReadOnlyList<Setting> All { get; } = [SessionIdleMinutes, SessionHours, ConfirmationMinutes, PasswordRounds, AccountAttempts, AddressAttempts, ShortestPassword, BreachedPasswords, SignUp, PublicUrl];
}
