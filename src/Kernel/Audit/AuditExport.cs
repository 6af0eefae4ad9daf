using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>The log as a file: JSON lines, or CSV (RFC 4180) that a spreadsheet may open without running anything.</summary>
internal static class AuditExport
{
    private const int FlushBytes = 32 * 1024;

    public static async Task WriteAsync(HttpResponse answer, IAsyncEnumerable<AuditRow> rows, Caller caller, bool isCsv, CancellationToken cancel)
    {
        answer.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
        answer.Headers.ContentDisposition = $"attachment; filename=\"audit.{(isCsv ? "csv" : "jsonl")}\"";
        var text = new StringBuilder(isCsv ? "id,at,kind,actor,onBehalfOf,operation,subject,changes,origin,trace\r\n" : "");
        await foreach (var row in rows.WithCancellation(cancel))
        {
            var entry = AuditEntry.Of(row, caller);
            if (isCsv) Csv(text, entry);
            else text.Append(JsonSerializer.Serialize(entry, KernelJson.Default.AuditEntry)).Append('\n');
            if (text.Length > FlushBytes) await FlushAsync();
        }
        await FlushAsync();

        async Task FlushAsync()
        {
            await answer.WriteAsync(text.ToString(), cancel);
            text.Clear();
        }
    }

    private static void Csv(StringBuilder text, AuditEntry entry)
    {
        string?[] fields =
        [
            entry.Id.ToString(), entry.At.ToString("O", CultureInfo.InvariantCulture), entry.Kind, entry.Actor, entry.OnBehalfOf, entry.Operation, entry.Subject, entry.Changes?.ToJsonString(), entry.Origin, entry.Trace,
        ];
        text.AppendJoin(',', fields.Select(Field)).Append("\r\n");
    }

    // A field that begins like a formula would be run by a spreadsheet.
    internal static string Field(string? value)
    {
        if (value is not { Length: > 0 }) return "";
        if (value[0] is '=' or '+' or '-' or '@' or '\t' or '\r') value = "'" + value;
        return value.AsSpan().IndexOfAny("\",\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
