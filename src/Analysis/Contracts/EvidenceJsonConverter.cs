using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Analysis;

/// <summary>Writes evidence as <c>path:line@commit</c> and reads it back.</summary>
public sealed class EvidenceJsonConverter : JsonConverter<Evidence>
{
    /// <inheritdoc/>
    public override Evidence Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? throw new JsonException("Evidence is a string of the form path:line@commit.");
        var at = text.LastIndexOf('@');
        var colon = at < 0 ? -1 : text.LastIndexOf(':', at);
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1, at - colon - 1), out var line))
            throw new JsonException($"'{text}' is not of the form path:line@commit.");
        return new Evidence(text[..colon], line, text[(at + 1)..]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Evidence value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
