using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Rialto.Kernel;

/// <summary>The audit log as operations: search, one row, export, proofs.</summary>
internal static class AuditOperations
{
    private const int UsualLimit = 50;
    private const string Order = "audit";
    private static readonly RefusalNote NotFound = new("audit.not_found", 404, "there is no such row");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/audit", Search).As(new Operation("audit.search", "audit.read", "Lists who did what, newest first; personal data is masked without personal.read.") { ReadsPersonalData = true });
        routes.MapGet("/api/v1/audit/export", Export).As(new Operation("audit.export", "audit.export", "Sends the whole log, or what is searched for, as JSON lines or CSV.")
        {
            ReadsPersonalData = true, TimeoutSeconds = 3600, Refusals = [new RefusalNote("audit.format_unknown", 400, "the format is neither jsonl nor csv")],
        });
        routes.MapGet("/api/v1/audit/checkpoint", Signed).As(new Operation("audit.checkpoint", "audit.prove", "Shows the newest signed checkpoint of the log and the key that signed it; keep it to prove later what was there."));
        routes.MapGet("/api/v1/audit/consistency", Consistency).As(new Operation("audit.consistency", "audit.prove", "Proves that a later tree begins with all rows of an earlier one.")
        {
            Refusals = [new RefusalNote("audit.size_unknown", 400, "the log never had that size")],
        });
        routes.MapGet("/api/v1/audit/{id:guid}", Get).As(new Operation("audit.get", "audit.read", "Shows one row.") { ReadsPersonalData = true, Refusals = [NotFound] });
        routes.MapGet("/api/v1/audit/{id:guid}/proof", Prove).As(new Operation("audit.prove", "audit.prove", "Proves to an outsider that a row stands in the signed log.")
        {
            ReadsPersonalData = true, Refusals = [NotFound, new RefusalNote("audit.not_signed_yet", 409, "no checkpoint covers it yet")],
        });
    }

    private static async Task<Ok<Page<AuditEntry>>> Search([AsParameters] AuditQuery query, string? cursor, int? limit, Caller caller, TenantSession session, CancellationToken cancel)
    {
        var most = Math.Clamp(limit ?? UsualLimit, 1, 200);
        var rows = await AuditSearch.ReadAsync(session, query, Place(cursor), most + 1, cancel);
        var next = rows.Count > most ? PageCursor.Write(Order, rows[most - 1].At.ToString("O", CultureInfo.InvariantCulture), rows[most - 1].Id.ToString()) : null;
        return TypedResults.Ok(new Page<AuditEntry> { Items = [.. rows.Take(most).Select(row => AuditEntry.Of(row, caller))], Next = next });
    }

    private static async Task<Ok<AuditEntry>> Get(Guid id, Caller caller, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(AuditEntry.Of(await AuditSearch.FindAsync(session, id, cancel) ?? throw AuditSearch.NotFound(), caller));

    private static async Task<EmptyHttpResult> Export([AsParameters] AuditQuery query, string? format, HttpContext http, Caller caller, TenantSession session, CancellationToken cancel)
    {
        if (format is not (null or "jsonl" or "csv")) throw new Refusal("audit.format_unknown", "The format is jsonl or csv.", 400);
        await AuditExport.WriteAsync(http.Response, AuditSearch.ReadAllAsync(session, query, cancel), caller, format == "csv", cancel);
        return TypedResults.Empty;
    }

    private static async Task<Ok<SignedCheckpoint>> Signed(TenantSession session, [FromServices] AuditKeys keys, CancellationToken cancel)
    {
        var (size, note) = await new AuditProver(session).SignedAsync(cancel);
        return TypedResults.Ok(new SignedCheckpoint { Size = size, Note = note, PublicKey = note is null ? null : AuditProver.SignerOf(note, keys).ExportSubjectPublicKeyInfoPem() });
    }

    private static async Task<Ok<AuditConsistency>> Consistency(long from, long? to, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await new AuditProver(session).ConsistentAsync(from, to, cancel));

    private static async Task<Ok<AuditProof>> Prove(Guid id, TenantSession session, [FromServices] AuditKeys keys, CancellationToken cancel) =>
        TypedResults.Ok(await new AuditProver(session).ProveAsync(id, keys, cancel));

    private static (DateTime At, Guid Id)? Place(string? cursor)
    {
        if (cursor is null) return null;
        var (at, id) = PageCursor.Read(cursor, Order);
        return DateTime.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) && Guid.TryParse(id, out var row)
            ? (time, row)
            : throw new Refusal("request.cursor_invalid", "The cursor does not belong to this list and order; begin again without it.", 400);
    }
}

/// <summary>The newest checkpoint of an organisation's log.</summary>
internal sealed record SignedCheckpoint
{
    /// <summary>Rows it covers; 0 before the first.</summary>
    public required long Size { get; init; }

    /// <summary>The signed note, in the form of C2SP tlog-checkpoint.</summary>
    public string? Note { get; init; }

    /// <summary>The key that signed it, in PEM.</summary>
    public string? PublicKey { get; init; }
}
