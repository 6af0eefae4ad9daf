using System.Globalization;
using System.Text;
using Rialto.Kernel;
using Rialto.Repositories.GitHub;
using Shouldly;

namespace Rialto.Repositories.Tests.GitHub;

public sealed class GitHubLimitsTests
{
    private readonly StandingClock clock = new();

    [Theory]
    [InlineData(429, "retry-after=7", "", 7)]
    [InlineData(403, "retry-after=90", "", 90)]
    [InlineData(403, "x-ratelimit-remaining=0;x-ratelimit-reset=+120", "", 120)]
    [InlineData(429, "x-ratelimit-remaining=0;x-ratelimit-reset=+30", "", 30)]
    [InlineData(403, "x-ratelimit-remaining=12", """{"message":"You have exceeded a secondary rate limit."}""", 60)]
    [InlineData(429, "", "", 60)]
    [InlineData(403, "retry-after=999999", "", 3600)]
    [InlineData(403, "x-ratelimit-remaining=0;x-ratelimit-reset=+99999999", "", 3600)]
    public void What_GitHub_says_of_its_limits_is_kept(int status, string headers, string body, double seconds)
    {
        var limits = new GitHubLimits(clock);
        limits.Read("one", Answer(status, headers, body)).ShouldBeTrue();
        limits.Wait("one").TotalSeconds.ShouldBe(seconds, 1);
        limits.Wait("another").ShouldBe(TimeSpan.Zero);
        clock.Now = clock.Now.AddSeconds(seconds + 1);
        limits.Wait("one").ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(403, "x-ratelimit-remaining=100", """{"message":"Resource not accessible by integration"}""")]
    [InlineData(404, "", "")]
    [InlineData(500, "", "")]
    [InlineData(200, "x-ratelimit-remaining=100;x-ratelimit-reset=+100", "{}")]
    public void Other_answers_are_no_limit(int status, string headers, string body)
    {
        var limits = new GitHubLimits(clock);
        limits.Read("one", Answer(status, headers, body)).ShouldBeFalse();
        limits.Wait("one").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void The_last_request_that_was_allowed_makes_the_next_one_wait_before_it_is_refused()
    {
        var limits = new GitHubLimits(clock);
        limits.Read("one", Answer(200, "x-ratelimit-remaining=0;x-ratelimit-reset=+300", "{}")).ShouldBeFalse();
        limits.Wait("one").TotalSeconds.ShouldBe(300, 1);
    }

    [Fact]
    public void A_secondary_limit_without_a_time_makes_each_pause_twice_the_last_and_a_success_ends_that()
    {
        var limits = new GitHubLimits(clock);
        foreach (var seconds in new[] { 60, 120, 240 })
        {
            limits.Read("one", Answer(429, "", ""));
            limits.Wait("one").TotalSeconds.ShouldBe(seconds, 1);
        }
        limits.Read("one", Answer(200, "", "{}"));
        limits.Read("one", Answer(429, "", ""));
        limits.Wait("one").TotalSeconds.ShouldBe(60, 1);
    }

    [Fact]
    public void The_refusal_tells_a_job_when_to_come_back() => GitHubLimits.Refused(TimeSpan.FromSeconds(41.2)).Details["retryAfterSeconds"].ShouldBe("42");

    private OutgoingAnswer Answer(int status, string headers, string body) => new(status, new Uri("https://api.github.test/x"),
        headers.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1].StartsWith('+')
            ? clock.Now.AddSeconds(int.Parse(pair[1], CultureInfo.InvariantCulture)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : pair[1]), Encoding.UTF8.GetBytes(body));

    private sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
