using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Rialto.Publishing;

/// <summary>Kinds of records that matter here (RFC 1035, RFC 3596).</summary>
internal enum DnsType : ushort
{
    A = 1,
    Cname = 5,
    Txt = 16,
    Aaaa = 28,
}

/// <param name="Name">Whose, in lower case and without a final dot.</param>
/// <param name="Type">Kind.</param>
/// <param name="Value">An address, a name, or the text of all strings of a TXT record together.</param>
internal sealed record DnsRecord(string Name, DnsType Type, string Value);

/// <param name="Records">Of the kinds that matter.</param>
/// <param name="IsCut">The answer did not fit: ask again over TCP.</param>
/// <param name="Code">0 for an answer, 3 when there is no such name, others for a server that could not.</param>
internal sealed record DnsAnswer(IReadOnlyList<DnsRecord> Records, bool IsCut, int Code);

/// <summary>Questions and answers as they are on the wire (RFC 1035, 4). An answer is hostile until read: it is bounded, and compression cannot loop.</summary>
internal static class DnsMessage
{
    private const int HeadBytes = 12, LongestLabel = 63, LongestName = 253, MostRecords = 100;
    private const ushort Internet = 1, RecursionDesired = 0x0100, Response = 0x8000, Truncated = 0x0200;

    /// <summary>Asks for one kind of record of one name.</summary>
    public static byte[] Question(ushort id, string name, DnsType type)
    {
        using var bytes = new MemoryStream();
        Span<byte> head = stackalloc byte[HeadBytes];
        head.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(head, id);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], RecursionDesired);
        BinaryPrimitives.WriteUInt16BigEndian(head[4..], 1);
        bytes.Write(head);
        foreach (var label in name.Split('.'))
        {
            if (label.Length is 0 or > LongestLabel || !Ascii.IsValid(label)) throw new ArgumentException($"{name} is no name.", nameof(name));
            bytes.WriteByte((byte)label.Length);
            bytes.Write(Encoding.ASCII.GetBytes(label));
        }
        bytes.Write([0, 0, (byte)type, 0, (byte)Internet]);
        return bytes.ToArray();
    }

    /// <summary>Reads the answer to that question; null for anything else, such as an answer to somebody else's.</summary>
    public static DnsAnswer? Answer(ReadOnlySpan<byte> message, ushort id, string name, DnsType type)
    {
        try
        {
            if (message.Length < HeadBytes || BinaryPrimitives.ReadUInt16BigEndian(message) != id) return null;
            var flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
            if ((flags & Response) == 0 || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1) return null;
            var at = HeadBytes;
            if (!string.Equals(ReadName(message, ref at), name, StringComparison.OrdinalIgnoreCase) || BinaryPrimitives.ReadUInt16BigEndian(message[at..]) != (ushort)type) return null;
            at += 4;
            var records = new List<DnsRecord>();
            for (var left = Math.Min(MostRecords, (int)BinaryPrimitives.ReadUInt16BigEndian(message[6..])); left > 0; left--)
                if (ReadRecord(message, ref at) is { } record) records.Add(record);
            return new DnsAnswer(records, (flags & Truncated) != 0, flags & 0xF);
        }
        catch (Exception broken) when (broken is ArgumentOutOfRangeException or IndexOutOfRangeException or FormatException)
        {
            return null;
        }
    }

    private static DnsRecord? ReadRecord(ReadOnlySpan<byte> message, ref int at)
    {
        var name = ReadName(message, ref at);
        var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
        var kind = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]);
        int length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
        at += 10;
        var data = message.Slice(at, length);
        var start = at;
        at += length;
        if (kind != Internet) return null;
        return (DnsType)type switch
        {
            DnsType.A when length == 4 => new DnsRecord(name, DnsType.A, new IPAddress(data).ToString()),
            DnsType.Aaaa when length == 16 => new DnsRecord(name, DnsType.Aaaa, new IPAddress(data).ToString()),
            DnsType.Cname => new DnsRecord(name, DnsType.Cname, ReadName(message, ref start)),
            DnsType.Txt => new DnsRecord(name, DnsType.Txt, ReadTexts(data)),
            _ => null,
        };
    }

    private static string ReadTexts(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        for (var at = 0; at < data.Length; at += 1 + data[at]) text.Append(Encoding.Latin1.GetString(data.Slice(at + 1, data[at])));
        return text.ToString();
    }

    // A pointer only leads back to before where it stands, so following ends.
    private static string ReadName(ReadOnlySpan<byte> message, ref int at)
    {
        var name = new StringBuilder();
        var (position, before, hasJumped) = (at, at, false);
        while (true)
        {
            var length = message[position];
            if (length == 0)
            {
                if (!hasJumped) at = position + 1;
                return name.ToString().ToLowerInvariant();
            }
            if ((length & 0xC0) == 0xC0)
            {
                if (!hasJumped) at = position + 2;
                var target = ((length & 0x3F) << 8) | message[position + 1];
                if (target >= before) throw new FormatException("A pointer leads on, not back.");
                (position, before, hasJumped) = (target, target, true);
                continue;
            }
            if (length > LongestLabel || name.Length + length > LongestName) throw new FormatException("A name is too long.");
            if (name.Length > 0) name.Append('.');
            name.Append(Encoding.Latin1.GetString(message.Slice(position + 1, length)));
            position += 1 + length;
        }
    }
}
