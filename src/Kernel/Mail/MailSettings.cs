namespace Rialto.Kernel;

/// <summary>How mail leaves.</summary>
internal static class MailSettings
{
    public static readonly Setting<string> Server = Settings.Text("mail.server", "", "Server that takes our mail: smtps://host (TLS from the start) or smtp://host:587 (STARTTLS); empty writes it into the folder mail.",
        "an address such as smtps://mail.example.org or smtp://mail.example.org:587", text => text.Length == 0 || MailServer.TryParse(text) is not null);

    public static readonly Setting<string> User = Settings.Text("mail.user", "", "Name to sign in with at the mail server; empty for none.");

    public static readonly Setting<string> Password = Settings.Text("mail.password", "", "Password to sign in with at the mail server.") with { IsSecret = true };

    public static readonly Setting<string> From = Settings.Text("mail.from", "rialto@localhost", "Address our mail comes from.", "an address of mail", text => text.Contains('@', StringComparison.Ordinal) && !text.Any(letter => letter is '<' or '>' || char.IsControl(letter) || char.IsWhiteSpace(letter)));

    public static IReadOnlyList<Setting> All { get; } = [Server, User, Password, From];
}

/// <summary>A mail server as it is named.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Usually 465 with TLS from the start, 587 otherwise.</param>
/// <param name="IsTls">TLS from the first byte (RFC 8314); otherwise STARTTLS, without which nothing is sent except to this very machine.</param>
internal sealed record MailServer(string Host, int Port, bool IsTls)
{
    public static MailServer? TryParse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "smtp" or "smtps" && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.AbsolutePath is "" or "/" && uri.Query.Length == 0
            ? new MailServer(uri.IdnHost, uri.Port > 0 && !uri.IsDefaultPort ? uri.Port : uri.Scheme == "smtps" ? 465 : uri.Authority.EndsWith(":25", StringComparison.Ordinal) ? 25 : 587, uri.Scheme == "smtps")
            : null;
}
