namespace Rialto.Media;

/// <summary>Makes the set of icons that browsers, phones and web applications ask for.</summary>
public interface IIcons
{
    /// <summary>
    /// Makes <c>favicon.svg</c>, <c>favicon.ico</c> (16, 32, 48), <c>icon-32.png</c>, <c>apple-touch-icon.png</c> (180), <c>icon-192.png</c>, <c>icon-512.png</c>
    /// and <c>icon-maskable-512.png</c> from the logo, or from the initials of the name. Without the workshop only <c>favicon.svg</c>. Cached by content.
    /// </summary>
    Task<IReadOnlyList<IconFile>> MakeAsync(IconRequest request, CancellationToken cancel = default);
}

/// <summary>What an icon is made of.</summary>
public sealed record IconRequest
{
    /// <summary>Name of the project; its initials are drawn when there is no usable logo.</summary>
    public required string Name { get; init; }

    /// <summary>Accent colour, <c>#rrggbb</c>: ground of the initials and of the maskable icon.</summary>
    public string Accent { get; init; } = "#3b5bdb";

    /// <summary>The logo (PNG, JPEG, WebP, GIF or SVG); ignored when it is unreadable or more than twice as wide as high.</summary>
    public ReadOnlyMemory<byte>? Logo { get; init; }
}

/// <param name="Name">File name at the root of the site.</param>
/// <param name="MediaType">MIME type.</param>
/// <param name="SizePixels">Edge length; 0 for any size (SVG) or several (ICO).</param>
/// <param name="Maskable">Whether it keeps its meaning inside a circle: <c>"purpose": "maskable"</c> of the web manifest.</param>
/// <param name="Bytes">The file.</param>
public sealed record IconFile(string Name, string MediaType, int SizePixels, bool Maskable, ReadOnlyMemory<byte> Bytes);
