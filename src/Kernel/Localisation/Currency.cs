using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Kernel;

/// <summary>A currency of ISO 4217, or the ducat. Amounts are whole numbers of its minor unit. In JSON it is its code.</summary>
/// <param name="Code">Three capital letters: <c>EUR</c>.</param>
/// <param name="Exponent">Decimal places of its minor unit: 0, 2, 3 or 4.</param>
[JsonConverter(typeof(CurrencyJson))]
public sealed record Currency(string Code, int Exponent)
{
    internal const string DucatSign = "Đ";

    // ISO 4217 list one, of 2025. Funds codes are in it; precious metals and test codes, which have no minor unit, are not.
    private const string Two = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK
        DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD
        LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
        SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
        """;

    private const string Zero = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", Three = "BHD IQD JOD KWD LYD OMR TND", Four = "CLF UYW";

    private static readonly FrozenDictionary<string, Currency> ByCode =
        new[] { (Two, 2), (Zero, 0), (Three, 3), (Four, 4), ("DUC", 2) }
            .SelectMany(group => group.Item1.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(code => new Currency(code, group.Item2)))
            .ToFrozenDictionary(currency => currency.Code);

    private static readonly FrozenDictionary<string, string> Common = new Dictionary<string, string>
    {
        ["AUD"] = "AU$", ["BRL"] = "R$", ["CAD"] = "CA$", ["CNY"] = "CN¥", ["HKD"] = "HK$", ["ILS"] = "₪", ["INR"] = "₹", ["KRW"] = "₩", ["MXN"] = "MX$", ["NZD"] = "NZ$",
        ["TWD"] = "NT$", ["XAF"] = "FCFA", ["XCD"] = "EC$", ["XOF"] = "F\u202fCFA", ["XPF"] = "CFPF",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> English = new Dictionary<string, string> { ["AUD"] = "A$", ["GBP"] = "£", ["JPY"] = "¥", ["PHP"] = "₱", ["USD"] = "$" }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> German = new Dictionary<string, string> { ["GBP"] = "£", ["JPY"] = "¥", ["USD"] = "$" }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Arabic = new Dictionary<string, string>
    {
        ["AED"] = "د.إ.\u200f", ["BHD"] = "د.ب.\u200f", ["DZD"] = "د.ج.\u200f", ["EGP"] = "ج.م.\u200f", ["GBP"] = "UK£", ["IQD"] = "د.ع.\u200f", ["JOD"] = "د.أ.\u200f", ["JPY"] = "JP¥",
        ["KWD"] = "د.ك.\u200f", ["LBP"] = "ل.ل.\u200f", ["LYD"] = "د.ل.\u200f", ["MAD"] = "د.م.\u200f", ["OMR"] = "ر.ع.\u200f", ["QAR"] = "ر.ق.\u200f", ["SAR"] = "ر.س.\u200f", ["SDG"] = "ج.س.",
        ["SYP"] = "ل.س.\u200f", ["TND"] = "د.ت.\u200f", ["USD"] = "US$", ["YER"] = "ر.ي.\u200f",
    }.ToFrozenDictionary();

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyList<Currency> All { get; } = [.. ByCode.Values.OrderBy(currency => currency.Code, StringComparer.Ordinal)];

    /// <summary>The money of the house: exponent 2, written with Đ.</summary>
    public static Currency Ducat { get; } = ByCode["DUC"];

    /// <summary>The dollar of the United States.</summary>
    public static Currency Usd { get; } = ByCode["USD"];

    /// <summary>The euro.</summary>
    public static Currency Eur { get; } = ByCode["EUR"];

    /// <summary>Minor units in one major unit: 1, 100, 1,000 or 10,000.</summary>
    public long MinorPerMajor => Exponent switch { 0 => 1, 2 => 100, 3 => 1_000, _ => 10_000 };

    /// <summary>The currency called <paramref name="code"/>; capital letters.</summary>
    /// <exception cref="Refusal"><c>currency.unknown</c>.</exception>
    public static Currency Find(string code) => ByCode.GetValueOrDefault(code)
        ?? throw new Refusal("currency.unknown", "This is no currency we know; use a code of ISO 4217 in capital letters, or DUC.", 422);

    /// <summary>The currency called <paramref name="code"/>; false when there is none.</summary>
    public static bool TryFind(string code, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Currency? currency) => ByCode.TryGetValue(code, out currency);

    /// <summary>Its sign among readers of <paramref name="language"/>, its code where they use none.</summary>
    internal string Sign(Language language) => Code switch
    {
        "DUC" => DucatSign,
        "EUR" => "€",
        "VND" => "₫",
        _ => language.Code switch
        {
            "es" => Code switch { "USD" => "US$", "XPF" => "CFPF", _ => Code },
            "de" => German.GetValueOrDefault(Code) ?? Common.GetValueOrDefault(Code, Code),
            "ar" => Arabic.GetValueOrDefault(Code) ?? Common.GetValueOrDefault(Code, Code),
            _ => English.GetValueOrDefault(Code) ?? Common.GetValueOrDefault(Code, Code),
        },
    };
}

/// <summary>A currency is written as its code.</summary>
public sealed class CurrencyJson : JsonConverter<Currency>
{
    /// <inheritdoc/>
    public override Currency Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Currency.TryFind(reader.GetString()!, out var found) ? found : throw new JsonException("A currency is three capital letters of ISO 4217, or DUC");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}
