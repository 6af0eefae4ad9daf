using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>Programs as members: an agent or a service has somebody who answers for it, scopes, a budget and an end, and calls by a key of its own.</summary>
internal static class AgentOperations
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/identity/agents", Create).As(new Operation("identity.create_agent", MemberOperations.Manage, "Makes an agent or a service a member that one answers for; tells its key, this once.")
    {
        Changes = true, AnswersOnce = true, NeedsConfirmation = true,
        Refusals = [new RefusalNote("identity.not_a_person", 403, "a program answers for nothing"), new RefusalNote("identity.scope_invalid", 400, "a scope has the wrong form"), new RefusalNote("identity.scope_not_held", 403, "one may not do it oneself"),
            new RefusalNote("identity.budget_invalid", 422, "an amount needs a currency")],
        Example = """{"kind":"agent","name":"Release notes","scopes":["publishing.read"],"budgetMinor":5000,"budgetCurrency":"USD","lifetimeDays":30}""",
    });

    private static async Task<Created<MadeAgent>> Create(NewAgent request, Caller caller, TenantSession session, TimeProvider clock, CancellationToken cancel)
    {
        var account = SessionOperations.RequireAccount(caller);
        if (request.Scopes.FirstOrDefault(scope => !Scopes.IsHeld(caller, scope)) is { } scope) throw new Refusal("identity.scope_not_held", $"You may not do {scope} yourself, so you cannot give it to a program.", 403);
        if (request.BudgetMinor is null != request.BudgetCurrency is null) throw new Refusal("identity.budget_invalid", "Give the budget as an amount and a currency, or neither.", 422);
        var id = await session.Connection.ExecuteScalarAsync<Guid>(AccountStore.Command(
            """
            insert into identity.members (kind, name, role, owner_id, scopes, budget_minor, budget_currency, expires_at, created_by)
            select @Kind, @Name, 'agent', o.id, @scopes, @BudgetMinor, @BudgetCurrency, @end, @Actor from identity.members o where o.tenant_id = kernel.current_tenant() and o.account_id = @account returning id
            """, new { request.Kind, request.Name, scopes = request.Scopes.ToArray(), request.BudgetMinor, request.BudgetCurrency, end = clock.GetUtcNow().AddDays(request.LifetimeDays), session.Actor, account }, cancel));
        var key = await ApiKeys.CreateAsync(session, request.Name, request.Scopes, request.LifetimeDays, id, null, cancel);
        await session.AnnounceAsync(MemberStore.Added, new MemberChanged(id, request.Kind), $"member:{id}", cancel);
        return TypedResults.Created($"/api/v1/identity/members/{id}", new MadeAgent { Id = id, Key = key });
    }
}

/// <summary>A program that becomes a member.</summary>
internal sealed record NewAgent
{
    [Required, RegularExpression("agent|service", ErrorMessage = "is agent or service.")]
    public required string Kind { get; init; }

    [Required, StringLength(100, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>What it may do at most.</summary>
    [Required, MinLength(1), MaxLength(50)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The most it may spend, in minor units.</summary>
    [Range(0, long.MaxValue)]
    public long? BudgetMinor { get; init; }

    /// <summary>ISO 4217, or DUC.</summary>
    [RegularExpression("[A-Z]{3}", ErrorMessage = "is three capital letters.")]
    public string? BudgetCurrency { get; init; }

    /// <summary>Days until its rights end.</summary>
    [Range(1, 3650)]
    public required int LifetimeDays { get; init; }
}

/// <summary>A program just made a member.</summary>
internal sealed record MadeAgent
{
    public required Guid Id { get; init; }

    /// <summary>Its key, told once.</summary>
    public required NewApiKey Key { get; init; }
}
