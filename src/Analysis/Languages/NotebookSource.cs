using System.Text.Json;

namespace Rialto.Analysis;

/// <summary>
/// What of a Jupyter notebook a person wrote: the source of its code cells. Outputs and pictures would let one notebook
/// outweigh a whole project, so they do not count.
/// </summary>
internal static class NotebookSource
{
    /// <summary>Bytes (UTF-8) of the code cells' source; 0 when the file is not a notebook.</summary>
    public static long CountBytes(ReadOnlySpan<byte> content)
    {
        try
        {
            if (content.StartsWith("\uFEFF"u8)) content = content[3..];
            var reader = new Utf8JsonReader(content, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            long bytes = 0;
            while (reader.Read())
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("cells"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
                    bytes += Cells(ref reader);
            return bytes;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static long Cells(ref Utf8JsonReader reader)
    {
        long bytes = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject) bytes += Cell(ref reader);
        return bytes;
    }

    private static long Cell(ref Utf8JsonReader reader)
    {
        var isCode = false;
        long source = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("cell_type"u8);
            // Version 3 calls the source of a code cell its input.
            var isSource = reader.ValueTextEquals("source"u8) || reader.ValueTextEquals("input"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String) isCode = reader.ValueTextEquals("code"u8);
            else if (isSource) source += Text(ref reader);
            else reader.Skip();
        }
        return isCode ? source : 0;
    }

    private static long Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String) return Length(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray) { reader.Skip(); return 0; }
        long bytes = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (reader.TokenType == JsonTokenType.String) bytes += Length(ref reader);
            else reader.Skip();
        return bytes;
    }

    private static long Length(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetByteCount(reader.GetString()!) : reader.ValueSpan.Length;
}
