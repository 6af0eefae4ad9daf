using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>
/// A currency of ISO 4217 by its three letters, or <c>DUC</c>, the ducat. It knows how many decimals its minor unit has
/// (0, 2, 3 or 4), so that a number of minor units means one amount only.
/// </summary>
[JsonConverter(typeof(CurrencyJson))]
public readonly record struct Currency
{
    private readonly string? code;

    private Currency(string code, int exponent) => (this.code, Exponent) = (code, exponent);

    /// <summary>The ducat, two decimals.</summary>
    public static Currency Ducat { get; } = Of("DUC");

    /// <summary>The dollar of the United States, two decimals.</summary>
    public static Currency Usd { get; } = Of("USD");

    /// <summary>The euro, two decimals.</summary>
    public static Currency Eur { get; } = Of("EUR");

    /// <summary>Every currency there is, by code.</summary>
    public static IReadOnlyList<Currency> All => [.. IsoCurrencies.Exponents.Order().Select(known => new Currency(known.Key, known.Value))];

    /// <summary>Three capital letters.</summary>
    public string Code => code ?? "XXX";

    /// <summary>Decimals of the minor unit: 0 for yen, 2 for cents, 3 for fils, 4 for the unidad de fomento.</summary>
    public int Exponent { get; }

    /// <summary>Minor units in one major unit: 1, 100, 1,000 or 10,000.</summary>
    public long MinorPerMajor => Exponent switch { 0 => 1, 2 => 100, 3 => 1_000, _ => 10_000 };

    /// <summary>The currency with this code.</summary>
    /// <exception cref="Refusal"><c>ledger.currency_unknown</c>.</exception>
    public static Currency Of(string code) => TryOf(code, out var found)
        ? found
        : throw new Refusal(LedgerRefusals.CurrencyUnknown, $"\"{code}\" is no currency; use three capital letters of ISO 4217, or DUC for ducats.", 422);

    /// <summary>The currency with this code; false when there is none.</summary>
    public static bool TryOf([NotNullWhen(true)] string? code, out Currency currency)
    {
        var isKnown = IsoCurrencies.Exponents.TryGetValue(code ?? "", out var exponent);
        currency = isKnown ? new Currency(code!, exponent) : default;
        return isKnown;
    }

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}

/// <summary>A currency is written as its code.</summary>
internal sealed class CurrencyJson : JsonConverter<Currency>
{
    public override Currency Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Currency.TryOf(reader.GetString(), out var found) ? found : throw new JsonException("A currency is three capital letters of ISO 4217, or DUC");

    public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
}
