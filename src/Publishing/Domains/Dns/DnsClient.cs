using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>
/// Asks name servers directly, because the system's resolver tells neither TXT nor CNAME records. Each question has a random number and a
/// socket of its own; an answer that is too long for a datagram is fetched over TCP.
/// </summary>
internal sealed class DnsClient(IReadOnlyList<IPEndPoint> servers, double patienceSeconds = 2)
{
    private const int Port = 53, Rounds = 2, NoSuchName = 3, LongestAnswer = 64 * 1024;

    /// <summary>One that asks whom this machine asks.</summary>
    public static DnsClient OfThisMachine()
    {
        var named = File.Exists("/etc/resolv.conf")
            ? File.ReadLines("/etc/resolv.conf").Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(words => words is ["nameserver", _, ..])
                .Select(words => IPAddress.TryParse(words[1], out var address) ? new IPEndPoint(address, Port) : null).OfType<IPEndPoint>().Take(3).ToArray()
            : [];
        return new DnsClient(named.Length > 0 ? named : [new IPEndPoint(IPAddress.Loopback, Port)]);
    }

    /// <summary>The records of that kind that <paramref name="name"/> has, with the aliases on the way; none when there is no such name.</summary>
    /// <exception cref="Refusal"><c>domains.dns_unreachable</c>.</exception>
    public async Task<IReadOnlyList<DnsRecord>> AskAsync(string name, DnsType type, CancellationToken cancel)
    {
        for (var round = 0; round < Rounds; round++)
            foreach (var server in servers)
                if (await TryAsync(server, name, type, cancel) is { Code: 0 or NoSuchName } answer) return answer.Records;
        throw new Refusal("domains.dns_unreachable", $"No name server says anything about {name} just now; it is asked again later.", 503);
    }

    private async Task<DnsAnswer?> TryAsync(IPEndPoint server, string name, DnsType type, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(patienceSeconds));
        try
        {
            var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
            var question = DnsMessage.Question(id, name, type);
            var answer = await ByDatagramAsync(server, question, id, name, type, limit.Token);
            return answer.IsCut ? await ByConnectionAsync(server, question, id, name, type, limit.Token) : answer;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return null;
        }
    }

    private static async Task<DnsAnswer> ByDatagramAsync(IPEndPoint server, byte[] question, ushort id, string name, DnsType type, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        // Connected: datagrams of anybody else do not arrive.
        await socket.ConnectAsync(server, cancel);
        await socket.SendAsync(question, cancel);
        var buffer = new byte[4096];
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, cancel);
            if (DnsMessage.Answer(buffer.AsSpan(0, count), id, name, type) is { } answer) return answer;
        }
    }

    private static async Task<DnsAnswer?> ByConnectionAsync(IPEndPoint server, byte[] question, ushort id, string name, DnsType type, CancellationToken cancel)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server, cancel);
        await using var stream = new NetworkStream(socket);
        var framed = new byte[question.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, 2);
        await stream.WriteAsync(framed, cancel);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, cancel);
        var answer = new byte[Math.Min(LongestAnswer, (int)BinaryPrimitives.ReadUInt16BigEndian(length))];
        await stream.ReadExactlyAsync(answer, cancel);
        return DnsMessage.Answer(answer, id, name, type);
    }
}
