using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Making an organisation: everything it needs, in one operation.</summary>
internal static class OrganisationOperations
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/identity/organisations", Create).As(new Operation("identity.create_organisation", Roles.Self, "Makes an organisation that one owns.")
    {
        Changes = true, OnPlatform = true, MostPerMinute = 10, Example = """{"name":"Analytical Engines","handle":"engines"}""",
        Refusals = [new RefusalNote("identity.not_a_person", 403, "a key has no account"), new RefusalNote("identity.handle_taken", 409, "another organisation has the handle"), new RefusalNote("identity.handle_invalid", 400, "the handle has a wrong form")],
    });

    private static async Task<Created<Organisation>> Create(CreateOrganisation request, Caller caller, TenantSession platform, SessionCallers sessions, CancellationToken cancel)
    {
        var account = await AccountStore.GetAsync(platform, SessionOperations.RequireAccount(caller), cancel);
        var made = await Organisations.CreateAsync(platform, request.Handle ?? Registering.HandleOf(request.Name), request.Name, cancel);
        await MemberStore.AddAsync(platform, made, account, Roles.Owner, cancel);
        platform.AfterCommit(() => sessions.Forget(account.Id));
        return TypedResults.Created($"/api/v1/identity/organisations/{made.Id}", made);
    }
}

/// <summary>An organisation to be made.</summary>
internal sealed record CreateOrganisation
{
    [Required, StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Left out: made of its name.</summary>
    [StringLength(40, MinimumLength = 1)]
    public string? Handle { get; init; }
}
