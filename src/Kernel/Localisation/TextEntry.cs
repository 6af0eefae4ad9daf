using System.Text.Json;

namespace Rialto.Kernel;

/// <summary>One text in one language: a sentence, or one for each form of a number.</summary>
internal sealed class TextEntry
{
    /// <summary>The number that decides when a text does not say otherwise by <c>"by"</c>.</summary>
    public const string UsualCount = "count";

    private readonly TextTemplate? only;
    private readonly Dictionary<PluralForm, TextTemplate> forms = [];
    private readonly Dictionary<decimal, TextTemplate> exact = [];

    private TextEntry(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            only = TextTemplate.Parse(element.GetString()!);
            return;
        }
        foreach (var field in element.EnumerateObject())
        {
            var words = field.Value.GetString() ?? throw new FormatException($"{field.Name} is no text");
            if (field.Name == "by") By = words;
            else if (field.Name.StartsWith('=')) exact[decimal.Parse(field.Name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)] = TextTemplate.Parse(words);
            else if (Enum.TryParse<PluralForm>(field.Name, ignoreCase: true, out var form)) forms[form] = TextTemplate.Parse(words);
            else throw new FormatException($"{field.Name} is no form of a number; use zero, one, two, few, many, other or =0");
        }
        if (!forms.ContainsKey(PluralForm.Other)) throw new FormatException("the form other is missing");
    }

    /// <summary>Name of the number that decides.</summary>
    public string By { get; } = UsualCount;

    /// <summary>True when a number decides.</summary>
    public bool HasForms => only is null;

    /// <summary>Its forms; empty for a plain sentence.</summary>
    public IReadOnlyCollection<PluralForm> Forms => forms.Keys;

    /// <summary>All names it uses, the deciding number among them.</summary>
    public IReadOnlySet<string> Places =>
        (only is not null ? only.Places : forms.Values.Concat(exact.Values).SelectMany(template => template.Places).Append(By)).ToHashSet(StringComparer.Ordinal);

    /// <exception cref="FormatException">It is no text.</exception>
    public static TextEntry Parse(JsonElement element) => element.ValueKind is JsonValueKind.String or JsonValueKind.Object ? new(element) : throw new FormatException("a text is a string or an object of forms");

    /// <summary>The sentence for <paramref name="count"/>.</summary>
    public TextTemplate Choose(Language language, Func<decimal> count)
    {
        if (only is not null) return only;
        var number = count();
        return exact.GetValueOrDefault(number) ?? forms.GetValueOrDefault(Plurals.Of(language, number)) ?? forms[PluralForm.Other];
    }
}
