using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Sites.Tests;

public sealed class SettingsTests
{
    private static SiteSettings Read(string text, params (string Key, string Value)[] overrides) => SettingsReader.Read(text, overrides.ToDictionary(pair => pair.Key, pair => pair.Value));

    [Fact]
    public void All_members_are_read_and_comments_allowed()
    {
        var settings = Read("{ // mine\n \"theme\": \"startup-product\", \"accent\": \"#f00\", \"sections\": [\"features\"], \"primaryAction\": {\"text\": \"Go\", \"url\": \"docs/\"}, \"madeWith\": false, }");
        settings.Theme.ShouldBe("startup-product");
        settings.Sections.ShouldBe(["features"]);
        settings.PrimaryAction.ShouldBe(new SiteAction("Go", "docs/"));
        settings.MadeWith.ShouldBeFalse();
    }

    [Theory]
    [InlineData("{\n  \"acent\": \"#fff\"\n}", "settings.unknown", "line 2", "accent")]
    [InlineData("{\n\n  \"accent\": \"red\"\n}", "settings.wrong_type", "line 3", "#3b5bdb")]
    [InlineData("{\"madeWith\": \"no\"}", "settings.wrong_type", "line 1", "true or false")]
    [InlineData("{\"theme\": \"modern\"}", "settings.unknown", "line 1", "modern-web")]
    [InlineData("{\"primaryAction\": {\"txt\": \"x\"}}", "settings.unknown", "line 1", "primaryAction.text")]
    [InlineData("{\"primaryAction\": {\"text\": \"x\", \"url\": \"javascript:alert(1)\"}}", "settings.wrong_type", "line 1", "web address")]
    [InlineData("{\"analytics\": {\"script\": \"http://x.example/a.js\"}}", "settings.wrong_type", "line 1", "https")]
    [InlineData("{\n\"a\": \n}", "settings.malformed", "line 3", "not JSON")]
    [InlineData("[]", "settings.malformed", "object", "braces")]
    public void What_is_wrong_is_refused_with_its_line_and_the_way_out(string text, string code, string where, string advice)
    {
        var refusal = Should.Throw<Refusal>(() => Read(text));
        refusal.Code.ShouldBe(code);
        refusal.Message.ShouldContain(where);
        refusal.Message.ShouldContain(advice);
    }

    [Fact]
    public void What_is_not_said_is_as_the_record_states_it() => Read("{}").ShouldBe(new SiteSettings());

    [Fact]
    public void Overrides_have_types_and_win()
    {
        var settings = Read("{\"title\": \"A\"}", ("title", "B"), ("madeWith", "no"), ("sections", "hero, features"), ("primaryAction.text", "Go"), ("primaryAction.url", "docs/"));
        settings.Title.ShouldBe("B");
        settings.MadeWith.ShouldBeFalse();
        settings.Sections.ShouldBe(["hero", "features"]);
        settings.PrimaryAction!.Url.ShouldBe("docs/");
        Should.Throw<Refusal>(() => Read("{}", ("titel", "x"))).Message.ShouldContain("\"title\"");
        Should.Throw<Refusal>(() => Read("{}", ("madeWith", "maybe"))).Code.ShouldBe("settings.wrong_type");
    }

    [Fact]
    public void The_published_schema_names_the_same_settings()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Rialto.slnx"))) root = root.Parent!;
        using var schema = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(root.FullName, "docs", "rialto.schema.json")));
        Keys(schema.RootElement, "").Where(key => key != "$schema").Order(StringComparer.Ordinal).ShouldBe(SettingsShape.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Keys(System.Text.Json.JsonElement schema, string prefix)
    {
        if (!schema.TryGetProperty("properties", out var properties)) yield break;
        foreach (var property in properties.EnumerateObject())
        {
            yield return prefix + property.Name;
            foreach (var inner in Keys(property.Value, prefix + property.Name + ".")) yield return inner;
        }
    }
}
