using Shouldly;

namespace Rialto.Gateway.Tests;

public sealed class CircuitTests
{
    private readonly Clock clock = new();

    [Fact]
    public void Five_failures_in_a_row_open_it_and_one_success_starts_the_count_again()
    {
        var circuit = new Circuit(clock);
        Fail(circuit, 4);
        circuit.Succeeded();
        Fail(circuit, 4);
        (circuit.Allows(), circuit.State).ShouldBe((true, "closed"));
        circuit.Failed();
        (circuit.Allows(), circuit.State).ShouldBe((false, "open"));
    }

    [Fact]
    public void After_a_while_one_call_is_let_through_to_see()
    {
        var circuit = new Circuit(clock);
        Fail(circuit, 5);
        clock.Now += TimeSpan.FromSeconds(5);
        circuit.Allows().ShouldBeTrue();
        (circuit.Allows(), circuit.State).ShouldBe((false, "trying"));
        circuit.Succeeded();
        (circuit.Allows(), circuit.State, circuit.Failures).ShouldBe((true, "closed", 0));
    }

    [Fact]
    public void Each_failed_try_doubles_the_while_up_to_a_minute()
    {
        var circuit = new Circuit(clock);
        Fail(circuit, 5);
        foreach (var seconds in new[] { 5, 10, 20, 40, 60, 60 })
        {
            clock.Now += TimeSpan.FromSeconds(seconds - 1);
            circuit.Allows().ShouldBeFalse($"before {seconds}");
            clock.Now += TimeSpan.FromSeconds(1);
            circuit.Allows().ShouldBeTrue($"after {seconds}");
            circuit.Failed();
        }
    }

    [Fact]
    public void A_try_that_told_nothing_is_made_again_and_late_failures_change_nothing()
    {
        var circuit = new Circuit(clock);
        Fail(circuit, 5);
        Fail(circuit, 3);
        clock.Now += TimeSpan.FromSeconds(5);
        circuit.Allows().ShouldBeTrue();
        circuit.Unknown();
        circuit.Allows().ShouldBeTrue();
    }

    [Fact]
    public void The_less_busy_target_is_taken_and_never_one_twice_in_one_call()
    {
        var balancer = new Balancer(RouteTo("https://a.example", "https://b.example"), clock);
        var first = balancer.Pick(new HashSet<Target>())!;
        first.Enter();
        for (var call = 0; call < 20; call++) balancer.Pick(new HashSet<Target>())!.ShouldNotBe(first);
        var other = balancer.Pick(new HashSet<Target> { first })!;
        other.ShouldNotBe(first);
        balancer.Pick(new HashSet<Target> { first, other }).ShouldBeNull();
    }

    [Fact]
    public void Retries_are_a_fifth_of_the_calls_and_ten_that_were_saved()
    {
        var balancer = new Balancer(RouteTo("https://a.example"), clock);
        var retries = 0;
        while (balancer.MayRetry()) retries++;
        retries.ShouldBe(10);
        for (var call = 0; call < 26; call++) balancer.CountCall();
        for (retries = 0; balancer.MayRetry();) retries++;
        retries.ShouldBe(5);
    }

    private static void Fail(Circuit circuit, int times)
    {
        for (var time = 0; time < times; time++) circuit.Failed();
    }

    private static ServiceRoute RouteTo(params string[] targets) => new()
    {
        Id = Guid.NewGuid(), Name = "x", Targets = targets, Methods = ["GET"], TimeoutSeconds = 1, Retries = 1, Request = new RequestChange(), Answer = new AnswerChange(), HasSecretHeaders = false, IsEnabled = true,
        CreatedAt = DateTime.UnixEpoch, Version = 1,
    };

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
