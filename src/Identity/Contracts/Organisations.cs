using Dapper;
using Npgsql;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>An organisation: a tenant with a name.</summary>
public sealed record Organisation
{
    /// <summary>The tenant of all its rows.</summary>
    public required Guid Id { get; init; }

    /// <summary>Short name in addresses and on the command line: lower-case letters, digits and hyphens. Unique.</summary>
    public required string Handle { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>Its tenant.</summary>
    public TenantId Tenant => new(Id);
}

/// <summary>The platform's list of organisations. Not for code that answers one of them: that knows its own tenant and no other.</summary>
public static class Organisations
{
    private const string Columns = "id, handle, name";

    /// <summary>Announced, for the platform, when an organisation was made.</summary>
    public static EventKind<Organisation> Created { get; } = new("identity.organisation_created", IdentityJson.Default.Organisation);

    /// <summary>Makes an organisation.</summary>
    /// <exception cref="Refusal"><c>identity.handle_invalid</c>, <c>identity.handle_taken</c>.</exception>
    public static async Task<Organisation> CreateAsync(Database database, string handle, string name, CancellationToken cancel = default)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        var made = await CreateAsync(session, handle, name, cancel);
        await session.CommitAsync(cancel);
        return made;
    }

    internal static async Task<Organisation> CreateAsync(TenantSession session, string handle, string name, CancellationToken cancel)
    {
        var made = new Organisation { Id = TenantId.New().Value, Handle = handle, Name = name };
        try
        {
            await session.Connection.ExecuteAsync("insert into identity.organisations (id, handle, name) values (@Id, @Handle, @Name)", made);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            throw new Refusal("identity.handle_taken", $"There is an organisation {handle} already; choose another handle.", 409);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.CheckViolation)
        {
            throw new Refusal("identity.handle_invalid", "A handle has 1 to 40 lower-case letters, digits and hyphens, and no hyphen at its ends.", 400);
        }
        await session.AnnounceAsync(Created, made, $"organisation:{made.Id}", cancel);
        return made;
    }

    /// <summary>All of them, oldest first, at most <paramref name="limit"/>.</summary>
    public static async Task<IReadOnlyList<Organisation>> ListAsync(Database database, int limit = 100, CancellationToken cancel = default)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        return [.. await session.Connection.QueryAsync<Organisation>(new CommandDefinition($"select {Columns} from identity.organisations order by id limit @limit", new { limit }, cancellationToken: cancel))];
    }

    /// <summary>The organisation with this handle.</summary>
    /// <exception cref="Refusal"><c>identity.organisation_unknown</c>.</exception>
    public static async Task<Organisation> FindAsync(Database database, string handle, CancellationToken cancel = default)
    {
        await using var session = await database.BeginAsync(TenantId.Platform, cancel);
        return await session.Connection.QuerySingleOrDefaultAsync<Organisation>(
                new CommandDefinition($"select {Columns} from identity.organisations where tenant_id = kernel.current_tenant() and handle = @handle", new { handle }, cancellationToken: cancel))
            ?? throw new Refusal("identity.organisation_unknown", $"There is no organisation {handle}.", 404);
    }
}
