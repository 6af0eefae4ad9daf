using System.Buffers;
using System.Text.Json;
using Rialto.Analysis;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary><c>--only</c>: the members of the facts document that are wanted, and the document with nothing else.</summary>
internal static class ChosenFacts
{
    /// <summary>The names, each once.</summary>
    /// <exception cref="Refusal"><c>usage.unknown_fact</c> for a name that no fact has.</exception>
    public static IReadOnlyList<string> Parse(string list)
    {
        var names = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToArray();
        // The facts document describes itself, which takes a while: it is asked only for what Makeup does not know.
        if (names.Length > 0 && names.All(Makeup.Fields.Contains)) return names;
        var known = FactsJson.Default.Facts.Properties.Select(property => property.Name).Where(name => name != "schema").Order(StringComparer.Ordinal).ToArray();
        var stranger = names.FirstOrDefault(name => !known.Contains(name));
        if (names.Length > 0 && stranger is null) return names;
        var advice = stranger is not null && Suggestion.For(stranger, known) is { } near ? $"did you mean {near}?" : $"choose among {string.Join(", ", known)}.";
        throw new Refusal("usage.unknown_fact", stranger is null ? $"--only names no fact; {advice}" : $"There is no fact \"{stranger}\"; {advice}", 400);
    }

    /// <summary>The document with the chosen members only, in its own order.</summary>
    public static string Write(Facts facts, IReadOnlyList<string> chosen, bool indented) => Write(indented, writer =>
    {
        using var whole = JsonSerializer.SerializeToDocument(facts, FactsJson.Default.Facts);
        writer.WriteStartObject();
        foreach (var member in whole.RootElement.EnumerateObject())
            if (member.Name == "schema" || chosen.Contains(member.Name)) member.WriteTo(writer);
        writer.WriteEndObject();
    });

    /// <inheritdoc cref="Write(Facts, IReadOnlyList{string}, bool)"/>
    public static string Write(Makeup makeup, IReadOnlyList<string> chosen, bool indented) => Write(indented, writer => makeup.WriteTo(writer, chosen));

    private static string Write(bool indented, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented })) write(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
