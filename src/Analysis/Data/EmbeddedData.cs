using System.Text;

namespace Rialto.Analysis;

/// <summary>The data files compiled into this assembly.</summary>
internal static class EmbeddedData
{
    /// <summary>Opens a data file by its name, such as <c>languages.txt</c>.</summary>
    public static Stream Open(string name) =>
        typeof(EmbeddedData).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The assembly lacks its data file {name}.");

    /// <summary>The lines of a text file, without the empty one at its end.</summary>
    public static string[] Lines(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
