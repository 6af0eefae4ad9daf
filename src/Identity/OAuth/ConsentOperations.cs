using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Identity.Tokens;
using Rialto.Kernel;

namespace Rialto.Identity.OAuth;

/// <summary>Letting a program in: what it asks, the answer, and which are in.</summary>
internal static class ConsentOperations
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromSeconds(60);
    private static readonly RefusalNote Unknown = new("identity.app_unknown", 404, "there is no such program"), Elsewhere = new("identity.redirect_unknown", 400, "the address was not registered"),
        NotAPerson = new("identity.not_a_person", 403, "a program cannot let programs in");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/identity/consent", Ask).As(new Operation("identity.ask_consent", "identity.self", "Tells who asks to be let in, for what, and where the answer goes.") { Refusals = [Unknown, Elsewhere, NotAPerson] });
        routes.MapPost("/api/v1/identity/consent", Give).As(new Operation("identity.give_consent", "identity.self", "Lets a program in, or refuses it; the answer is where to send the browser.")
        {
            Changes = true, AnswersOnce = true, Refusals = [Unknown, Elsewhere, NotAPerson],
            Example = """{"responseType":"code","clientId":"0198f0c4-0000-7000-8000-000000000000","scope":"jobs.read","state":"af0ifjsldkj","codeChallenge":"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM","codeChallengeMethod":"S256","allow":true}""",
        });
        routes.MapGet("/api/v1/identity/grants", List).As(new Operation("identity.list_grants", "identity.self", "Lists the programs you have let in, newest first."));
        routes.MapPost("/api/v1/identity/grants/{id:guid}/end", End).As(new Operation("identity.end_grant", "identity.self", "Shuts a program out again.")
        {
            Changes = true, Refusals = [new RefusalNote("identity.grant_not_found", 404, "there is no such program let in by you")],
        });
    }

    private static async Task<Ok<ConsentQuestion>> Ask([AsParameters] ConsentQuery query, Caller caller, Database database, CancellationToken cancel)
    {
        RequirePerson(caller);
        await using var platform = await database.BeginAsync(TenantId.Platform, cancel);
        var request = query.Request;
        var (app, target) = await request.FindAsync(platform, cancel);
        try
        {
            var asked = request.RequireWhole(app);
            var maker = await platform.Connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                "select name from identity.organisations where tenant_id = kernel.current_tenant() and id = @Organisation", new { app.Organisation }, cancellationToken: cancel));
            return TypedResults.Ok(new ConsentQuestion
            {
                App = app.Name, Maker = maker ?? "", RedirectsTo = new Uri(target).IsAbsoluteUri ? new Uri(target).GetLeftPart(UriPartial.Authority) : target,
                Scopes = [.. asked.Where(scope => Scopes.IsHeld(caller, scope))], NotYours = [.. asked.Where(scope => !Scopes.IsHeld(caller, scope))],
            });
        }
        catch (OAuthError error)
        {
            return TypedResults.Ok(new ConsentQuestion { App = app.Name, Maker = "", RedirectsTo = target, Scopes = [], NotYours = [], SendBackTo = request.Answer(target, [("error", error.Error), ("error_description", error.Message)], "") });
        }
    }

    private static async Task<Ok<ConsentAnswer>> Give(GiveConsent request, Caller caller, TenantSession session, AccessTokens tokens, TimeProvider clock, CancellationToken cancel)
    {
        var account = RequirePerson(caller);
        var (app, target) = await session.AcrossAsync(TenantId.Platform, platform => request.Request.FindAsync(platform, cancel), cancel);
        IReadOnlyList<string> asked;
        try
        {
            asked = request.Request.RequireWhole(app);
            if (!request.Allow) throw new OAuthError("access_denied", "The person did not let the program in.");
            // Nobody gives a program more than they may do themselves.
            asked = [.. asked.Where(scope => Scopes.IsHeld(caller, scope))];
            if (asked.Count == 0) throw new OAuthError("invalid_scope", "The person may do none of what the program asks for.");
        }
        catch (OAuthError error)
        {
            return TypedResults.Ok(new ConsentAnswer(request.Request.Answer(target, [("error", error.Error), ("error_description", error.Message)], tokens.Issuer)));
        }
        var code = CodeText.New(session.Tenant);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into identity.authorization_codes (hash, app_id, account_id, subject, scopes, redirect_uri, challenge, expires_at)
            values (@Hash, @Id, @account, @Subject, @list, @target, @CodeChallenge, @end)
            """, new { code.Hash, app.Id, account, caller.Subject, list = asked.ToArray(), target, request.Request.CodeChallenge, end = clock.GetUtcNow() + CodeLife }, cancellationToken: cancel));
        await session.Connection.ExecuteAsync(new CommandDefinition("delete from identity.authorization_codes where tenant_id = kernel.current_tenant() and expires_at < @old", new { old = clock.GetUtcNow().AddDays(-1) }, cancellationToken: cancel));
        await session.AnnounceAsync(TokenEvents.AppLetIn, new AppLetIn(app.Id, app.Name, account, asked), $"app:{app.Id}", cancel);
        return TypedResults.Ok(new ConsentAnswer(request.Request.Answer(target, [("code", code.Text)], tokens.Issuer)));
    }

    private static async Task<Ok<GrantList>> List(Caller caller, TenantSession session, TimeProvider clock, CancellationToken cancel) =>
        TypedResults.Ok(new GrantList([.. await session.Connection.QueryAsync<Grant>(new CommandDefinition(
            """
            select id, app_id as "App", name, scopes, created_at as "CreatedAt", rotated_at as "LastUsedAt" from identity.token_families
            where tenant_id = kernel.current_tenant() and account_id = @account and revoked_at is null and expires_at > @now order by created_at desc, id limit 200
            """, new { account = Account.Of(caller), now = clock.GetUtcNow() }, cancellationToken: cancel))]));

    private static async Task<NoContent> End(Guid id, Caller caller, TenantSession session, TokenFamilies families, CancellationToken cancel)
    {
        var account = RequirePerson(caller);
        var app = await session.Connection.QuerySingleOrDefaultAsync<(Guid Family, Guid? App)?>(new CommandDefinition(
            "select id, app_id from identity.token_families where tenant_id = kernel.current_tenant() and id = @id and account_id = @account", new { id, account }, cancellationToken: cancel))
            ?? throw new Refusal("identity.grant_not_found", "There is no such program that you have let in.", 404);
        if (await families.EndAsync(session, id, "ended by its owner", cancel) > 0)
            await session.AnnounceAsync(TokenEvents.AppShutOut, new TokenFamilyEnded(id, account, app.App), $"family:{id}", cancel);
        return TypedResults.NoContent();
    }

    private static Guid RequirePerson(Caller caller) => Account.Of(caller) ?? throw new Refusal("identity.not_a_person", "Only somebody who is signed in can let programs in; a key has no account.", 403);
}

/// <summary>The text of an authorization code: <c>rlg_</c>, the tenant's bytes and 256 random bits.</summary>
internal sealed record CodeText(TenantId Tenant, string Text)
{
    private const string Prefix = "rlg_";

    public byte[] Hash { get; } = SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Text));

    public static CodeText New(TenantId tenant) => new(tenant, Prefix + System.Buffers.Text.Base64Url.EncodeToString([.. tenant.Value.ToByteArray(bigEndian: true), .. RandomNumberGenerator.GetBytes(32)]));

    public static CodeText? Parse(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && StrictBase64Url.Decode(text.AsSpan(Prefix.Length)) is { Length: 48 } bytes
            ? new CodeText(new TenantId(new Guid(bytes.AsSpan(0, 16), bigEndian: true)), text)
            : null;
}
