using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Rialto.Kernel;

/// <summary>HTML that goes into a text as it is; only for <see cref="Wording.Html"/>, and only for markup of our own.</summary>
/// <param name="Html">The markup.</param>
public sealed record RawHtml(string Html);

/// <summary>
/// Speaks one language to one reader: texts, numbers, money, dates. Cheap to make. Values put into a text are written in its language by their type;
/// strings of the other direction are isolated, so that a Latin name inside an Arabic sentence disturbs nothing around it.
/// </summary>
public sealed class Wording
{
    private const char Isolate = '\u2068', EndIsolate = '\u2069';
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(new TextEncoderSettings(System.Text.Unicode.UnicodeRanges.All));
    private readonly Texts texts;

    internal Wording(Texts texts, Language language, TimeZoneInfo zone) => (this.texts, Language, Zone) = (texts, language, zone);

    /// <summary>The language.</summary>
    public Language Language { get; }

    /// <summary>Where the reader's clock is.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>A text without places.</summary>
    /// <exception cref="InvalidOperationException">There is no such text, or it has places: a bug.</exception>
    public string this[string key] => Say(key);

    /// <summary>The same reader, other texts.</summary>
    public Wording Of(Texts others) => new(others, Language, Zone);

    /// <summary>A text, with values for its places. Values it has no place for are left out.</summary>
    /// <param name="key">Which text.</param>
    /// <param name="values">Numbers, dates, strings by name. The number <c>count</c> chooses the form where a text has forms.</param>
    /// <exception cref="InvalidOperationException">There is no such text, or a value is missing: a bug.</exception>
    public string Say(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Fill(key, texts.Require(Language, key), values.ToArray(), isHtml: false);

    /// <summary>As <see cref="Say"/>, for HTML: text and values are encoded, strings stand in <c>bdi</c>, and <see cref="RawHtml"/> goes in as it is.</summary>
    /// <exception cref="InvalidOperationException">There is no such text, or a value is missing: a bug.</exception>
    public string Html(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Fill(key, texts.Require(Language, key), values.ToArray(), isHtml: true);

    /// <summary>A text whose key was put together at run time; null when there is none, for a word to fall back on.</summary>
    public string? Find(string key, params ReadOnlySpan<(string Name, object? Value)> values) =>
        texts.Find(Language, key) is { } entry ? Fill(key, entry, values.ToArray(), isHtml: false) : null;

    /// <summary>A refusal's sentence: the text <c>refusal.</c> and its code, with the refusal's details as values; the refusal's own words where there is none.</summary>
    public string Refusal(Refusal refusal)
    {
        var values = refusal.Details.Select(detail => (detail.Key, (object?)detail.Value)).ToArray();
        foreach (var source in new[] { texts, Texts.OfKernel })
            if (source.Entries(Language).GetValueOrDefault("refusal." + refusal.Code) is { HasForms: false } entry && entry.Places.All(refusal.Details.ContainsKey))
                return Fill(refusal.Code, entry, values, isHtml: false);
        return refusal.Message;
    }

    /// <summary>A number with at most <paramref name="mostDecimals"/> decimals, rounded half to even.</summary>
    public string Number(decimal number, int mostDecimals = 3) => NumberWords.Write(Language.Formats, number, 0, mostDecimals);

    /// <summary>A share: 0.256 is 25.6%.</summary>
    public string Percent(decimal ratio, int mostDecimals = 1) => NumberWords.WritePercent(Language.Formats, ratio, mostDecimals);

    /// <summary>Money, from its minor unit.</summary>
    public string Money(long amountMinor, Currency currency) => NumberWords.WriteMoney(Language, amountMinor, currency);

    /// <summary>A size in decimal units: 1,500,000 bytes are 1.5 MB.</summary>
    public string Size(long sizeBytes)
    {
        string[] units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
        decimal size = sizeBytes;
        var unit = 0;
        // 999,950 bytes would be written as 1,000 kB.
        while (Math.Abs(size) >= (unit == 0 ? 1000 : 999.95m) && unit < units.Length - 1) (size, unit) = (size / 1000, unit + 1);
        return Kernel.Say("size." + units[unit], ("count", Math.Round(size, unit == 0 ? 0 : 1, MidpointRounding.ToEven)));
    }

    /// <summary>A day: Mar 5, 2026.</summary>
    public string Date(DateOnly day) => DateWords.Write(Language.Formats, Language.Formats.Date, day.ToDateTime(default));

    /// <summary>The day of a moment on the reader's clock.</summary>
    public string Date(DateTimeOffset moment) => DateWords.Write(Language.Formats, Language.Formats.Date, Local(moment));

    /// <summary>A day with its weekday: Thursday, March 5, 2026.</summary>
    public string LongDate(DateTimeOffset moment) => DateWords.Write(Language.Formats, Language.Formats.LongDate, Local(moment));

    /// <summary>A time of day on the reader's clock, to the minute.</summary>
    public string Time(DateTimeOffset moment) => DateWords.Write(Language.Formats, Language.Formats.Time, Local(moment));

    /// <summary>Day and time.</summary>
    public string DateTime(DateTimeOffset moment) => Date(moment) + Language.Formats.DateTimeJoin + Time(moment);

    /// <summary>How long ago or in how long: "3 minutes ago", "yesterday", "in 2 weeks". Days are counted on the reader's calendar.</summary>
    public string Relative(DateTimeOffset moment, DateTimeOffset now) => RelativeWords.Write(Kernel, moment, now);

    /// <summary>A, B, and C.</summary>
    public string List(IReadOnlyList<string> items)
    {
        var (ofTwo, last) = Language.Formats.And;
        return items.Count switch
        {
            0 => "",
            1 => items[0],
            2 => items[0] + ofTwo + items[1],
            _ => string.Join(Language.Formats.ListJoin, items.Take(items.Count - 1)) + last + items[^1],
        };
    }

    private Wording Kernel => ReferenceEquals(texts, Texts.OfKernel) ? this : Of(Texts.OfKernel);

    internal DateTime Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).DateTime;

    private string Fill(string key, TextEntry entry, (string Name, object? Value)[] values, bool isHtml)
    {
        var template = entry.Choose(Language, () => Count(key, entry.By, values));
        var text = new StringBuilder();
        foreach (var (words, isPlace) in template.Parts)
        {
            if (isPlace) Append(text, Value(key, words, values), isHtml);
            else text.Append(isHtml ? Encoder.Encode(words) : words);
        }
        return text.ToString();
    }

    private void Append(StringBuilder text, object? value, bool isHtml)
    {
        if (value is RawHtml markup) text.Append(isHtml ? markup.Html : throw new InvalidOperationException("RawHtml goes into Html only."));
        else if (Written(value) is { } written) text.Append(isHtml ? Encoder.Encode(written) : written);
        else
        {
            var words = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            if (isHtml) text.Append("<bdi>").Append(Encoder.Encode(words)).Append("</bdi>");
            else if (Language.IsRightToLeft || words.AsSpan().IndexOfAnyInRange('\u0590', '\u08ff') >= 0) text.Append(Isolate).Append(words).Append(EndIsolate);
            else text.Append(words);
        }
    }

    private string? Written(object? value) => value switch
    {
        int or long or short or byte or uint or decimal => Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        double or float => Number((decimal)Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTimeOffset moment => DateTime(moment),
        DateOnly day => Date(day),
        _ => null,
    };

    private static decimal Count(string key, string name, (string Name, object? Value)[] values) => Value(key, name, values) switch
    {
        string => throw NeedsNumber(key, name),
        IConvertible number => number.ToDecimal(CultureInfo.InvariantCulture),
        _ => throw NeedsNumber(key, name),
    };

    private static InvalidOperationException NeedsNumber(string key, string name) => new($"The text {key} needs {name} as a number.");

    private static object? Value(string key, string name, (string Name, object? Value)[] values)
    {
        foreach (var (given, value) in values)
            if (given == name) return value;
        throw new InvalidOperationException($"The text {key} needs a value for {name}.");
    }
}
