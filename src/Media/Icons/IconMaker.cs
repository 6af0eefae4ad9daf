using System.Buffers.Binary;
using System.Net;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Media;

/// <inheritdoc/>
internal sealed class IconMaker(IWorkshop workshop, ContentCache cache) : IIcons
{
    private static readonly (string Name, int Px, bool Maskable)[] Files =
        [("icon-32.png", 32, false), ("apple-touch-icon.png", 180, false), ("icon-192.png", 192, false), ("icon-512.png", 512, false), ("icon-maskable-512.png", 512, true)];

    private static readonly int[] InIco = [16, 32, 48];

    public async Task<IReadOnlyList<IconFile>> MakeAsync(IconRequest request, CancellationToken cancel = default)
    {
        var accent = CardPalette.Parse(request.Accent) is null ? "#3b5bdb" : request.Accent;
        var logo = request.Logo is { } file ? LogoPicture.Usable(file) : null;
        try { return await FromAsync(logo, request.Name, accent, cancel); }
        catch (Refusal unreadable) when (logo is not null && unreadable.Code is "picture.unreadable" or "workshop.failed") { return await FromAsync(null, request.Name, accent, cancel); }
    }

    private async Task<IReadOnlyList<IconFile>> FromAsync(ReadOnlyMemory<byte>? logo, string name, string accent, CancellationToken cancel)
    {
        var letters = logo is null ? await LettersAsync(Initials.Of(name), cancel) : "";
        var monogram = Encoding.UTF8.GetBytes(Monogram.Svg(letters, accent, round: true));
        var isVector = logo is { } given && ImageHeader.Read(given.Span)?.Kind == ImageKind.Svg;
        var files = new List<IconFile> { new("favicon.svg", "image/svg+xml", 0, false, logo is null ? monogram : isVector ? logo.Value : Embed(logo.Value)) };
        if (!workshop.IsAvailable) return files;
        // Phones cut their own corners: the square and the maskable icon fill their whole edge.
        var square = logo ?? Encoding.UTF8.GetBytes(Monogram.Svg(letters, accent, round: false));
        var small = await RasterAsync(logo ?? monogram, [.. InIco.Concat([32, 192, 512]).Select(px => new RasterSize(px, 0, null))], cancel);
        var large = await RasterAsync(square, logo is null ? [new(180, 0, accent), new(512, 0.1, accent)] : [new(180, 0.1, "#ffffff"), new(512, 0.2, "#ffffff")], cancel);
        files.Insert(1, new("favicon.ico", "image/x-icon", 0, false, Ico(small.Take(InIco.Length).ToArray())));
        IReadOnlyList<byte[]> inOrder = [small[3], large[0], small[4], small[5], large[1]];
        files.AddRange(Files.Select((file, i) => new IconFile(file.Name, "image/png", file.Px, file.Maskable, inOrder[i])));
        return files;
    }

    /// <summary>The initials as outlines, the same on every machine; as text where there is no workshop or no font.</summary>
    private async Task<string> LettersAsync(string initials, CancellationToken cancel)
    {
        if (initials.Length == 0 || !workshop.IsAvailable) return Monogram.Text(initials);
        var request = new TextRequest([new(initials, null, true, 56, [new(Monogram.SizeOf(initials), 1), new(20, 1)])]);
        var answer = await workshop.CallAsync("text", request, WorkshopJson.Default.TextRequest, WorkshopJson.Default.TextAnswer, cancel: cancel);
        return answer.Value.Paragraphs[0] is { Size: > 0, Lines: [var line] } set ? Monogram.Outline(line, set.Size, answer.Value.Glyphs, answer.Bytes.Span) : Monogram.Text(initials);
    }

    private async Task<IReadOnlyList<byte[]>> RasterAsync(ReadOnlyMemory<byte> picture, IReadOnlyList<RasterSize> sizes, CancellationToken cancel)
    {
        var keys = sizes.Select(size => ContentCache.Key("icon", $"{size}", picture.Span)).ToArray();
        if (keys.Select(cache.Read).ToArray() is var kept && kept.All(one => one is not null)) return kept!;
        var answer = await workshop.CallAsync("raster", new RasterRequest(sizes, false), WorkshopJson.Default.RasterRequest, WorkshopJson.Default.RasterAnswer, picture, cancel);
        var files = new List<byte[]>();
        var at = 0;
        foreach (var length in answer.Value.Lengths)
        {
            files.Add(answer.Bytes.Slice(at, length).ToArray());
            cache.Write(keys[files.Count - 1], files[^1]);
            at += length;
        }
        return files;
    }

    /// <summary>A bitmap logo as SVG: browsers that prefer <c>favicon.svg</c> show the logo, not something else.</summary>
    private static byte[] Embed(ReadOnlyMemory<byte> logo)
    {
        var type = ImageHeader.Read(logo.Span)!.Kind switch { ImageKind.Jpeg => "jpeg", ImageKind.Gif => "gif", ImageKind.WebP => "webp", ImageKind.Avif => "avif", _ => "png" };
        return Encoding.UTF8.GetBytes($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><image width="64" height="64" href="data:image/{type};base64,{Convert.ToBase64String(logo.Span)}"/></svg>""");
    }

    /// <summary>An ICO file that holds PNGs (as every browser since 2008 reads them).</summary>
    internal static byte[] Ico(IReadOnlyList<byte[]> pngs)
    {
        var ico = new byte[6 + pngs.Count * 16 + pngs.Sum(png => png.Length)];
        BinaryPrimitives.WriteInt16LittleEndian(ico.AsSpan(2), 1);
        BinaryPrimitives.WriteInt16LittleEndian(ico.AsSpan(4), (short)pngs.Count);
        var at = 6 + pngs.Count * 16;
        for (var i = 0; i < pngs.Count; i++)
        {
            var entry = ico.AsSpan(6 + i * 16, 16);
            var size = ImageHeader.Read(pngs[i])!.Width;
            (entry[0], entry[1]) = ((byte)(size & 255), (byte)(size & 255));
            BinaryPrimitives.WriteInt16LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt16LittleEndian(entry[6..], 32);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], pngs[i].Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[12..], at);
            pngs[i].CopyTo(ico, at);
            at += pngs[i].Length;
        }
        return ico;
    }
}
