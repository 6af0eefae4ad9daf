using System.Diagnostics;
using System.Text.Json.Serialization;
using Shouldly;

namespace Rialto.Kernel.Tests.Workshop;

public sealed class NodeWorkshopTests : IDisposable
{
    private readonly BadWorkshop bad = new();

    public void Dispose() => bad.Dispose();

    [Fact]
    public async Task A_call_carries_text_and_bytes_both_ways()
    {
        await using var workshop = bad.Open();
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        var answer = await workshop.CallAsync("echo", "ä 你 \u2028 \"", StringJson.Default.String, StringJson.Default.String, bytes, TestContext.Current.CancellationToken);
        answer.Value.ShouldBe("ä 你 \u2028 \"");
        answer.Bytes.ToArray().ShouldBe(bytes);
    }

    [Fact]
    public async Task Nothing_runs_before_the_first_call_and_one_process_serves_the_rest()
    {
        await using var workshop = bad.Open();
        workshop.ProcessId.ShouldBeNull();
        (await Call(workshop, "life")).ShouldBe(await Call(workshop, "life"));
        workshop.ProcessId.ShouldNotBeNull();
    }

    [Fact]
    public async Task Killing_the_process_in_mid_call_does_not_hurt_the_call()
    {
        await using var workshop = bad.Open();
        var first = await Call(workshop, "life");
        var call = Call(workshop, "later", "400");
        await Task.Delay(150, TestContext.Current.CancellationToken);
        using (var victim = Process.GetProcessById(int.Parse(first))) victim.Kill();
        (await call).ShouldNotBe(first);
    }

    [Fact]
    public async Task Two_hundred_calls_at_once_are_each_answered_with_their_own_answer()
    {
        await using var workshop = bad.Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Call(workshop, "echo", $"{i}")));
        answers.ShouldBe(Enumerable.Range(0, 200).Select(i => $"{i}"));
    }

    [Fact]
    public async Task Two_hundred_calls_survive_the_death_of_the_process_among_them()
    {
        await using var workshop = bad.Open();
        var id = int.Parse(await Call(workshop, "life"));
        var calls = Enumerable.Range(0, 200).Select(_ => Call(workshop, "later", "5")).ToList();
        using (var victim = Process.GetProcessById(id)) victim.Kill();
        (await Task.WhenAll(calls)).ShouldAllBe(life => life != "");
    }

    [Theory]
    [InlineData("die")]
    [InlineData("garbage")]
    [InlineData("liar")]
    public async Task A_call_that_always_ends_the_process_is_refused_and_the_next_call_works(string method)
    {
        await using var workshop = bad.Open();
        var refusal = await Should.ThrowAsync<Refusal>(() => Call(workshop, method));
        refusal.Code.ShouldBe("workshop.failed");
        (await Call(workshop, "echo", "alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task A_call_that_hangs_is_given_up_and_those_behind_it_are_answered()
    {
        await using var workshop = bad.Open(new() { CallTimeoutSeconds = 0.7 });
        var hanging = Call(workshop, "hang");
        var behind = Enumerable.Range(0, 20).Select(i => Call(workshop, "echo", $"{i}")).ToList();
        (await Should.ThrowAsync<Refusal>(() => hanging)).Message.ShouldContain("gave up");
        (await Task.WhenAll(behind)).Length.ShouldBe(20);
    }

    [Theory]
    [InlineData("hog")]
    [InlineData("heap")]
    public async Task A_call_that_eats_memory_is_stopped(string method)
    {
        await using var workshop = bad.Open(new() { MemoryLimitBytes = 200_000_000 });
        (await Should.ThrowAsync<Refusal>(() => Call(workshop, method))).Code.ShouldBe("workshop.failed");
        (await Call(workshop, "echo", "alive")).ShouldBe("alive");
    }

    [Fact]
    public async Task What_a_library_prints_does_not_disturb_the_conversation()
    {
        await using var workshop = bad.Open();
        (await Call(workshop, "noise")).ShouldBe("quiet");
        (await Call(workshop, "echo", "still")).ShouldBe("still");
    }

    [Theory]
    [InlineData("network", "")]
    [InlineData("program", "")]
    [InlineData("write", "/tmp/rialto-should-not-be-written")]
    [InlineData("read", "/etc/passwd")]
    public async Task The_fence_holds(string method, string argument)
    {
        await using var workshop = bad.Open();
        var refusal = await Should.ThrowAsync<Refusal>(() => Call(workshop, method, argument));
        refusal.Message.ShouldMatch("not allowed in the workshop|ERR_ACCESS_DENIED");
        File.Exists("/tmp/rialto-should-not-be-written").ShouldBeFalse();
    }

    [Fact]
    public async Task Secrets_of_our_environment_do_not_reach_it()
    {
        Environment.SetEnvironmentVariable("RIALTO_TEST_SECRET", "hush");
        await using var workshop = bad.Open();
        (await Call(workshop, "environment", "RIALTO_TEST_SECRET")).ShouldBe("unset");
    }

    [Fact]
    public async Task An_unused_process_leaves_and_the_next_call_starts_another()
    {
        await using var workshop = bad.Open(new() { IdleSeconds = 0.05 });
        var first = await Call(workshop, "life");
        while (workshop.ProcessId is not null) await Task.Delay(20, TestContext.Current.CancellationToken);
        (await Call(workshop, "life")).ShouldNotBe(first);
    }

    [Fact]
    public async Task A_cancelled_call_leaves_the_process_alone()
    {
        await using var workshop = bad.Open();
        var life = await Call(workshop, "life");
        using var soon = new CancellationTokenSource(50);
        await Should.ThrowAsync<OperationCanceledException>(() => workshop.CallAsync("later", "60000", StringJson.Default.String, StringJson.Default.String, cancel: soon.Token));
        (await Call(workshop, "life")).ShouldBe(life);
    }

    [Fact]
    public async Task Without_packages_it_says_what_to_do()
    {
        File.Delete(Path.Combine(bad.Folder, "node_modules", ".package-lock.json"));
        await using var workshop = bad.Open();
        workshop.IsAvailable.ShouldBeFalse();
        var refusal = await Should.ThrowAsync<Refusal>(() => Call(workshop, "echo"));
        refusal.Code.ShouldBe("workshop.unavailable");
        refusal.Message.ShouldContain("npm ci");
    }

    private static async Task<string> Call(NodeWorkshop workshop, string method, string text = "") =>
        (await workshop.CallAsync(method, text, StringJson.Default.String, StringJson.Default.String, cancel: TestContext.Current.CancellationToken)).Value;
}

[JsonSerializable(typeof(string))]
internal sealed partial class StringJson : JsonSerializerContext;
