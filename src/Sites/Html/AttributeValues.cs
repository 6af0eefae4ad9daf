namespace Rialto.Sites;

/// <summary>Values that keep a page valid; others are dropped with their attribute.</summary>
internal static class AttributeValues
{
    public static bool Accepts(string name, string value) => name switch
    {
        "start" or "value" => int.TryParse(value, out _),
        "colspan" or "rowspan" => int.TryParse(value, out var span) && span is >= 1 and <= 1000,
        "scope" => value is "row" or "col" or "rowgroup" or "colgroup",
        "type" => value is "1" or "a" or "A" or "i" or "I",
        "lang" => value.Length is >= 2 and <= 35 && value.All(one => char.IsAsciiLetterOrDigit(one) || one == '-'),
        "datetime" => DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _) && value.All(one => char.IsAsciiDigit(one) || one is '-' or ':' or 'T' or 'Z' or '.' or '+'),
        _ => value.Length <= 2000,
    };
}
