using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Rialto.Kernel;

namespace Rialto.Media;

/// <summary>Rebuilds an SVG from what is allowed. What is not known is dropped, with all it contains.</summary>
internal static partial class SvgSanitiser
{
    private const int MostElements = 50_000, DeepestNesting = 200;

    /// <summary>Elements drawn after every <c>use</c> is unfolded.</summary>
    private const long MostDrawn = 200_000;

    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    public static SanitisedSvg Sanitise(ReadOnlySpan<byte> file)
    {
        if (file.Length > global::Rialto.Media.Svg.LargestBytes) throw TooLarge("4 MB");
        var root = Parse(file);
        if (root.Name.LocalName != "svg") throw Unreadable();
        var elements = 0;
        var clean = Element(root, ref elements) ?? throw Unreadable();
        new Unfolding(clean).Check();
        var output = new MemoryStream();
        using (var writer = XmlWriter.Create(output, new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false) })) clean.Save(writer);
        var bytes = output.ToArray();
        var size = ImageHeader.Read(bytes);
        return new(bytes, size?.Width ?? 0, size?.Height ?? 0);
    }

    private static XElement Parse(ReadOnlySpan<byte> file)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        try
        {
            var bytes = file.ToArray();
            // Looked at once without building anything: depth would otherwise be the depth of our own recursion.
            using (var first = XmlReader.Create(new MemoryStream(bytes), settings))
                while (first.Read()) if (first.Depth > DeepestNesting) throw TooLarge($"{DeepestNesting} levels");
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            return XElement.Load(reader);
        }
        catch (XmlException) { throw Unreadable(); }
    }

    private static XElement? Element(XElement source, ref int elements)
    {
        var name = source.Name.LocalName;
        if (source.Name.Namespace != Namespace && source.Name.Namespace != XNamespace.None) return null;
        if (!SvgAllowed.Elements.Contains(name)) return null;
        if (++elements > MostElements) throw TooLarge($"{MostElements} elements");
        var element = new XElement(Namespace + name);
        foreach (var attribute in source.Attributes()) Attribute(element, attribute);
        // An animation may not turn a harmless attribute into a reference.
        if (name is "animate" or "set" && element.Attribute("attributeName") is null) return null;
        if (element.Attribute("attributeName") is { } target && (!SvgAllowed.Attributes.Contains(target.Value) || target.Value == "style")) return null;
        if (name == "style")
        {
            var css = SvgCss.Clean(source.Value);
            return css.Length == 0 ? null : new XElement(element.Name, element.Attributes(), css);
        }
        if (name is "image" or "use" && element.Attribute("href") is null) return null;
        foreach (var node in source.Nodes())
            if (node is XElement child) { if (Element(child, ref elements) is { } kept) element.Add(kept); }
            else if (node is XText text) element.Add(new XText(text.Value));
        return element;
    }

    private static void Attribute(XElement element, XAttribute attribute)
    {
        var (name, value) = (attribute.Name, attribute.Value);
        if (name.LocalName == "href" && (name.Namespace == XNamespace.None || name.Namespace == XLink))
        {
            var local = SvgCss.IsLocal(value);
            if (local || (element.Name.LocalName == "image" && EmbeddedPicture().IsMatch(value))) element.SetAttributeValue("href", value.Trim());
            return;
        }
        if (name == XNamespace.Xml + "space") { element.SetAttributeValue(name, value == "preserve" ? "preserve" : "default"); return; }
        if (name.Namespace != XNamespace.None || attribute.IsNamespaceDeclaration || !SvgAllowed.Attributes.Contains(name.LocalName)) return;
        var clean = SvgCss.Clean(value);
        if (clean.Length > 0 || value.Length == 0) element.SetAttributeValue(name, clean);
    }

    [GeneratedRegex(@"^\s*data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex EmbeddedPicture();

    private static Refusal Unreadable() => new("picture.unreadable", "The SVG cannot be read; save it again as well-formed SVG.");

    private static Refusal TooLarge(string limit) => new("picture.too_large", $"The SVG is too large (limit: {limit}); simplify it.", 413) { Details = new Dictionary<string, string> { ["limit"] = limit } };

    /// <summary>Counts what would be drawn when every copy is unfolded: ten copies of ten copies of … is a bomb, a copy of itself has no end.</summary>
    private sealed class Unfolding(XElement root)
    {
        private readonly Dictionary<string, XElement> byId = Index(root);
        private readonly Dictionary<XElement, long> known = [];
        private readonly HashSet<XElement> open = [];

        public void Check()
        {
            if (Drawn(root) > MostDrawn) throw TooLarge($"{MostDrawn} drawn elements");
        }

        private long Drawn(XElement element)
        {
            if (known.TryGetValue(element, out var drawn)) return drawn;
            if (open.Count > DeepestNesting * 2 || !open.Add(element)) throw TooLarge("copies of copies without end");
            drawn = 1;
            foreach (var child in element.Elements()) drawn = Math.Min(drawn + Drawn(child), MostDrawn + 1);
            if (element.Name.LocalName is "use" or "pattern" or "mpath" && element.Attribute("href")?.Value is { } reference && byId.TryGetValue(reference.TrimStart('#'), out var target))
                drawn = Math.Min(drawn + Drawn(target), MostDrawn + 1);
            open.Remove(element);
            return known[element] = drawn;
        }

        private static Dictionary<string, XElement> Index(XElement root)
        {
            var index = new Dictionary<string, XElement>(StringComparer.Ordinal);
            foreach (var element in root.DescendantsAndSelf())
                if (element.Attribute("id")?.Value is { } id) index.TryAdd(id, element);
            return index;
        }
    }
}
