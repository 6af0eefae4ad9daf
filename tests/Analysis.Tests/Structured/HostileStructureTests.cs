using Rialto.Analysis;
using Shouldly;
using Xunit;

public sealed class HostileStructureTests
{
    [Fact]
    public void Json_keeps_the_line_of_each_value_and_allows_comments()
    {
        var json = JsonReader.Read("{\n  // why\n  \"a\": {\n    \"b\": [1,\n 2,]\n  }\n}")!;
        json.At("a", "b")!.Line.ShouldBe(4);
        json.At("a", "b")!.Items[1].Line.ShouldBe(5);
    }

    [Fact]
    public void Deep_json_and_yaml_are_refused_instead_of_overflowing()
    {
        JsonReader.Read(new string('[', 200_000)).ShouldBeNull();
        YamlReader.Read(new string('[', 200_000)).ShouldBeNull();
        YamlReader.Read(string.Concat(Enumerable.Range(0, 500).Select(depth => new string(' ', depth) + "a:\n"))).ShouldBeNull();
    }

    [Fact]
    public void A_yaml_bomb_stays_as_small_as_it_was_written()
    {
        var yaml = YamlReader.Read("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nname: ok\n")!;
        yaml.Text("name").ShouldBe("ok");
        yaml["c"]!.Items[0].Items.ShouldBeEmpty();
    }

    [Fact]
    public void Xml_with_a_document_type_is_refused() => XmlReading.Read("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>").ShouldBeNull();
}
