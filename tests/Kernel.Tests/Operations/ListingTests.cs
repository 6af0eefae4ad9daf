using System.Text.Json.Nodes;
using Dapper;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

public sealed class ListingTests : NotesTestBed
{
    [Theory]
    [InlineData("", new[] { 4, 3, 3, 2, 1 })]
    [InlineData("&sort=rank", new[] { 1, 2, 3, 3, 4 })]
    [InlineData("&sort=-text", new[] { 3, 4, 2, 3, 1 })]
    public async Task Pages_follow_one_another_without_gap_or_double(string order, int[] expected)
    {
        foreach (var (text, rank) in new[] { ("a", 1), ("c", 2), ("b", 3), ("e", 3), ("d", 4) }) await Write(Ada, text, rank);
        var seen = new List<int>();
        string? cursor = null;
        do
        {
            var (_, body, _) = await Send(Ada, HttpMethod.Get, $"/api/v1/notes?limit=2{order}{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(body!["items"]!.AsArray().Select(item => (int)item!["rank"]!));
            cursor = (string?)body["next"];
        } while (cursor is not null);
        seen.ShouldBe(expected);
    }

    [Fact]
    public async Task A_filter_leaves_only_what_equals_it()
    {
        await Write(Ada, "a", 1);
        await Write(Ada, "b", 2);
        (await Send(Ada, HttpMethod.Get, "/api/v1/notes?rank=2")).Body!["items"]!.AsArray().ShouldHaveSingleItem()!["text"]!.ToString().ShouldBe("b");
        (await Send(Ada, HttpMethod.Get, "/api/v1/notes?text=%27%20or%20true")).Body!["items"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sort=version", "request.sort_unknown")]
    [InlineData("sort=rank;drop", "request.sort_unknown")]
    [InlineData("rank=many", "request.filter_invalid")]
    [InlineData("cursor=rubbish", "request.cursor_invalid")]
    [InlineData("cursor=%5B%5D", "request.cursor_invalid")]
    [InlineData("limit=0", "request.invalid")]
    [InlineData("limit=201", "request.invalid")]
    [InlineData("limit=x", "request.malformed")]
    public async Task What_the_list_does_not_know_is_refused(string query, string code)
    {
        var (status, body, _) = await Send(Ada, HttpMethod.Get, "/api/v1/notes?" + query);
        (status, body!["code"]!.ToString()).ShouldBe((400, code));
    }

    [Fact]
    public async Task A_cursor_of_one_order_is_refused_in_another()
    {
        await Write(Ada, "a", 1);
        await Write(Ada, "b", 2);
        var next = (string?)(await Send(Ada, HttpMethod.Get, "/api/v1/notes?limit=1&sort=rank")).Body!["next"];
        (await Send(Ada, HttpMethod.Get, $"/api/v1/notes?limit=1&sort=text&cursor={next}")).Body!["code"]!.ToString().ShouldBe("request.cursor_invalid");
    }
}
