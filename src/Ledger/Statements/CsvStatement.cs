using System.Globalization;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Ledger;

/// <summary>A statement as a table for programs that calculate: RFC 4180, UTF-8, amounts in major units with a point.</summary>
internal static class CsvStatement
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static string Write(Statement statement)
    {
        var text = new StringBuilder("effective_at,recorded_at,description,amount,balance,currency,transfer,key,cause\r\n");
        var currency = statement.Account.Currency;
        Row(text, Time(statement.From), "", "Opening balance", "", Amount(statement.OpeningMinor, currency), currency.Code, "", "", "");
        foreach (var line in statement.Lines)
            Row(text, Time(line.EffectiveAt), Time(line.RecordedAt), line.Description, Amount(line.AmountMinor, currency), Amount(line.BalanceMinor, currency), currency.Code, line.Transfer.ToString(), line.Key, line.Cause ?? "");
        Row(text, Time(statement.To), "", "Closing balance", "", Amount(statement.ClosingMinor, currency), currency.Code, "", "", "");
        return text.ToString();
    }

    /// <summary>A field. A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers never look like one to it.</summary>
    internal static string Field(string value)
    {
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _)) value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    internal static string Amount(long minor, Currency currency) => new Money(minor, currency).ToString().Split(' ')[0];

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static void Row(StringBuilder text, params string[] fields) => text.AppendJoin(',', fields.Select(Field)).Append("\r\n");
}
