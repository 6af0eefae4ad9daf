using System.Text.Json;

namespace Rialto.Analysis;

/// <summary>
/// What a commit is made of and under which terms: two of its facts, found without the others. Holds no word of the repository but the
/// paths of its licence files, so it may be made from a tree that has not been redacted when those paths are redacted afterwards.
/// </summary>
/// <param name="Languages">As in <see cref="Facts.Languages"/>.</param>
/// <param name="Licence">As in <see cref="Facts.Licence"/>.</param>
public sealed record Makeup(IReadOnlyList<LanguageShare> Languages, LicenceFacts? Licence)
{
    /// <summary>The names of these facts in the facts document.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["languages", "licence"];

    /// <summary>
    /// The same members as in the facts document, without the machinery of serialisation, which would cost a command more than finding them.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="fields">Those of <see cref="Fields"/> that are wanted.</param>
    public void WriteTo(Utf8JsonWriter writer, IReadOnlyCollection<string> fields)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", Facts.SchemaName);
        if (fields.Contains("licence") && Licence is { } licence) Write(writer, licence);
        if (fields.Contains("languages")) Write(writer, Languages);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, LicenceFacts licence)
    {
        writer.WriteStartObject("licence");
        writer.WriteString("expression", licence.Expression);
        writer.WriteString("name", licence.Name);
        writer.WriteBoolean("isOsiApproved", licence.IsOsiApproved);
        writer.WriteStartArray("files");
        foreach (var file in licence.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteString("spdx", file.Spdx);
            writer.WriteNumber("confidence", file.Confidence);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("evidence");
        foreach (var place in licence.Evidence) writer.WriteStringValue(place.ToString());
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<LanguageShare> languages)
    {
        writer.WriteStartArray("languages");
        foreach (var language in languages)
        {
            writer.WriteStartObject();
            writer.WriteString("name", language.Name);
            if (language.Color is { } color) writer.WriteString("color", color);
            writer.WriteNumber("bytes", language.Bytes);
            writer.WriteNumber("share", language.Share);
            writer.WriteNumber("files", language.Files);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
