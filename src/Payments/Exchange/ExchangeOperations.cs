using System.ComponentModel.DataAnnotations;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Kernel;
using Rialto.Ledger;

namespace Rialto.Payments;

/// <summary>The exchange as operations: quotes for everybody's own wallet, terms for those who keep the house.</summary>
internal static class ExchangeOperations
{
    private const string Root = "/api/v1/payments";
    private static readonly RefusalNote NotFound = new(PaymentRefusals.QuoteNotFound, 404, "there is no such quote of the caller");

    private static readonly Listing<Quote> Quotes = new("payments.quotes", QuoteStore.Columns, QuoteStore.Read, [("createdAt", "created_at", "timestamptz")], [("subject", "subject", "text")]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Root + "/quotes", Ask).As(new Operation("payments.quote", "payments.exchange", "Offers to change ducats into dollars or back, for 60 seconds.")
        {
            Changes = true, Example = """{"amountMinor":10000,"currency":"DUC"}""",
            Refusals = [new RefusalNote(PaymentRefusals.AmountOutside, 422, "less or more than the terms allow at once"), new RefusalNote("payments.currency_unsupported", 422, "only ducats and dollars are exchanged")],
        });
        routes.MapPost(Root + "/quotes/{id:guid}/accept", Accept).As(new Operation("payments.accept_quote", "payments.exchange", "Changes the money as the quote says, once.")
        {
            Changes = true, Refusals =
            [
                NotFound, new RefusalNote(PaymentRefusals.QuoteExpired, 409, "the quote's time is over"), new RefusalNote(PaymentRefusals.ReserveEmpty, 409, "the house has not enough dollars"),
                new RefusalNote(LedgerRefusals.InsufficientFunds, 409, "the wallet has not so much"), new RefusalNote(LedgerRefusals.AccountFrozen, 409, "the wallet is frozen"),
            ],
        });
        routes.MapGet(Root + "/quotes/{id:guid}", Show).As(new Operation("payments.get_quote", "payments.exchange", "Shows a quote of one's own.") { Refusals = [NotFound] });
        routes.MapGet(Root + "/quotes", List).As(new Operation("payments.list_quotes", "payments.exchange", "Lists one's own quotes, newest first."));
        routes.MapGet(Root + "/terms", Terms).As(new Operation("payments.get_terms", "payments.read", "Shows the terms of the exchange and the rate now, with the rule it follows."));
        routes.MapGet(Root + "/terms/history", History).As(new Operation("payments.list_terms", "payments.read", "Lists the terms of the exchange as they were, newest first."));
        routes.MapPost(Root + "/terms", Set).As(new Operation("payments.set_terms", "payments.manage", "Sets terms of the exchange from now on; what is left out stays, and quotes already given keep theirs.")
        {
            Changes = true, Refusals = [new RefusalNote(PaymentRefusals.TermsInvalid, 422, "terms that cannot be")],
            Example = """{"rate":0.1,"feeRate":0.025,"followsActivity":false,"phiCap":0.05,"leastMinor":100,"mostMinor":100000000,"leastBacking":0.25}""",
        });
    }

    private static async Task<Created<Quote>> Ask(AskQuote request, Caller caller, TenantSession session, Exchanging exchanging, CancellationToken cancel)
    {
        if (request.Currency != House.Ducat && request.Currency != House.Dollar) throw new Refusal("payments.currency_unsupported", $"Ducats and dollars are exchanged here, {request.Currency.Code} is not.", 422);
        var quote = await exchanging.QuoteAsync(session, caller.Subject, new Money(request.AmountMinor, request.Currency), cancel);
        return TypedResults.Created($"{Root}/quotes/{quote.Id}", quote);
    }

    private static async Task<Ok<Quote>> Accept(Guid id, Caller caller, TenantSession session, Exchanging exchanging, Treasury treasury, CancellationToken cancel)
    {
        var quote = await exchanging.AcceptAsync(session, caller.Subject, id, cancel);
        await treasury.WarnAsync(session, cancel);
        return TypedResults.Ok(quote);
    }

    private static async Task<Ok<Quote>> Show(Guid id, Caller caller, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok((await QuoteStore.FindAsync(session, caller.Subject, id, isLocked: false, cancel)).ToQuote());

    private static async Task<Ok<Page<Quote>>> List([AsParameters] PageQuery page, Caller caller, TenantSession session, CancellationToken cancel) =>
        TypedResults.Ok(await Quotes.ReadAsync(session, page, new Dictionary<string, string?> { ["subject"] = caller.Subject }, cancel));

    private static async Task<Ok<TermsNow>> Terms(TenantSession session, TimeProvider clock, CancellationToken cancel)
    {
        var terms = await ExchangeTerms.NowAsync(session, cancel);
        return TypedResults.Ok(new TermsNow(terms, await ActivityRate.NowAsync(session, terms, clock.GetUtcNow(), cancel), terms.FollowsActivity ? ActivityRate.Rule : "fixed"));
    }

    private static async Task<Ok<TermsHistory>> History(TenantSession session, CancellationToken cancel) => TypedResults.Ok(new TermsHistory([.. await session.Connection.QueryAsync<ExchangeTerms>(new CommandDefinition(
        $"select {ExchangeTerms.Columns} from payments.exchange_terms where tenant_id = kernel.current_tenant() order by since desc, id desc limit 1000", cancellationToken: cancel))]));

    private static async Task<Ok<ExchangeTerms>> Set(SetTerms request, Caller caller, TenantSession session, CancellationToken cancel)
    {
        var terms = request.Apply(await ExchangeTerms.NowAsync(session, cancel)).Require() with { SetBy = caller.Subject };
        await session.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into payments.exchange_terms (rate, fee_rate, follows_activity, phi_cap, least_minor, most_minor, least_backing, set_by)
            values (@Rate, @FeeRate, @FollowsActivity, @PhiCap, @LeastMinor, @MostMinor, @LeastBacking, @SetBy)
            """, terms, cancellationToken: cancel));
        await session.AnnounceAsync(PaymentEvents.TermsChanged, new TermsChanged(terms.Rate, terms.FeeRate), "exchange", cancel);
        return TypedResults.Ok(await ExchangeTerms.NowAsync(session, cancel));
    }
}

/// <summary>What shall be exchanged: ducats into dollars, or dollars into ducats.</summary>
internal sealed record AskQuote
{
    /// <summary>What is given, in minor units.</summary>
    [Range(1, Leg.LargestMinor)]
    public required long AmountMinor { get; init; }

    /// <summary><c>DUC</c> or <c>USD</c>.</summary>
    [Required]
    public required Currency Currency { get; init; }
}

/// <summary>Terms to set; what is left out stays as it is.</summary>
internal sealed record SetTerms
{
    /// <inheritdoc cref="ExchangeTerms.Rate"/>
    public decimal? Rate { get; init; }

    /// <inheritdoc cref="ExchangeTerms.FeeRate"/>
    public decimal? FeeRate { get; init; }

    /// <inheritdoc cref="ExchangeTerms.FollowsActivity"/>
    public bool? FollowsActivity { get; init; }

    /// <inheritdoc cref="ExchangeTerms.PhiCap"/>
    public decimal? PhiCap { get; init; }

    /// <inheritdoc cref="ExchangeTerms.LeastMinor"/>
    public long? LeastMinor { get; init; }

    /// <inheritdoc cref="ExchangeTerms.MostMinor"/>
    public long? MostMinor { get; init; }

    /// <inheritdoc cref="ExchangeTerms.LeastBacking"/>
    public decimal? LeastBacking { get; init; }

    /// <summary><paramref name="now"/> with these.</summary>
    public ExchangeTerms Apply(ExchangeTerms now) => now with
    {
        Rate = Rate ?? now.Rate, FeeRate = FeeRate ?? now.FeeRate, FollowsActivity = FollowsActivity ?? now.FollowsActivity, PhiCap = PhiCap ?? now.PhiCap,
        LeastMinor = LeastMinor ?? now.LeastMinor, MostMinor = MostMinor ?? now.MostMinor, LeastBacking = LeastBacking ?? now.LeastBacking,
    };
}

/// <param name="Terms">As they were set.</param>
/// <param name="RateNow">Dollars for a ducat now.</param>
/// <param name="Rule">How the rate moves; <c>fixed</c> when it does not.</param>
internal sealed record TermsNow(ExchangeTerms Terms, decimal RateNow, string Rule);

/// <param name="Items">Newest first.</param>
internal sealed record TermsHistory(IReadOnlyList<ExchangeTerms> Items);
