using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rialto.Kernel;

/// <summary>One frame between the workshop and us: <c>RWS1</c>, length of the header, length of the bytes (32 bits, little-endian), header (JSON), bytes.</summary>
internal static class Frame
{
    private const int PrefixBytes = 12;

    /// <summary>No honest answer is larger; what claims to be is garbage.</summary>
    private const int LargestBytes = 256 * 1024 * 1024;

    private static ReadOnlySpan<byte> Magic => "RWS1"u8;

    /// <summary>Writes a call, whole: prefix, header and bytes.</summary>
    public static ReadOnlyMemory<byte> Call<T>(int id, string method, T request, JsonTypeInfo<T> type, ReadOnlyMemory<byte> bytes)
    {
        var frame = new ArrayBufferWriter<byte>(1024 + bytes.Length);
        frame.GetSpan(PrefixBytes)[..PrefixBytes].Clear();
        frame.Advance(PrefixBytes);
        using (var json = new Utf8JsonWriter(frame))
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("method", method);
            json.WritePropertyName("body");
            JsonSerializer.Serialize(json, request, type);
            json.WriteEndObject();
        }
        var headerLength = frame.WrittenCount - PrefixBytes;
        frame.Write(bytes.Span);
        var whole = System.Runtime.InteropServices.MemoryMarshal.AsMemory(frame.WrittenMemory);
        Magic.CopyTo(whole.Span);
        BinaryPrimitives.WriteInt32LittleEndian(whole.Span[4..], headerLength);
        BinaryPrimitives.WriteInt32LittleEndian(whole.Span[8..], bytes.Length);
        return whole;
    }

    /// <summary>Reads the next frame; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">What comes is not a frame.</exception>
    public static async Task<Incoming?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var prefix = new byte[PrefixBytes];
        if (await stream.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false, cancel) < PrefixBytes) return null;
        if (!prefix.AsSpan(0, 4).SequenceEqual(Magic)) throw new InvalidDataException($"Not a frame: \"{Encoding.Latin1.GetString(prefix)}\".");
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(4)), bytesLength = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(8));
        if (headerLength is < 2 or > LargestBytes || bytesLength is < 0 or > LargestBytes) throw new InvalidDataException("The frame claims an impossible size.");
        var header = new byte[headerLength];
        var bytes = bytesLength == 0 ? [] : new byte[bytesLength];
        await stream.ReadExactlyAsync(header, cancel);
        await stream.ReadExactlyAsync(bytes, cancel);
        try { return new(JsonDocument.Parse(header), bytes); }
        catch (JsonException e) { throw new InvalidDataException("The frame's header is not JSON.", e); }
    }

    /// <param name="Header">The header; owned by the receiver.</param>
    /// <param name="Bytes">The attachment.</param>
    public sealed record Incoming(JsonDocument Header, byte[] Bytes);
}
