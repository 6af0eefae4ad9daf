using Dapper;
using Rialto.Kernel;

namespace Rialto.Publishing;

/// <summary>A release that is about to exist.</summary>
internal sealed record NewRelease
{
    public Guid Id { get; } = Guid.CreateVersion7();

    public required Guid Site { get; init; }

    public required long Sequence { get; init; }

    public required string Branch { get; init; }

    public required string Commit { get; init; }

    public required string Manifest { get; init; }

    public required int Files { get; init; }

    public required int Pages { get; init; }

    public required long Bytes { get; init; }

    public required string Theme { get; init; }

    /// <summary>The release whose stored copies this one shares; null when it shares none.</summary>
    public Guid? SharesWith { get; init; }

    /// <summary>Writes it into the session. The release it shares with is held until the commit, so that its blobs are still there.</summary>
    /// <exception cref="Refusal"><c>publishing.release_gone</c>, a reason to build again.</exception>
    public async Task InsertAsync(TenantSession session, CancellationToken cancel)
    {
        if (SharesWith is { } shared && await session.Connection.ExecuteScalarAsync<int?>(new CommandDefinition(
            "select 1 from publishing.releases where tenant_id = @tenant and id = @shared for share", new { tenant = session.Tenant.Value, shared }, cancellationToken: cancel)) is null)
            throw new Refusal("publishing.release_gone", "The release this one shares files with was removed meanwhile; it is built again.", 503);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into publishing.releases (id, site_id, sequence, branch, commit, manifest, files, pages, bytes, theme)
            values (@Id, @Site, @Sequence, @Branch, @Commit, @Manifest, @Files, @Pages, @Bytes, @Theme)
            """, this, cancellationToken: cancel));
    }
}
