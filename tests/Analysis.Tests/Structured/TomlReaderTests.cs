using Rialto.Analysis;
using Shouldly;
using Xunit;

public sealed class TomlReaderTests
{
    [Theory]
    [InlineData("a = \"x\\u00e9\\n\"", "xé\n")]
    [InlineData("a = 'C:\\raw\\n'", "C:\\raw\\n")]
    [InlineData("a = \"\"\"\nfirst\nsecond\"\"\"", "first\nsecond")]
    [InlineData("a = \"\"\"one \\\n     two\"\"\"", "one two")]
    [InlineData("a = \"\"\"quoted \"\"\"\"\"", "quoted \"\"")]
    [InlineData("a = '''it's'''", "it's")]
    [InlineData("a = 1979-05-27 07:32:00Z # dawn", "1979-05-27 07:32:00Z")]
    [InlineData("a = 1_000", "1_000")]
    [InlineData("a = -inf", "-inf")]
    [InlineData("\"a\" = true", "true")]
    public void Values_are_read_as_the_specification_says(string toml, string expected) => TomlReader.Read(toml)!.Text("a").ShouldBe(expected);

    [Fact]
    public void Dotted_keys_headers_and_inline_tables_meet_in_the_same_table()
    {
        var toml = TomlReader.Read("fruit.apple.color = 'red'\n[fruit.apple.taste]\nsweet = true\n[tool.\"x.y\"]\nz = { a.b = 1, c = [ 1, # one\n 2, ] }\n")!;
        toml.At("fruit", "apple", "color")!.Scalar.ShouldBe("red");
        toml.At("fruit", "apple", "taste", "sweet")!.Scalar.ShouldBe("true");
        toml.At("tool", "x.y", "z", "a", "b")!.Line.ShouldBe(5);
        toml.At("tool", "x.y", "z", "c")!.Items.Select(item => item.Scalar).ShouldBe(["1", "2"]);
    }

    [Fact]
    public void An_array_of_tables_grows_and_what_follows_belongs_to_its_last_entry()
    {
        var toml = TomlReader.Read("[[bin]]\nname = 'a'\n[[bin]]\nname = 'b'\n[bin.more]\nx = 1\n")!;
        toml["bin"]!.Items.Select(item => item.Text("name")).ShouldBe(["a", "b"]);
        toml["bin"]!.Items[1].At("more", "x")!.Scalar.ShouldBe("1");
        toml["bin"]!.Items[0]["more"].ShouldBeNull();
    }

    [Theory]
    [InlineData("a = 1\na = 2")]
    [InlineData("[a]\n[a]")]
    [InlineData("a = {x = 1}\na.y = 2")]
    [InlineData("a = [1]\n[[a]]\nb = 1")]
    [InlineData("a = 1\n[a.b]")]
    [InlineData("a = \"\\q\"")]
    [InlineData("a = \"\\ud800\"")]
    [InlineData("a = \"open")]
    [InlineData("a = 1 b = 2")]
    [InlineData("a =")]
    [InlineData("= 1")]
    public void What_the_specification_forbids_is_not_read(string toml) => TomlReader.Read(toml).ShouldBeNull();

    [Fact]
    public void Hostile_nesting_ends_without_harm() => TomlReader.Read("a = " + new string('[', 100_000)).ShouldBeNull();
}
