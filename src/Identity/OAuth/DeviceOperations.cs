using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>The person's side of letting in a program without a browser.</summary>
internal static class DeviceOperations
{
    private static readonly RefusalNote Unknown = new("identity.device_code_unknown", 404, "no program waits with this code");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/devices/{code}", Look).As(new Operation("identity.look_at_device", "identity.self", "Tells which program shows this code, and what it asks for.")
        {
            // A code is short: whoever tries many is stopped long before they find one.
            MostPerMinute = 20, Refusals = [Unknown],
        });
        routes.MapPost("/api/v1/identity/devices/{code}", Decide).As(new Operation("identity.answer_device", "identity.self", "Lets in the program that shows this code, or refuses it.")
        {
            Changes = true, MostPerMinute = 20, Refusals = [Unknown], Example = """{"allow":true}""",
        });
    }

    private static async Task<Ok<DeviceQuestion>> Look(string code, Caller caller, TenantSession session, TimeProvider clock, CancellationToken cancel)
    {
        var waiting = await session.AcrossAsync(TenantId.Platform, platform => FindAsync(platform, code, clock, cancel), cancel);
        return TypedResults.Ok(new DeviceQuestion(waiting.Name, [.. waiting.Scopes.Where(scope => Scopes.IsHeld(caller, scope))], [.. waiting.Scopes.Where(scope => !Scopes.IsHeld(caller, scope))]));
    }

    private static async Task<NoContent> Decide(string code, AnswerDevice request, Caller caller, TenantSession session, TimeProvider clock, CancellationToken cancel)
    {
        var account = Account.Of(caller) ?? throw new Refusal("identity.not_a_person", "Only somebody who is signed in can let programs in; a key has no account.", 403);
        await session.AcrossAsync(TenantId.Platform, async platform =>
        {
            var waiting = await FindAsync(platform, code, clock, cancel);
            var given = waiting.Scopes.Where(scope => Scopes.IsHeld(caller, scope)).ToArray();
            return await platform.Connection.ExecuteAsync(new CommandDefinition(
                """
                update identity.device_grants set state = @state, organisation_id = @organisation, account_id = @account, subject = @Subject, scopes = @given
                where tenant_id = kernel.current_tenant() and user_code = @typed and state = 'pending'
                """,
                new { state = request.Allow && given.Length > 0 ? "approved" : "denied", organisation = session.Tenant.Value, account, caller.Subject, given, typed = DeviceGrants.Normal(code) }, cancellationToken: cancel));
        }, cancel);
        return TypedResults.NoContent();
    }

    private static async Task<Waiting> FindAsync(TenantSession platform, string code, TimeProvider clock, CancellationToken cancel) =>
        await platform.Connection.QuerySingleOrDefaultAsync<Waiting>(new CommandDefinition(
            """
            select a.name, d.scopes from identity.device_grants d join identity.apps a on a.tenant_id = d.tenant_id and a.id = d.app_id and a.deleted_at is null
            where d.tenant_id = kernel.current_tenant() and d.user_code = @typed and d.state = 'pending' and d.expires_at > @now
            """, new { typed = DeviceGrants.Normal(code), now = clock.GetUtcNow() }, cancellationToken: cancel))
        ?? throw new Refusal("identity.device_code_unknown", "No program waits with this code; look at the code again, or begin again there.", 404);

    private sealed class Waiting
    {
        public required string Name { get; init; }

        public required string[] Scopes { get; init; }
    }
}

/// <summary>The person's answer.</summary>
internal sealed record AnswerDevice
{
    /// <summary>True to let it in.</summary>
    [Required]
    public required bool Allow { get; init; }
}
