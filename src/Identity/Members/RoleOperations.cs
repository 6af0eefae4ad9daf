using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>The roles of an organisation: those every organisation has, and those it makes of permissions.</summary>
internal static class RoleOperations
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/roles", List).As(new Operation("identity.list_roles", "identity.read", "Lists the roles with their permissions, and all permissions a role can be made of."));
        routes.MapPut("/api/v1/identity/roles/{name}", Set).As(new Operation("identity.set_role", MemberOperations.Manage, "Makes a role of permissions, or changes one of the organisation's own.")
        {
            Changes = true, NeedsConfirmation = true, Example = """{"permissions":["publishing.read","publishing.write"]}""",
            Refusals = [new RefusalNote("identity.role_fixed", 409, "this role is the same in every organisation"), new RefusalNote("identity.role_invalid", 400, "the name has a wrong form"), new RefusalNote("identity.permission_unknown", 422, "no operation asks for it"),
                new RefusalNote("identity.scope_not_held", 403, "one may not do it oneself")],
        });
        routes.MapDelete("/api/v1/identity/roles/{name}", Drop).As(new Operation("identity.drop_role", MemberOperations.Manage, "Takes one of the organisation's own roles away when nobody has it.")
        {
            Changes = true, NeedsConfirmation = true, Refusals = [new RefusalNote("identity.role_unknown", 404, "the organisation has made no such role"), new RefusalNote("identity.role_in_use", 409, "somebody has it")],
        });
    }

    private static async Task<Ok<RoleList>> List(TenantSession session, OperationCatalogue catalogue, CancellationToken cancel)
    {
        var own = await session.Connection.QueryAsync<(string Name, string[] Permissions)>(AccountStore.Command("select name, permissions from identity.roles where tenant_id = kernel.current_tenant() order by name limit 500", null, cancel));
        return TypedResults.Ok(new RoleList
        {
            Items = [.. Roles.All.Select(name => new RoleInfo { Name = name, IsFixed = true, Permissions = [.. Roles.PermissionsOf(name, catalogue.Permissions).Order(StringComparer.Ordinal)] }),
                .. own.Select(role => new RoleInfo { Name = role.Name, IsFixed = false, Permissions = role.Permissions })],
            Permissions = catalogue.Permissions,
        });
    }

    private static async Task<NoContent> Set(string name, SetRole request, Caller caller, TenantSession session, OperationCatalogue catalogue, CancellationToken cancel)
    {
        if (Roles.All.Contains(name) || name == "agent") throw new Refusal("identity.role_fixed", "This role is the same in every organisation; choose another name.", 409);
        if (name.Length is < 2 or > 40 || !char.IsAsciiLetterLower(name[0]) || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_'))
            throw new Refusal("identity.role_invalid", "A role is called by 2 to 40 lower-case letters, digits, hyphens and underscores.", 400);
        if (request.Permissions.FirstOrDefault(one => !catalogue.Permissions.Contains(one)) is { } unknown) throw new Refusal("identity.permission_unknown", $"No operation asks for {unknown}; identity.list_roles has all that there are.", 422);
        if (request.Permissions.FirstOrDefault(one => !Scopes.IsHeld(caller, one)) is { } missing) throw new Refusal("identity.scope_not_held", $"You may not do {missing} yourself, so you cannot put it into a role.", 403);
        await session.Connection.ExecuteAsync(AccountStore.Command(
            "insert into identity.roles (name, permissions) values (@name, @permissions) on conflict (tenant_id, name) do update set permissions = excluded.permissions", new { name, permissions = request.Permissions.Distinct().Order(StringComparer.Ordinal).ToArray() }, cancel));
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> Drop(string name, TenantSession session, CancellationToken cancel)
    {
        if (await session.Connection.ExecuteScalarAsync<bool>(AccountStore.Command("select exists (select from identity.members where tenant_id = kernel.current_tenant() and role = @name)", new { name }, cancel)))
            throw new Refusal("identity.role_in_use", "Somebody has this role; give them another one first.", 409);
        return await session.Connection.ExecuteAsync(AccountStore.Command("delete from identity.roles where tenant_id = kernel.current_tenant() and name = @name", new { name }, cancel)) == 1
            ? TypedResults.NoContent() : throw new Refusal("identity.role_unknown", "The organisation has made no such role.", 404);
    }
}

/// <summary>What a role may do.</summary>
internal sealed record SetRole
{
    [Required, MinLength(1), MaxLength(200)]
    public required IReadOnlyList<string> Permissions { get; init; }
}

/// <summary>Roles, and what they can be made of.</summary>
internal sealed record RoleList
{
    public required IReadOnlyList<RoleInfo> Items { get; init; }

    /// <summary>Every permission some operation asks for.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
}

/// <summary>A role.</summary>
internal sealed record RoleInfo
{
    public required string Name { get; init; }

    /// <summary>The same in every organisation.</summary>
    public required bool IsFixed { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }
}
