using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Rialto.Kernel;

/// <summary>An organisation's encryption keys as operations: look at their versions, rotate them. The keys themselves are never shown.</summary>
internal static class KeyOperations
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/encryption/keys", List).As(new Operation("encryption.list_keys", "encryption.read", "Shows which versions of encryption keys the organisation has, never the keys."));
        routes.MapPost("/api/v1/encryption/rotate", Rotate).As(new Operation("encryption.rotate", "encryption.manage", "Gives the organisation new encryption keys; a job brings older values over while everything goes on.") { Changes = true });
    }

    private static async Task<Ok<KeyVersions>> List(TenantSession session, CancellationToken cancel)
    {
        var tenant = (await session.Connection.QueryAsync<TenantKeyVersion>(new CommandDefinition(
            "select version, root, created_at as \"CreatedAt\" from kernel.tenant_keys where tenant_id = kernel.current_tenant() order by version desc limit 100", cancellationToken: cancel))).AsList();
        var data = (await session.Connection.QueryAsync<DataKeyVersion>(new CommandDefinition(
            """
            select "table" as "Table", version, tenant_key as "TenantKey", created_at as "CreatedAt" from kernel.data_keys where tenant_id = kernel.current_tenant()
            order by "table", version desc limit 1000
            """, cancellationToken: cancel))).AsList();
        return TypedResults.Ok(new KeyVersions { TenantKeys = tenant, DataKeys = data });
    }

    private static async Task<Ok<RotatedKeys>> Rotate(TenantSession session, [FromServices] FieldCipher cipher, CancellationToken cancel) => TypedResults.Ok(await KeyRotation.RotateAsync(session, cipher, cancel));
}

/// <summary>Versions of keys.</summary>
internal sealed record KeyVersions
{
    /// <summary>Keys that wrap, newest first.</summary>
    public required IReadOnlyList<TenantKeyVersion> TenantKeys { get; init; }

    /// <summary>Keys that encrypt, by table, newest first.</summary>
    public required IReadOnlyList<DataKeyVersion> DataKeys { get; init; }
}

/// <summary>A tenant key.</summary>
internal sealed record TenantKeyVersion
{
    /// <summary>Counts rotations.</summary>
    public required int Version { get; init; }

    /// <summary>Fingerprint of the root key that wraps it.</summary>
    public required string Root { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }
}

/// <summary>A data key.</summary>
internal sealed record DataKeyVersion
{
    /// <summary>The table whose values it encrypts.</summary>
    public required string Table { get; init; }

    /// <summary>Counts rotations.</summary>
    public required int Version { get; init; }

    /// <summary>Version of the tenant key that wraps it.</summary>
    public required int TenantKey { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime CreatedAt { get; init; }
}
