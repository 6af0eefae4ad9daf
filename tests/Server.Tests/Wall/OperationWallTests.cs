using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Rialto.Server.Tests.Wall;

/// <summary>
/// Every operation of the running node is asked by one organisation for the things of another. Nothing here knows the operations: they are
/// read from the catalogue, and one that takes an id of a kind that <see cref="Things"/> cannot make fails the first test.
/// </summary>
[Collection(nameof(WalledNode))]
public sealed class OperationWallTests(WalledNode node)
{
    [Fact]
    public void Of_every_kind_of_thing_that_an_operation_names_one_can_be_made() =>
        Unmakeable(node.Operations).ShouldBeEmpty("Nobody has told the wall how to make these for another organisation, so nothing proves that they stay hidden. Fix: a line in tests/Server.Tests/Wall/Things.cs.");

    [Theory]
    [InlineData("""{"name":"x.get","method":"GET","path":"/api/v1/x/things/{id:guid}/parts","input":{"properties":{"id":{}}}}""", "/api/v1/x/things/{id}")]
    [InlineData("""{"name":"x.put","method":"POST","path":"/api/v1/x","input":{"properties":{"parent":{"format":"uuid"}}}}""", "x.put parent")]
    [InlineData("""{"name":"x.put","method":"POST","path":"/api/v1/x","input":{"properties":{"memberId":true}}}""", "x.put memberId")]
    public void A_new_operation_that_takes_an_id_is_noticed(string operation, string noticed) =>
        Unmakeable([WalledOperation.Of(JsonNode.Parse(operation)!.AsObject())]).ShouldBe([noticed]);

    [Fact]
    public void What_the_wall_knows_is_still_there()
    {
        var names = node.Operations.Select(operation => operation.Name).ToHashSet();
        var templates = node.Operations.SelectMany(operation => operation.Parts.Select(operation.TemplateOf)).ToHashSet();
        Things.ByPath.Keys.Concat(Things.Shared.Keys).Concat(Things.Choices.Keys).Where(template => !templates.Contains(template)).ShouldBeEmpty();
        Things.ByField.Keys.Select(field => field.Split(' ')[0]).Concat(Things.Bodies.Keys).Concat(Things.Queries.Keys).Where(name => !names.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_thing_of_another_organisation_is_answered_like_one_that_never_was()
    {
        var wrong = new List<string>();
        foreach (var operation in node.Operations.Where(one => one.TakesId && one.Parts.All(part => IsMade(one.TemplateOf(part)))))
        {
            var theirs = await MakeAsync(operation, node.Other, operation.Parts.Count);
            var nobodys = theirs.ToDictionary(part => part.Key, part => Things.Choices.GetValueOrDefault(operation.TemplateOf(part.Key)) ?? Things.Unknown(part.Value));
            var foreign = await AskAsync(operation, node.Acme, theirs);
            var unknown = await AskAsync(operation, node.Acme, nobodys);
            Compare(operation, foreign, unknown, "", wrong);
            // And there was something to be found: its own people find it, also after what Acme tried.
            var own = await AskAsync(operation, node.Other, theirs);
            if (own == foreign) wrong.Add($"{operation.Name}: its own organisation does not find it either, so this proves nothing: {own.Body}");
        }
        if (wrong.Count > 0) Assert.Fail(string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_part_of_another_organisations_thing_is_not_found_under_an_own_one()
    {
        var wrong = new List<string>();
        foreach (var operation in node.Operations.Where(one => one.Parts.Count > 1 && one.Parts.All(part => Things.ByPath.ContainsKey(one.TemplateOf(part)))))
        {
            var theirs = await MakeAsync(operation, node.Other, operation.Parts.Count);
            var own = await MakeAsync(operation, node.Acme, operation.Parts.Count - 1);
            var last = operation.Parts[^1];
            var foreign = await AskAsync(operation, node.Acme, new Dictionary<string, string>(own) { [last] = theirs[last] });
            var unknown = await AskAsync(operation, node.Acme, new Dictionary<string, string>(own) { [last] = Things.Unknown(theirs[last]) });
            Compare(operation, foreign, unknown, last, wrong);
        }
        if (wrong.Count > 0) Assert.Fail(string.Join('\n', wrong));
    }

    [Fact]
    public async Task A_field_that_names_another_organisations_thing_is_answered_like_one_that_names_nothing()
    {
        var wrong = new List<string>();
        foreach (var (name, make) in Things.ByField)
        {
            var (operation, field) = (node.Operations.Single(one => one.Name == name.Split(' ')[0]), name.Split(' ')[1]);
            var theirs = await make(node.Other);
            var own = await MakeAsync(operation, node.Acme, operation.Parts.Count);
            var foreign = await AskAsync(operation, node.Acme, own, (field, theirs));
            var again = await MakeAsync(operation, node.Acme, operation.Parts.Count);
            var unknown = await AskAsync(operation, node.Acme, again, (field, Things.Unknown(theirs)));
            if (foreign != unknown) wrong.Add($"{name}: {foreign} is not {unknown}");
        }
        if (wrong.Count > 0) Assert.Fail(string.Join('\n', wrong));
    }

    [Fact]
    public async Task No_list_search_feed_export_or_page_tells_of_another_organisation()
    {
        var marks = new List<string> { node.Other.Organisation.Id.ToString(), node.Other.Organisation.Handle };
        foreach (var (template, make) in Things.ByPath.Where(one => one.Key.Split('{').Length == 2)) marks.Add(await make(node.Other, new Dictionary<string, string>()));
        var paths = node.Operations.Where(operation => operation.Method == "GET" && !operation.TakesId && !Things.OfPersons.Contains(operation.Name)).Select(operation => operation.Path + (Things.Queries.TryGetValue(operation.Name, out var query) ? "?" + query : "")).ToList();
        paths.AddRange(["/", "/metrics", "/api/v1/operations", "/api/v1/openapi.json"]);
        var wrong = new List<string>();
        foreach (var path in paths)
        {
            var answer = await node.Acme.SendAsync("GET", path, null);
            // What only a person may read is asked in the module's own tests.
            if (answer.Status == 403 && answer.Body.Contains("\"identity.not_a_person\"", StringComparison.Ordinal)) continue;
            if (answer.Status != 200) wrong.Add($"{path} answers {answer.Status}, so this proves nothing: {answer.Body}");
            wrong.AddRange(marks.Where(mark => answer.Body.Contains(mark, StringComparison.OrdinalIgnoreCase)).Select(mark => $"{path} tells of {mark}"));
        }
        if (wrong.Count > 0) Assert.Fail(string.Join('\n', wrong));
    }

    private static IEnumerable<string> Unmakeable(IEnumerable<WalledOperation> operations) =>
        operations.SelectMany(operation => operation.Parts.Select(operation.TemplateOf)).Distinct().Where(template => !IsMade(template) && !Things.Shared.ContainsKey(template))
            .Concat(operations.SelectMany(operation => operation.Ids.Select(field => $"{operation.Name} {field}")).Where(field => !Things.ByField.ContainsKey(field) && !Things.SharedFields.ContainsKey(field)));

    private static bool IsMade(string template) => Things.ByPath.ContainsKey(template) || Things.Choices.ContainsKey(template);

    private static void Compare(WalledOperation operation, Answer foreign, Answer unknown, string part, List<string> wrong)
    {
        if (foreign.Status != 404) wrong.Add($"{operation.Name} {part}: {foreign.Status} for what is another's: {foreign.Body}");
        else if (foreign != unknown) wrong.Add($"{operation.Name} {part}: {foreign} is not {unknown}");
    }

    private static async Task<Dictionary<string, string>> MakeAsync(WalledOperation operation, Side side, int parts)
    {
        var made = new Dictionary<string, string>();
        foreach (var part in operation.Parts.Take(parts))
            made[part] = Things.ByPath.TryGetValue(operation.TemplateOf(part), out var make) ? await make(side, made) : Things.Choices.GetValueOrDefault(operation.TemplateOf(part)) ?? "wall";
        return made;
    }

    private static async Task<Answer> AskAsync(WalledOperation operation, Side side, IReadOnlyDictionary<string, string> values, params (string Name, string Value)[] fields)
    {
        var body = JsonNode.Parse(Things.Bodies.GetValueOrDefault(operation.Name) ?? operation.Example ?? "{}")!.AsObject();
        var path = operation.PathWith(values);
        var query = Things.Queries.GetValueOrDefault(operation.Name) ?? "";
        foreach (var (name, value) in fields)
            if (operation.Method is "GET") query = string.Join('&', query.Split('&').Where(pair => pair.Length > 0 && !pair.StartsWith(name + "=", StringComparison.Ordinal)).Append($"{name}={value}"));
            else body[name] = value;
        var answer = await side.SendAsync(operation.Method, query.Length > 0 ? $"{path}?{query}" : path, body.ToJsonString());
        return answer.Without(values.Values.Concat(fields.Select(field => field.Value)));
    }
}
