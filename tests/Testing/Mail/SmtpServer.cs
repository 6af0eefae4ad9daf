using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Rialto.Testing;

/// <summary>What a server of mail shall be like.</summary>
public sealed record SmtpManners
{
    /// <summary>TLS from the first byte.</summary>
    public bool IsTls { get; init; }

    /// <summary>Offers STARTTLS.</summary>
    public bool OffersStartTls { get; init; } = true;

    /// <summary>Ways to sign in it offers; empty for none, then none is asked for.</summary>
    public string Auth { get; init; } = "PLAIN LOGIN";

    /// <summary>Takes addresses beyond ASCII.</summary>
    public bool IsUtf8 { get; init; } = true;

    /// <summary>Answers given instead of the usual ones, by the first word of the command; an empty one hangs up.</summary>
    public IReadOnlyDictionary<string, string> Instead { get; init; } = new Dictionary<string, string>();

    /// <summary>Words it says in the same packet as its answer to STARTTLS.</summary>
    public string AfterStartTls { get; init; } = "";
}

/// <summary>Mail as it arrived.</summary>
/// <param name="From">Sender of the envelope.</param>
/// <param name="To">Receiver of the envelope.</param>
/// <param name="Headers">Headers, unfolded.</param>
/// <param name="Text">The text, decoded.</param>
/// <param name="IsSecure">True when it came under TLS.</param>
/// <param name="User">Who signed in; null for nobody.</param>
public sealed record ReceivedMail(string From, string To, IReadOnlyDictionary<string, string> Headers, string Text, bool IsSecure, string? User);

/// <summary>
/// A strict stand-in for a server of mail: it answers only what the standard allows where it allows it, insists on CRLF, on lines of at most 998
/// bytes and on seven bits, and keeps what it took.
/// </summary>
public sealed class SmtpServer : IAsyncDisposable
{
    /// <summary>What signs in.</summary>
    public const string User = "rialto", Password = "a mail password";

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate = HostCertificate.Create();
    private readonly SmtpManners manners;
    private readonly Task serving;
    private readonly List<ReceivedMail> mails = [];
    private readonly List<string> faults = [];

    /// <summary>Starts one on a free port.</summary>
    public SmtpServer(SmtpManners? manners = null)
    {
        this.manners = manners ?? new SmtpManners();
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What was taken.</summary>
    public IReadOnlyList<ReceivedMail> Mails
    {
        get
        {
            lock (mails) return [.. mails];
        }
    }

    /// <summary>What the client did against the standard.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (faults) return [.. faults];
        }
    }

    /// <summary>True for this server's own certificate and no other.</summary>
    public bool IsItsOwn(X509Certificate? shown) => shown is not null && shown.GetCertHashString() == certificate.GetCertHashString();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        certificate.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                try
                {
                    await TalkAsync(client.GetStream());
                }
                catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // The client hung up, or did not trust us.
                }
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task<Stream> SecureAsync(Stream wire)
    {
        var secure = new SslStream(wire);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
        return secure;
    }

    private async Task TalkAsync(Stream wire)
    {
        var talk = new Conversation { Wire = manners.IsTls ? await SecureAsync(wire) : wire, IsSecure = manners.IsTls };
        await talk.SayAsync("220 stand-in ESMTP", stop.Token);
        while (await talk.ReadLineAsync(stop.Token) is { } line)
        {
            lock (faults) faults.AddRange(talk.TakeFaults());
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            if (manners.Instead.TryGetValue(verb, out var other))
            {
                if (other.Length == 0) return;
                await talk.SayAsync(other, stop.Token);
                continue;
            }
            if (verb == "QUIT")
            {
                await talk.SayAsync("221 bye", stop.Token);
                return;
            }
            await AnswerAsync(talk, wire, verb, line);
        }
    }

    private async Task AnswerAsync(Conversation talk, Stream wire, string verb, string line)
    {
        switch (verb)
        {
            case "EHLO":
                talk.HasGreeted = true;
                await talk.SayAsync($"250-stand-in\r\n{(manners.OffersStartTls && !talk.IsSecure ? "250-STARTTLS\r\n" : "")}{(manners.IsUtf8 ? "250-SMTPUTF8\r\n" : "")}{(manners.Auth.Length > 0 ? $"250-AUTH {manners.Auth}\r\n" : "")}250 8BITMIME", stop.Token);
                break;
            case "STARTTLS" when manners.OffersStartTls && !talk.IsSecure && talk.HasGreeted:
                await talk.SayAsync("220 go ahead" + manners.AfterStartTls, stop.Token);
                (talk.Wire, talk.IsSecure, talk.HasGreeted) = (await SecureAsync(wire), true, false);
                break;
            case "AUTH" when talk.HasGreeted && manners.Auth.Length > 0:
                talk.User = await SignInAsync(talk, line);
                await talk.SayAsync(talk.User is null ? "535 no" : "235 welcome", stop.Token);
                break;
            case "MAIL" when talk.HasGreeted && (manners.Auth.Length == 0 || talk.User is not null):
                talk.From = Address(line);
                await talk.SayAsync("250 ok", stop.Token);
                break;
            case "RCPT" when talk.From is not null:
                talk.To = Address(line);
                await talk.SayAsync("250 ok", stop.Token);
                break;
            case "DATA" when talk.To is not null:
                await talk.SayAsync("354 end with a dot", stop.Token);
                var mail = await talk.ReadMailAsync(stop.Token);
                lock (faults) faults.AddRange(talk.TakeFaults());
                lock (mails) mails.Add(mail);
                await talk.SayAsync("250 taken", stop.Token);
                break;
            default:
                lock (faults) faults.Add("out of order: " + verb);
                await talk.SayAsync("503 not now", stop.Token);
                break;
        }
    }

    private static string Address(string line) => line.Split('<', '>')[1];

    private async Task<string?> SignInAsync(Conversation talk, string line)
    {
        var parts = line.Split(' ');
        if (parts[1] == "PLAIN") return Encoding.UTF8.GetString(Convert.FromBase64String(parts[2])) == $"\0{User}\0{Password}" ? User : null;
        await talk.SayAsync("334 VXNlcm5hbWU6", stop.Token);
        var user = Encoding.UTF8.GetString(Convert.FromBase64String((await talk.ReadLineAsync(stop.Token))!));
        await talk.SayAsync("334 UGFzc3dvcmQ6", stop.Token);
        return Encoding.UTF8.GetString(Convert.FromBase64String((await talk.ReadLineAsync(stop.Token))!)) == Password && user == User ? user : null;
    }

    private sealed class Conversation
    {
        private readonly List<string> faults = [];

        public required Stream Wire { get; set; }

        public bool IsSecure { get; set; }

        public bool HasGreeted { get; set; }

        public string? User { get; set; }

        public string? From { get; set; }

        public string? To { get; set; }

        public IEnumerable<string> TakeFaults()
        {
            var taken = faults.ToArray();
            faults.Clear();
            return taken;
        }

        public async Task SayAsync(string line, CancellationToken cancel)
        {
            await Wire.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancel);
            await Wire.FlushAsync(cancel);
        }

        // Byte by byte: what comes after STARTTLS must not be read before TLS.
        public async Task<string?> ReadLineAsync(CancellationToken cancel)
        {
            var bytes = new List<byte>();
            var one = new byte[1];
            while (await Wire.ReadAsync(one, cancel) == 1)
            {
                if (one[0] != '\n')
                {
                    bytes.Add(one[0]);
                    continue;
                }
                if (bytes.Count == 0 || bytes[^1] != '\r') faults.Add("a line ends without CR");
                else bytes.RemoveAt(bytes.Count - 1);
                if (bytes.Contains((byte)'\r')) faults.Add("a CR inside a line");
                if (bytes.Count > 998) faults.Add("a line of more than 998 bytes");
                return Encoding.UTF8.GetString([.. bytes]);
            }
            return null;
        }

        public async Task<ReceivedMail> ReadMailAsync(CancellationToken cancel)
        {
            var lines = new List<string>();
            while (await ReadLineAsync(cancel) is { } line && line != ".")
            {
                if (!line.All(char.IsAscii) && From!.All(char.IsAscii) && To!.All(char.IsAscii)) faults.Add("eight bits where seven were promised");
                lines.Add(line.StartsWith('.') ? line[1..] : line);
            }
            var gap = lines.IndexOf("");
            var unfolded = string.Join("\n", lines.Take(gap)).Replace("\n ", " ", StringComparison.Ordinal).Split('\n');
            var headers = unfolded.Select(one => one.Split(": ", 2)).ToDictionary(one => one[0], one => one[1], StringComparer.OrdinalIgnoreCase);
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(lines.Skip(gap + 1))));
            return new ReceivedMail(From!, To!, headers, text, IsSecure, User);
        }
    }
}
