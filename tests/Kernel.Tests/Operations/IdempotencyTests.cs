using Dapper;
using Rialto.Testing;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class IdempotencyTests : NotesTestBed
{
    [Fact]
    public async Task The_same_request_again_gets_the_first_answer()
    {
        var first = await Write(Ada, "bread", key: "k1");
        var again = await Write(Ada, "bread", key: "k1");
        again.Body!.ToJsonString().ShouldBe(first.Body!.ToJsonString());
        (again.Status, again.Answer.Headers.Location).ShouldBe((201, first.Answer.Headers.Location));
        again.Answer.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        first.Answer.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        (await Count()).ShouldBe(1);
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        await Write(Ada, "bread", key: "k1");
        var (status, body, _) = await Write(Ada, "milk", key: "k1");
        (status, body!["code"]!.ToString()).ShouldBe((422, "idempotency.key_reused"));
        (await Count()).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_belongs_to_its_caller()
    {
        await Write(Ada, "bread", key: "k1");
        (await Write(Bob, "milk", key: "k1")).Status.ShouldBe(201);
        using var colleague = Host.As("grace", AdasTenant);
        (await Write(colleague, "salt", key: "k1")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_key_that_failed_for_good_stays_failed()
    {
        var first = await Write(Ada, "curse", key: "k1");
        var again = await Write(Ada, "curse", key: "k1");
        (again.Status, again.Body!["code"]!.ToString()).ShouldBe((first.Status, first.Body!["code"]!.ToString()));
        again.Answer.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
    }

    [Fact]
    public async Task A_bug_is_not_kept_the_key_may_be_tried_again()
    {
        foreach (var _ in new[] { 1, 2 })
        {
            var (status, _, answer) = await Send(Ada, HttpMethod.Post, "/api/v1/notes/break", null, ("Idempotency-Key", "k1"));
            (status, answer.Headers.Contains("Idempotency-Replayed")).ShouldBe((500, false));
        }
        (await Count("kernel.idempotency")).ShouldBe(0);
    }

    [Fact]
    public async Task Twenty_at_once_make_one_change_and_get_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Write(Ada, "slow", key: "k1")));
        answers.ShouldAllBe(answer => answer.Status == 201);
        answers.Select(answer => answer.Body!.ToJsonString()).Distinct().ShouldHaveSingleItem();
        (await Count()).ShouldBe(1);
        (await Count("kernel.events")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_waits_too_long_for_the_first_is_told()
    {
        await using var impatient = await TestHost.StartAsync(Test.Database, Notes.Map, Notes.Add, new OperationOptions { DuplicateWaitSeconds = 0.05 });
        using var ada = impatient.As("ada", AdasTenant);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Write(ada, "slow", key: "k1")));
        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Body!["code"]!.ToString() == "idempotency.in_progress");
    }

    [Fact]
    public async Task After_thirty_days_a_key_is_free_again()
    {
        await Write(Ada, "bread", key: "k1");
        await using var super = await Test.OpenSuperAsync();
        await super.ExecuteAsync("update kernel.idempotency set created_at = now() - interval '30 days 1 second'");
        (await Write(Ada, "milk", key: "k1")).Status.ShouldBe(201);
        (await Write(Ada, "milk", key: "k1")).Answer.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_that_is_no_key_is_refused() =>
        (await Write(Ada, "bread", key: new string('x', 256))).Body!["code"]!.ToString().ShouldBe("idempotency.key_invalid");
}
