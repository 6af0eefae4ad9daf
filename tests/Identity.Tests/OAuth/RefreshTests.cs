using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Identity.Tokens;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Identity.Tests.OAuth;

/// <summary>Refresh tokens: one family, one line of successors, and an alarm when one comes that was used.</summary>
public sealed class RefreshTests(PeopleTestBed bed) : IClassFixture<PeopleTestBed>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_at_once_get_one_successor_and_stay_one_family()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (_, refresh) = await bot.LetInAsync(ada);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => bot.RefreshAsync(refresh)));
        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Body!["refresh_token"]!.ToString()).Distinct().ShouldHaveSingleItem();
        (await GenerationAsync(refresh)).ShouldBe(2);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task A_lost_answer_is_given_again_for_thirty_seconds(int seconds, bool holds)
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (_, refresh) = await bot.LetInAsync(ada);
        var successor = (await bot.RefreshAsync(refresh)).Body!["refresh_token"]!.ToString();
        bed.Clock.Pass(TimeSpan.FromSeconds(seconds));
        var again = await bot.RefreshAsync(refresh);
        if (holds)
        {
            again.Body!["refresh_token"]!.ToString().ShouldBe(successor);
            (await bot.RefreshAsync(successor)).Status.ShouldBe(200);
            return;
        }
        again.Status.ShouldBe(400);
        again.Body!["error"]!.ToString().ShouldBe("invalid_grant");
        // The thief and the owner cannot be told apart: both are out, and the owner is told.
        (await bot.RefreshAsync(successor)).Status.ShouldBe(400);
        await using var super = await bed.OpenSuperAsync();
        var family = RefreshToken.Parse(refresh)!.Family;
        (await super.ExecuteScalarAsync<string>("select revoked_because from identity.token_families where id = @family", new { family })).ShouldBe("reused");
        (await super.ExecuteScalarAsync<int>("select count(*) from kernel.events where name = 'identity.token_reused' and data->>'family' = @family::text", new { family })).ShouldBe(1);
    }

    [Fact]
    public async Task A_token_two_generations_old_ends_the_family_at_once()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (_, first) = await bot.LetInAsync(ada);
        var second = (await bot.RefreshAsync(first)).Body!["refresh_token"]!.ToString();
        var third = (await bot.RefreshAsync(second)).Body!["refresh_token"]!.ToString();
        (await bot.RefreshAsync(first)).Status.ShouldBe(400);
        (await bot.RefreshAsync(third)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_made_up_a_changed_and_another_programs_token_do_nothing_to_the_family()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        using var other = await OAuthClient.MakeAsync(ada);
        var (_, refresh) = await bot.LetInAsync(ada);
        var parsed = RefreshToken.Parse(refresh)!;
        string[] wrong =
        [
            refresh[..^2] + (refresh[^2] == 'A' ? "B" : "A") + refresh[^1], (parsed with { Generation = 7 }).Sign(new byte[32]), (parsed with { Generation = 0 }).Sign(new byte[32]),
            (parsed with { Tenant = TenantId.New() }).Sign(new byte[32]), (parsed with { Family = Guid.NewGuid() }).Sign(new byte[32]), "rlr_", "", "rlr_" + new string('A', 91), refresh + "A",
        ];
        foreach (var token in wrong) (await bot.RefreshAsync(token)).Status.ShouldBe(400, token);
        (await other.RefreshAsync(refresh)).Status.ShouldBe(400);
        (await bot.RefreshAsync(refresh)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_family_ends_after_ninety_days_whatever_it_did()
    {
        using var ada = await bed.SignInMemberAsync(bed.Other, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (_, refresh) = await bot.LetInAsync(ada);
        await using (var super = await bed.OpenSuperAsync())
            await super.ExecuteAsync("update identity.token_families set expires_at = @now where id = @Family", new { now = bed.Clock.GetUtcNow(), RefreshToken.Parse(refresh)!.Family });
        (await bot.RefreshAsync(refresh)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_narrower_token_can_be_asked_for_and_a_wider_cannot()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada, scopes: ["identity.read", "jobs.read"]);
        var (_, refresh) = await bot.LetInAsync(ada);
        var narrow = await bot.TokenAsync(("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", "jobs.read"));
        narrow.Body!["scope"]!.ToString().ShouldBe("jobs.read");
        var wide = await bot.TokenAsync(("grant_type", "refresh_token"), ("refresh_token", narrow.Body["refresh_token"]!.ToString()), ("scope", "jobs.read identity.write"));
        (wide.Status, wide.Body!["error"]!.ToString()).ShouldBe((400, "invalid_scope"));
    }

    [Fact]
    public async Task Keys_are_changed_in_time_and_old_tokens_hold_to_their_end()
    {
        using var ada = await bed.SignInMemberAsync(bed.Acme, Roles.Owner);
        using var bot = await OAuthClient.MakeAsync(ada);
        var (access, _) = await bot.LetInAsync(ada);
        var keys = bed.Services.GetRequiredService<SigningKeys>();
        var before = await keys.CurrentAsync(Cancel);
        (await bot.CallAsync(access, "/api/v1/identity/keys")).Status.ShouldBe(200);
        await using (var platform = await bed.Database.BeginAsync(TenantId.Platform, Cancel))
        {
            await keys.WithdrawAsync(platform, Cancel);
            await platform.CommitAsync(Cancel);
        }
        // Withdrawn: what it signed ends at once.
        (await bot.CallAsync(access, "/api/v1/identity/keys")).Status.ShouldBe(401);
        (await keys.CurrentAsync(Cancel)).Id.ShouldNotBe(before.Id);
        (await bot.LetInAsync(ada)).Access.ShouldNotBe(access);
    }

    private async Task<int> GenerationAsync(string token)
    {
        await using var super = await bed.OpenSuperAsync();
        return await super.ExecuteScalarAsync<int>("select generation from identity.token_families where id = @Family", new { RefreshToken.Parse(token)!.Family });
    }
}
