using System.Net;
using Rialto.Kernel;
using Rialto.Testing;
using Shouldly;

namespace Rialto.Publishing.Tests;

public sealed class DnsTests : IAsyncLifetime
{
    private readonly DnsHost host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DnsClient Client => new([host.Address], patienceSeconds: 30);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Records_of_each_kind_are_read()
    {
        host.Set("example.org", "A", "192.0.2.1", "192.0.2.2");
        host.Set("example.org", "AAAA", "2001:db8::1");
        host.Set("example.org", "TXT", "first", "second");
        (await Values("example.org", DnsType.A)).ShouldBe(["192.0.2.1", "192.0.2.2"]);
        (await Values("example.org", DnsType.Aaaa)).ShouldBe(["2001:db8::1"]);
        (await Values("example.org", DnsType.Txt)).ShouldBe(["first", "second"]);
        (await Values("EXAMPLE.org", DnsType.Txt)).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_long_text_in_several_strings_is_one()
    {
        var text = string.Concat(Enumerable.Range(0, 100).Select(number => $"word{number} "));
        host.Set("example.org", "TXT", text);
        (await Values("example.org", DnsType.Txt)).ShouldBe([text]);
    }

    [Fact]
    public async Task Aliases_on_the_way_are_told_with_what_is_at_their_end()
    {
        host.Set("docs.example.org", "CNAME", "pages.example.net");
        host.Set("pages.example.net", "CNAME", "edge.example.net");
        host.Set("edge.example.net", "A", "192.0.2.7");
        (await Client.AskAsync("docs.example.org", DnsType.A, Cancel)).ShouldBe([
            new DnsRecord("docs.example.org", DnsType.Cname, "pages.example.net"), new DnsRecord("pages.example.net", DnsType.Cname, "edge.example.net"), new DnsRecord("edge.example.net", DnsType.A, "192.0.2.7"),
        ]);
    }

    [Fact]
    public async Task A_name_that_is_not_there_has_no_records() => (await Values("nowhere.example.org", DnsType.A)).ShouldBeEmpty();

    [Fact]
    public async Task An_answer_that_was_cut_is_fetched_over_a_connection()
    {
        host.CutsDatagrams = true;
        host.Set("example.org", "TXT", new string('x', 900));
        (await Values("example.org", DnsType.Txt)).ShouldBe([new string('x', 900)]);
        host.Asked.ShouldBe(["udp TXT example.org", "tcp TXT example.org"]);
    }

    [Fact]
    public async Task An_answer_with_another_number_is_not_believed()
    {
        host.IsForged = true;
        host.Set("example.org", "A", "192.0.2.1");
        (await Values("example.org", DnsType.A)).ShouldBe(["192.0.2.1"]);
    }

    [Fact]
    public async Task A_server_that_cannot_is_passed_over_for_the_next()
    {
        await using var other = new DnsHost();
        host.Fails = true;
        other.Set("example.org", "A", "192.0.2.9");
        (await new DnsClient([host.Address, other.Address], patienceSeconds: 30).AskAsync("example.org", DnsType.A, Cancel)).ShouldHaveSingleItem().Value.ShouldBe("192.0.2.9");
        (await Should.ThrowAsync<Refusal>(() => Client.AskAsync("example.org", DnsType.A, Cancel))).Code.ShouldBe("domains.dns_unreachable");
    }

    [Fact]
    public async Task A_server_that_is_silent_is_not_waited_for_for_ever()
    {
        using var silent = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var client = new DnsClient([(IPEndPoint)silent.LocalEndPoint!], patienceSeconds: 0.1);
        (await Should.ThrowAsync<Refusal>(() => client.AskAsync("example.org", DnsType.A, Cancel))).Status.ShouldBe(503);
    }

    [Fact]
    public void Nothing_that_is_no_answer_is_read_as_one()
    {
        var question = DnsMessage.Question(7, "example.org", DnsType.A);
        DnsMessage.Answer(question, 7, "example.org", DnsType.A).ShouldBeNull("it is the question itself");
        byte[] good = [0, 7, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. question[12..], 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];
        DnsMessage.Answer(good, 7, "example.org", DnsType.A)!.Records.ShouldHaveSingleItem().Value.ShouldBe("192.0.2.1");
        DnsMessage.Answer(good, 8, "example.org", DnsType.A).ShouldBeNull();
        DnsMessage.Answer(good, 7, "example.com", DnsType.A).ShouldBeNull();
        DnsMessage.Answer(good, 7, "example.org", DnsType.Txt).ShouldBeNull();
        for (var length = 0; length < good.Length; length++) DnsMessage.Answer(good.AsSpan(0, length), 7, "example.org", DnsType.A).ShouldBeNull($"{length} bytes");
        // A pointer to itself, and one that leads on.
        foreach (var target in new byte[] { (byte)question.Length, 200 })
        {
            var looped = (byte[])good.Clone();
            looped[question.Length + 1] = target;
            DnsMessage.Answer(looped, 7, "example.org", DnsType.A).ShouldBeNull();
        }
    }

    [Fact]
    public void Noise_never_throws()
    {
        var noise = new Random(3);
        var question = DnsMessage.Question(7, "example.org", DnsType.Txt);
        for (var turn = 0; turn < 20_000; turn++)
        {
            var tail = new byte[noise.Next(120)];
            noise.NextBytes(tail);
            DnsMessage.Answer([0, 7, 0x81, 0x80, 0, 1, 0, (byte)noise.Next(4), 0, 0, 0, 0, .. question[12..], .. tail], 7, "example.org", DnsType.Txt);
        }
    }

    [Theory]
    [InlineData("docs.example.org", "docs.example.org")]
    [InlineData(" Docs.Example.ORG. ", "docs.example.org")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("例え.jp", "xn--r8jz45g.jp")]
    public void A_domain_is_written_in_one_way(string words, string name) => DomainName.Require(words, "sites.example.net").ShouldBe(name);

    [Theory]
    [InlineData("https://example.org", "domains.name_invalid")]
    [InlineData("example", "domains.name_invalid")]
    [InlineData("192.0.2.1", "domains.name_invalid")]
    [InlineData("a..b", "domains.name_invalid")]
    [InlineData("-a.example.org", "domains.name_invalid")]
    [InlineData("a_b.example.org", "domains.name_invalid")]
    [InlineData("example.org/path", "domains.name_invalid")]
    [InlineData("*.example.org", "domains.name_invalid")]
    [InlineData("printer.local", "domains.name_reserved")]
    [InlineData("a.localhost", "domains.name_reserved")]
    [InlineData("sites.example.net", "domains.name_reserved")]
    [InlineData("other.sites.example.net", "domains.name_reserved")]
    public void What_nobody_can_own_is_refused(string words, string code) => Should.Throw<Refusal>(() => DomainName.Require(words, "sites.example.net")).Code.ShouldBe(code);

    private async Task<IEnumerable<string>> Values(string name, DnsType type) => (await Client.AskAsync(name, type, Cancel)).Select(record => record.Value);
}
