using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class LineLogsTests
{
    // Each is put together here, so that no scanner takes this file for a leak.
    private static readonly string Rialto = "rlt_" + new string('a', 64), GitHub = "ghp_" + "Zx81LmQ0sVb7RtYw2KpNc5JdHfGa93EuTi6o", Jwt = "eyJhbGciOiJI" + "." + "eyJzdWIiOiIxMjM0" + "." + "SflKxwRJSMeK";

    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(5);

    public static TheoryData<string, string> Planted => new()
    {
        { $"key {Rialto} used", Rialto },
        { $"push with {GitHub}", GitHub },
        { $"signed {Jwt}", Jwt },
        { "Authorization: Bearer abcdefghijkl", "abcdefghijkl" },
        { "header was 'bearer abcdefghijkl.mno'", "abcdefghijkl" },
        { "Host=db;Username=rialto;Password=hunter2;Database=x", "hunter2" },
        { "Host=db;Password='hunter 2 with spaces';Database=x", "hunter 2" },
        { "GET /live?access_token=s3cr3tvalue&topic=a", "s3cr3tvalue" },
        { """{"client_secret": "s3cr3tvalue", "name": "x"}""", "s3cr3tvalue" },
        { "api_key: s3cr3tvalue", "s3cr3tvalue" },
        { "apikey=s3cr3tvalue", "s3cr3tvalue" },
        { "https://ada:hunter2@host.example/a.git", "hunter2" },
        { "postgres://rialto:hunter2@db:5432/x", "hunter2" },
        { "Cookie: session=s3cr3tvalue; theme=dark", "s3cr3tvalue" },
        { "set-cookie: session=s3cr3tvalue; HttpOnly", "s3cr3tvalue" },
        { "mail to ada.lovelace+x@example.org failed", "ada.lovelace" },
        { "mail to ada@example.org failed", "example.org" },
        { "AWS " + "AKIA" + "IOSFODNN7EXAMPLE", "IOSFODNN7" },
        { "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404&x", "aeeed9bbccd4" },
        { "-----BEGIN " + "EC PRIVATE KEY-----\nMHcCAQEEIIr3\nabc=\n-----END EC PRIVATE KEY-----", "MHcCAQEEIIr3" },
        { "whsec_" + "c2VjcmV0c2VjcmV0", "c2VjcmV0" },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_secret_reaches_no_line_wherever_it_was_planted(string text, string secret)
    {
        foreach (var isJson in new[] { true, false })
        {
            var written = Write(isJson, logs =>
            {
                logs.LogWarning("{Text}", text);
                logs.LogError(new InvalidOperationException("outer " + text, new IOException("inner " + text)), "It broke: {Text}", text);
                using (logs.BeginScope(new Dictionary<string, object?> { ["Around"] = text })) logs.LogInformation("inside");
            });
            written.Length.ShouldBeGreaterThanOrEqualTo(3);
            string.Join('\n', written).ShouldNotContain(secret);
        }
    }

    [Theory]
    [InlineData("Password")]
    [InlineData("accessToken")]
    [InlineData("Authorization")]
    [InlineData("ClientSecret")]
    [InlineData("SetCookie")]
    public void A_value_with_a_secrets_name_is_not_written_whatever_it_is(string name)
    {
        var line = Write(isJson: true, logs =>
        {
            using (logs.BeginScope(new Dictionary<string, object?> { [name] = "plain words" })) logs.LogInformation("inside");
        }).ShouldHaveSingleItem();
        JsonNode.Parse(line)!["values"]![name]!.ToString().ShouldBe("***");
    }

    [Theory]
    [InlineData("Published 12 pages of lantern in 3.4 s")]
    [InlineData("publishing.build 0197a2b0-0000-7000-8000-000000000000 failed at attempt 2")]
    [InlineData("https://example.org/@scope/name?page=2")]
    [InlineData("the token was refused")]
    [InlineData("commit 3f786850e387550fdab836ed7e6dc881de23001b of main")]
    public void Ordinary_words_stay(string text) => LogRedaction.Clean(text).ShouldBe(text);

    [Fact]
    public void A_line_of_JSON_has_time_level_source_event_values_and_trace()
    {
        using var activity = new Activity("test").Start();
        var line = Write(isJson: true, logs => logs.Log(LogLevel.Warning, new EventId(1, "Lost"), "{Queue} lost {Count}\nlines", "mail", 3)).ShouldHaveSingleItem();
        var json = JsonNode.Parse(line)!;
        (json["level"]!.ToString(), json["source"]!.ToString(), json["event"]!.ToString(), json["message"]!.ToString()).ShouldBe(("warning", "Rialto.Test", "Lost", "mail lost 3\nlines"));
        (json["values"]!["Queue"]!.ToString(), (int)json["values"]!["Count"]!, json["values"]!.AsObject().Count).ShouldBe(("mail", 3, 2));
        (json["trace"]!.ToString(), json["span"]!.ToString()).ShouldBe((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()));
        DateTimeOffset.Parse(json["at"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture).Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void At_a_terminal_a_line_is_words()
    {
        var lines = Write(isJson: false, logs => logs.LogError(new IOException("disk full"), "It broke"));
        lines[0].ShouldEndWith("error Rialto.Test: It broke");
        lines[1].ShouldContain("disk full");
    }

    [Fact]
    public void What_comes_faster_than_it_can_be_written_is_counted_and_nobody_waits()
    {
        using var slow = new StuckWriter();
        using (var logs = new LineLogs(slow, isJson: true, Patient))
        {
            var log = logs.CreateLogger("Rialto.Test");
            for (var line = 0; line < 10_000; line++) log.LogInformation("{Line}", line);
            slow.Go.SetResult();
        }
        var written = slow.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        written.Length.ShouldBeLessThan(10_000);
        written.Single(line => line.Contains("were lost", StringComparison.Ordinal)).ShouldContain("\"Lost\":");
    }

    [Fact]
    public void A_very_long_text_is_cut() => LogRedaction.Clean(new string('x', 200_000)).Length.ShouldBeLessThan(40_000);

    private static string[] Write(bool isJson, Action<ILogger> log)
    {
        using var output = new StringWriter();
        using (var logs = new LineLogs(output, isJson, Patient))
        using (var factory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(logs)))
            log(factory.CreateLogger("Rialto.Test"));
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class StuckWriter : StringWriter
    {
        public TaskCompletionSource Go { get; } = new();

        public override async Task WriteLineAsync(string? value)
        {
            await Go.Task;
            WriteLine(value);
        }
    }
}
