using Microsoft.AspNetCore.Http;

namespace Rialto.Kernel;

/// <summary>The last step of the pipeline: what each operation leaves in the audit log.</summary>
internal static class OperationAudit
{
    /// <summary>A change that is about to be committed; about the new thing when the answer names one.</summary>
    public static Task ChangedAsync(AuditLog log, HttpContext http, Caller caller, TenantSession session, Operation operation, BufferedAnswer answer) =>
        log.RecordAsync(session, Note(AuditKind.Change, http, caller, operation, answer.Location ?? http.Request.Path.Value ?? ""), http.RequestAborted);

    /// <summary>A look at personal data. Committed by itself before the first byte of the answer leaves.</summary>
    public static Task LookedAtAsync(AuditLog log, HttpContext http, Caller caller, Operation operation, Database database) =>
        RecordAloneAsync(log, http, caller, operation, database, AuditKind.Access, http.Request.Path + http.Request.QueryString);

    /// <summary>Somebody known tried what they may not do.</summary>
    public static Task DeniedAsync(AuditLog log, HttpContext http, Caller caller, Operation operation, Database database) =>
        RecordAloneAsync(log, http, caller, operation, database, AuditKind.Denied, http.Request.Path.Value ?? "");

    private static async Task RecordAloneAsync(AuditLog log, HttpContext http, Caller caller, Operation operation, Database database, string kind, string subject)
    {
        await using var session = await database.BeginAsync(caller.Tenant, http.RequestAborted);
        session.Actor = caller.Subject;
        await log.RecordAsync(session, Note(kind, http, caller, operation, subject), http.RequestAborted);
        await session.CommitAsync(http.RequestAborted);
    }

    private static AuditNote Note(string kind, HttpContext http, Caller caller, Operation operation, string subject) =>
        new(kind, operation.Name, subject) { OnBehalfOf = caller.OnBehalfOf, Origin = AuditLog.OriginOf(http) };
}
