using System.Xml;
using System.Xml.Linq;

namespace Rialto.Analysis;

/// <summary>Reads XML without document types, outside references or unbounded text; names are compared without namespaces.</summary>
internal static class XmlReading
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 4_000_000 };

    /// <summary>The root element with line information, or null when it is not XML.</summary>
    public static XElement? Read(string text)
    {
        if (text.Length > 4_000_000 || DeepestNesting(text) > 512) return null;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart()), Settings);
            return XElement.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException) { return null; }
    }

    public static int Line(this XElement element) => ((IXmlLineInfo)element).LineNumber;

    public static XElement? Child(this XElement? element, string name) => element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    public static IEnumerable<XElement> Children(this XElement? element, string name) => element?.Elements().Where(child => child.Name.LocalName == name) ?? [];

    public static IEnumerable<XElement> All(this XElement element, string name) => element.Descendants().Where(child => child.Name.LocalName == name);

    public static string? ChildText(this XElement? element, string name) => element.Child(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>An upper bound of the depth, so that a hostile file never reaches a recursive reader.</summary>
    private static int DeepestNesting(string text)
    {
        int depth = 0, deepest = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] == '<' && text[i + 1] == '/') depth--;
            else if (text[i] == '<' && char.IsLetter(text[i + 1])) deepest = Math.Max(deepest, ++depth);
            else if (text[i] == '/' && text[i + 1] == '>') depth--;
        }
        return deepest;
    }
}
