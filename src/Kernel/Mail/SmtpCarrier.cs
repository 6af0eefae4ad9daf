using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Rialto.Kernel;

/// <summary>
/// Hands mail to a server by SMTP (RFC 5321), one connection for each message. Name, password and mail travel under TLS only; without it nothing is
/// sent, except to a server on this very machine. The server is of the operator's choice, so its address may be a private one.
/// </summary>
internal sealed class SmtpCarrier(MailServer server, SettingLayers settings, TimeProvider clock, RemoteCertificateValidationCallback? trust = null) : IMailCarrier
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task SendAsync(MailMessage message, CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(server.Host, server.Port, limit.Token);
            var isHere = socket.Client.RemoteEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address);
            await SpeakAsync(message, socket.GetStream(), isHere, limit.Token);
        }
        catch (Exception broken) when (broken is SocketException or IOException or System.Security.Authentication.AuthenticationException || (broken is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw NotNow($"The mail server {server.Host} cannot be spoken to: {(broken is OperationCanceledException ? "it does not answer in time" : broken.Message)}");
        }
    }

    private async Task SpeakAsync(MailMessage message, Stream wire, bool isHere, CancellationToken cancel)
    {
        var line = new SmtpLine(server.IsTls ? await SecureAsync(wire, cancel) : wire);
        await line.ExpectAsync("220", cancel);
        var can = await GreetAsync(line, cancel);
        if (!server.IsTls && can.Contains("STARTTLS"))
        {
            await line.SendAsync("STARTTLS", cancel);
            await line.ExpectAsync("220", cancel);
            // Words that came before TLS are nobody's: whoever stands in between could have put them there.
            line.RequireEmpty();
            line = new SmtpLine(await SecureAsync(wire, cancel));
            can = await GreetAsync(line, cancel);
        }
        else if (!server.IsTls && !isHere) throw new Refusal("mail.refused", $"The mail server {server.Host} offers no TLS; name one that does, as smtps://host.", 422);

        await SignInAsync(line, can, cancel);
        await DeliverAsync(line, can, message, cancel);
        await line.SendAsync("QUIT", cancel);
    }

    private static async Task<HashSet<string>> GreetAsync(SmtpLine line, CancellationToken cancel)
    {
        await line.SendAsync("EHLO [127.0.0.1]", cancel);
        var answer = await line.ExpectAsync("250", cancel);
        return answer.Skip(1).Select(one => one.ToUpperInvariant()).SelectMany(one => one.StartsWith("AUTH ", StringComparison.Ordinal) ? one[5..].Split(' ').Select(way => "AUTH " + way) : [one.Split(' ')[0]]).ToHashSet();
    }

    private async Task SignInAsync(SmtpLine line, HashSet<string> can, CancellationToken cancel)
    {
        if (settings.Get(MailSettings.User) is not { Length: > 0 } user) return;
        var password = settings.Get(MailSettings.Password);
        if (can.Contains("AUTH PLAIN"))
        {
            await line.SendAsync("AUTH PLAIN " + Base64($"\0{user}\0{password}"), cancel);
        }
        else if (can.Contains("AUTH LOGIN"))
        {
            await line.SendAsync("AUTH LOGIN", cancel);
            await line.ExpectAsync("334", cancel);
            await line.SendAsync(Base64(user), cancel);
            await line.ExpectAsync("334", cancel);
            await line.SendAsync(Base64(password), cancel);
        }
        else throw new Refusal("mail.refused", $"The mail server {server.Host} takes no password in a way we know (PLAIN, LOGIN).", 422);
        await line.ExpectAsync("235", cancel);
    }

    private async Task DeliverAsync(SmtpLine line, HashSet<string> can, MailMessage message, CancellationToken cancel)
    {
        var from = settings.Get(MailSettings.From);
        if ((from + message.To).Any(letter => letter is '<' or '>' or ' ' || char.IsControl(letter))) throw new Refusal("mail.refused", "The address of a message cannot be written into a command.", 422);
        var needsUtf8 = !(from + message.To).All(char.IsAscii);
        if (needsUtf8 && !can.Contains("SMTPUTF8")) throw new Refusal("mail.refused", $"The mail server {server.Host} takes no address with letters beyond ASCII.", 422);
        await line.SendAsync($"MAIL FROM:<{from}>{(needsUtf8 ? " SMTPUTF8" : "")}", cancel);
        await line.ExpectAsync("250", cancel);
        await line.SendAsync($"RCPT TO:<{message.To}>", cancel);
        await line.ExpectAsync("25", cancel);
        await line.SendAsync("DATA", cancel);
        await line.ExpectAsync("354", cancel);
        foreach (var one in MailText.Write(message, from, clock.GetUtcNow()).Split("\r\n")[..^1]) await line.WriteAsync(one.StartsWith('.') ? "." + one : one, cancel);
        await line.SendAsync(".", cancel);
        await line.ExpectAsync("250", cancel);
    }

    private async Task<Stream> SecureAsync(Stream wire, CancellationToken cancel)
    {
        var secure = new SslStream(wire, leaveInnerStreamOpen: false, trust);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.Host }, cancel);
        return secure;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    internal static Refusal NotNow(string words) => new("mail.not_now", words, 503);
}
