using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rialto.Testing;

/// <summary>
/// A name server on a free port of this machine, over UDP and TCP, that knows what a test tells it. It reads questions strictly and writes
/// answers byte by byte, with names compressed as real servers do it.
/// </summary>
public sealed class DnsHost : IAsyncDisposable
{
    private readonly Socket datagrams = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TcpListener connections;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] serving;
    private readonly ConcurrentDictionary<(string Name, ushort Type), string[]> records = new();

    public DnsHost()
    {
        datagrams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = (IPEndPoint)datagrams.LocalEndPoint!;
        connections = new TcpListener(Address);
        connections.Start();
        serving = [ServeDatagramsAsync(), ServeConnectionsAsync()];
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Questions that came, as <c>udp TXT name</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Answers over UDP with no record and the mark that it was cut.</summary>
    public bool CutsDatagrams { get; set; }

    /// <summary>First sends an answer with another number, as somebody would who guesses.</summary>
    public bool IsForged { get; set; }

    /// <summary>Says that it cannot (SERVFAIL).</summary>
    public bool Fails { get; set; }

    /// <summary>Sets the records of a name; none removes them.</summary>
    public void Set(string name, string type, params string[] values) => records[(name, TypeOf(type))] = values;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        datagrams.Dispose();
        connections.Dispose();
        await Task.WhenAll(serving);
        stopping.Dispose();
    }

    private async Task ServeDatagramsAsync()
    {
        var buffer = new byte[1500];
        try
        {
            while (true)
            {
                var got = await datagrams.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stopping.Token);
                var question = buffer.AsSpan(0, got.ReceivedBytes).ToArray();
                if (IsForged)
                {
                    var forged = Answer(question, "forged", cut: false);
                    forged[0] ^= 0x55;
                    await datagrams.SendToAsync(forged, got.RemoteEndPoint, stopping.Token);
                }
                await datagrams.SendToAsync(Answer(question, "udp", CutsDatagrams), got.RemoteEndPoint, stopping.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
        }
    }

    private async Task ServeConnectionsAsync()
    {
        try
        {
            while (true)
            {
                using var client = await connections.AcceptTcpClientAsync(stopping.Token);
                var stream = client.GetStream();
                var length = new byte[2];
                await stream.ReadExactlyAsync(length, stopping.Token);
                var question = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(question, stopping.Token);
                var answer = Answer(question, "tcp", cut: false);
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
                await stream.WriteAsync(length.Concat(answer).ToArray(), stopping.Token);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
        {
        }
    }

    private byte[] Answer(byte[] question, string over, bool cut)
    {
        var (name, end) = NameAt(question, 12);
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end));
        Asked.Enqueue($"{over} {NameOf(type)} {name}");
        var answers = new List<byte[]>();
        var (owner, known) = (name, false);
        for (var hops = 0; hops < 5 && records.TryGetValue((owner, 5), out var alias) && alias.Length > 0 && type != 5; hops++)
        {
            answers.Add(Record(owner == name ? [0xC0, 12] : Wire(owner), 5, Wire(alias[0])));
            (owner, known) = (alias[0], true);
        }
        foreach (var value in records.GetValueOrDefault((owner, type)) ?? []) answers.Add(Record(owner == name ? [0xC0, 12] : Wire(owner), type, Data(type, value)));
        known |= answers.Count > 0 || records.Keys.Any(key => key.Name == name);
        if (cut) answers.Clear();
        var head = new byte[12];
        question.AsSpan(0, 2).CopyTo(head);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)(0x8180 | (cut ? 0x0200 : 0) | (Fails ? 2 : known ? 0 : 3)));
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(6), (ushort)answers.Count);
        return [.. head, .. question.AsSpan(12, end + 4 - 12), .. answers.SelectMany(bytes => bytes)];
    }

    private static byte[] Record(byte[] owner, ushort type, byte[] data) => [.. owner, 0, (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private static byte[] Data(ushort type, string value) => type switch
    {
        1 or 28 => IPAddress.Parse(value).GetAddressBytes(),
        5 => Wire(value),
        _ => [.. value.Chunk(255).SelectMany(part => (byte[])[(byte)part.Length, .. Encoding.Latin1.GetBytes(part)])],
    };

    private static byte[] Wire(string name) => [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    private static (string Name, int End) NameAt(byte[] message, int at)
    {
        var labels = new List<string>();
        while (message[at] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(message, at + 1, message[at]));
            at += 1 + message[at];
        }
        return (string.Join('.', labels).ToLowerInvariant(), at + 1);
    }

    private static ushort TypeOf(string type) => type switch { "A" => 1, "CNAME" => 5, "TXT" => 16, "AAAA" => 28, _ => throw new ArgumentException(type) };

    private static string NameOf(ushort type) => type switch { 1 => "A", 5 => "CNAME", 16 => "TXT", 28 => "AAAA", _ => type.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}
