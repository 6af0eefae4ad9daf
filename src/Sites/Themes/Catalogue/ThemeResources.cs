using System.Text;

namespace Rialto.Sites.Themes.Catalogue;

/// <summary>Styles, scripts and fonts as they stand in the assembly, by their path below <c>Themes</c>.</summary>
internal static class ThemeResources
{
    public static string Text(string path) => Encoding.UTF8.GetString(Bytes(path));

    public static byte[] Bytes(string path)
    {
        using var stream = typeof(ThemeResources).Assembly.GetManifestResourceStream("Themes/" + path)
            ?? throw new InvalidOperationException($"The theme file '{path}' is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
