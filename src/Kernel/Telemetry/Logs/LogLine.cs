using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Rialto.Kernel;

/// <summary>Writes one entry of the log: a line of JSON for programs, a line of words for a person at a terminal. Everything passes <see cref="LogRedaction"/>.</summary>
internal static class LogLine
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string WriteJson(LogEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("at", entry.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", Word(entry.Level));
            json.WriteString("source", entry.Source);
            if (entry.Name is { Length: > 0 } name) json.WriteString("event", name);
            json.WriteString("message", LogRedaction.Clean(entry.Message));
            if (entry.Trace is { } trace)
            {
                json.WriteString("trace", trace.TraceId.ToHexString());
                json.WriteString("span", trace.SpanId.ToHexString());
            }
            WriteValues(json, entry.Values);
            WriteFailure(json, entry.Failure);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static string WriteText(LogEntry entry)
    {
        var text = new StringBuilder();
        text.Append(entry.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)).Append(' ').Append(Word(entry.Level)).Append(' ').Append(entry.Source).Append(": ").Append(LogRedaction.Clean(entry.Message));
        if (entry.Trace is { } trace) text.Append(" [").Append(trace.TraceId.ToHexString()).Append(']');
        if (entry.Failure is { } failure) text.AppendLine().Append(LogRedaction.Clean(failure.ToString()));
        return text.ToString();
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        var isOpen = false;
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            if (name == "{OriginalFormat}" || !written.Add(name)) continue;
            if (!isOpen) json.WriteStartObject("values");
            isOpen = true;
            if (LogRedaction.IsSecretName(name)) json.WriteString(name, Redaction.Mark);
            else if (value is int or long or short or byte) json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
            else if (value is bool flag) json.WriteBoolean(name, flag);
            else json.WriteString(name, LogRedaction.Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        }
        if (isOpen) json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, Exception? failure)
    {
        if (failure is null) return;
        json.WriteStartObject("error");
        json.WriteString("type", failure.GetType().FullName);
        json.WriteString("message", LogRedaction.Clean(failure.Message));
        json.WriteString("stack", LogRedaction.Clean(failure.ToString()));
        json.WriteEndObject();
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace", LogLevel.Debug => "debug", LogLevel.Information => "info", LogLevel.Warning => "warning", LogLevel.Error => "error", _ => "critical",
    };
}

/// <summary>What is to be written.</summary>
internal sealed record LogEntry(
    DateTime At, LogLevel Level, string Source, string? Name, string Message, ActivityContext? Trace, IReadOnlyList<KeyValuePair<string, object?>> Values, Exception? Failure);
