using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Portal.Assets;

/// <summary>One file that pages load. Its address holds a hash of its bytes, so browsers keep it for ever.</summary>
/// <param name="Address">Path on the server.</param>
/// <param name="Type">Media type.</param>
/// <param name="Bytes">As it is.</param>
/// <param name="Brotli">Compressed; null where that gains nothing.</param>
internal sealed record AssetFile(string Address, string Type, byte[] Bytes, byte[]? Brotli);

/// <summary>Styles, script and fonts of the portal, from the assembly. Read and compressed with the first page, not at the start.</summary>
public static class PortalFiles
{
    internal const string Folder = "/-/";
    private static readonly Assembly Home = typeof(PortalFiles).Assembly;
    private static readonly Lazy<AssetFile> LoadedText = Lazily("fonts/instrument-sans.woff2"), LoadedTitle = Lazily("fonts/newsreader.woff2"), LoadedCode = Lazily("fonts/jetbrains-mono.woff2"),
        LoadedScript = Lazily("portal.js"), LoadedStyle = new(MakeStyle), LoadedMark = new(MakeMark);

    /// <summary>Address of the stylesheet.</summary>
    public static string Style => LoadedStyle.Value.Address;

    /// <summary>Address of the script.</summary>
    public static string Script => LoadedScript.Value.Address;

    /// <summary>Address of the font of texts.</summary>
    public static string TextFont => LoadedText.Value.Address;

    /// <summary>Address of the picture in the browser's tab.</summary>
    public static string Mark => LoadedMark.Value.Address;

    /// <summary>The file at <paramref name="address"/>; null when there is none.</summary>
    internal static AssetFile? Find(string address) =>
        new[] { LoadedStyle, LoadedScript, LoadedText, LoadedTitle, LoadedCode, LoadedMark }.Select(file => file.Value).FirstOrDefault(file => file.Address == address);

    private static Lazy<AssetFile> Lazily(string name) => new(() => Make(name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..], Read(name)));

    private static AssetFile MakeStyle()
    {
        var style = new StringBuilder();
        foreach (var name in Home.GetManifestResourceNames().Where(name => name.StartsWith("styles/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)) style.Append(Encoding.UTF8.GetString(Read(name)));
        style.Replace("font:text", LoadedText.Value.Address).Replace("font:title", LoadedTitle.Value.Address).Replace("font:code", LoadedCode.Value.Address);
        return Make("portal.css", Encoding.UTF8.GetBytes(style.ToString()));
    }

    private static AssetFile MakeMark() => Make("mark.svg", """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><style>@media(prefers-color-scheme:dark){.b{fill:#ff9a76}.w{stroke:#8fb8cf}}</style><path class="b" fill="#9c2f14" d="M2 15.5 12 6.5l10 9V18h-3.6a6.4 6.4 0 0 0-12.8 0H2z"/><path class="w" fill="none" stroke="#2f6f86" stroke-width="1.8" stroke-linecap="round" d="M2 21.2h20"/></svg>
        """u8.ToArray());

    private static byte[] Read(string name)
    {
        using var stream = Home.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static AssetFile Make(string name, byte[] bytes)
    {
        var dot = name.LastIndexOf('.');
        var address = $"{Folder}{name[..dot]}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}{name[dot..]}";
        var type = name[dot..] switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", ".svg" => "image/svg+xml", _ => "font/woff2" };
        return new AssetFile(address, type, bytes, type == "font/woff2" ? null : Compress(bytes));
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, new BrotliCompressionOptions { Quality = 9 }, leaveOpen: true)) brotli.Write(bytes);
        return packed.ToArray();
    }
}
