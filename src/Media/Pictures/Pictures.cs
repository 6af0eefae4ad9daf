using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;
using Rialto.Kernel;

namespace Rialto.Media;

/// <inheritdoc/>
internal sealed class Pictures(IWorkshop workshop, ContentCache cache) : IPictures
{
    private const int LargestBytes = 32 * 1024 * 1024;
    private const long LargestPixels = 64L * 1024 * 1024;

    /// <summary>Decoded pictures are large; more at once than cores only costs memory.</summary>
    private readonly SemaphoreSlim turns = new(Math.Clamp(Environment.ProcessorCount, 2, 6));
    private readonly ConcurrentDictionary<string, Lazy<Task<(PictureAnswer, ReadOnlyMemory<byte>)>>> working = new();

    public async Task<ConvertedPicture> ConvertAsync(ReadOnlyMemory<byte> original, PictureRequest? request = null, CancellationToken cancel = default)
    {
        request ??= new();
        if (original.Length > LargestBytes) throw TooLarge("32 MB");
        var header = ImageHeader.Read(original.Span) ?? throw new Refusal("picture.unreadable", "The file is not a PNG, JPEG, GIF, WebP, AVIF or SVG picture, or it is cut off.");
        if ((long)header.Width * header.Height > LargestPixels) throw TooLarge("64 megapixels");
        if (header.Kind == ImageKind.Svg) return Vector(original);
        var widths = request.Widths.Where(width => width is > 0 and <= 8192).Distinct().Order().ToArray();
        if (widths.Length == 0) widths = [1440];
        var key = ContentCache.Key("picture", $"{string.Join(',', widths)} {request.Avif}", original.Span);
        // The same picture asked for twice at once is converted once.
        var job = working.GetOrAdd(key, _ => new(() => AnswerAsync(key, new(widths, request.Avif), original)));
        try
        {
            var (answer, bytes) = await job.Value.WaitAsync(cancel);
            return Assemble(answer, bytes, original);
        }
        finally { working.TryRemove(key, out _); }
    }

    private async Task<(PictureAnswer, ReadOnlyMemory<byte>)> AnswerAsync(string key, PictureCall call, ReadOnlyMemory<byte> original)
    {
        if (cache.Read(key) is { } kept && Unpack(kept) is { } known) return known;
        await turns.WaitAsync();
        try
        {
            var answer = await workshop.CallAsync("picture", call, WorkshopJson.Default.PictureCall, WorkshopJson.Default.PictureAnswer, original);
            cache.Write(key, Pack(answer.Value, answer.Bytes));
            return (answer.Value, answer.Bytes);
        }
        finally { turns.Release(); }
    }

    private static ConvertedPicture Vector(ReadOnlyMemory<byte> original)
    {
        var svg = Svg.Sanitise(original.Span);
        return new()
        {
            Width = svg.Width == 0 ? null : svg.Width, Height = svg.Height == 0 ? null : svg.Height,
            Fallback = new("image/svg+xml", ".svg", svg.Width, svg.Height, svg.Bytes), Sources = [],
        };
    }

    private static ConvertedPicture Assemble(PictureAnswer answer, ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte> original)
    {
        var files = answer.Files.Select(file => new PictureFile(file.Type, Extension(file.Type), file.Width, file.Height, bytes.Slice(file.At, file.Length))).ToList();
        // An animation keeps its own file for old browsers: no encoding of ours would be smaller and still move.
        var fallback = answer.Animated
            ? new PictureFile(answer.Format, Extension(answer.Format), answer.Width, answer.Height, original)
            : files.First(file => file.MediaType is "image/png" or "image/jpeg");
        var sources = files.Where(file => file != fallback).OrderBy(file => file.MediaType == "image/avif" ? 0 : 1).ThenBy(file => file.Width);
        return new() { Width = answer.Width, Height = answer.Height, Animated = answer.Animated, Fallback = fallback, Sources = [.. sources] };
    }

    private static string Extension(string type) => type switch { "image/jpeg" => ".jpg", _ => "." + type["image/".Length..] };

    private static byte[] Pack(PictureAnswer answer, ReadOnlyMemory<byte> bytes)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, WorkshopJson.Default.PictureAnswer);
        var packed = new byte[4 + json.Length + bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(packed, json.Length);
        json.CopyTo(packed, 4);
        bytes.CopyTo(packed.AsMemory(4 + json.Length));
        return packed;
    }

    private static (PictureAnswer, ReadOnlyMemory<byte>)? Unpack(byte[] packed)
    {
        try
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(packed);
            var answer = JsonSerializer.Deserialize(packed.AsSpan(4, length), WorkshopJson.Default.PictureAnswer);
            return answer is null ? null : (answer, packed.AsMemory(4 + length));
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException) { return null; }
    }

    private static Refusal TooLarge(string limit) => new("picture.too_large", $"The picture is too large (limit: {limit}); make it smaller.", 413) { Details = new Dictionary<string, string> { ["limit"] = limit } };
}
