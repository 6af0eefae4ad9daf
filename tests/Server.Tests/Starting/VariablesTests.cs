using System.Collections;
using System.Text.RegularExpressions;
using Rialto.Kernel;
using Shouldly;
using Xunit;

namespace Rialto.Server.Tests;

public sealed partial class VariablesTests
{
    private static readonly SettingLayers Layers = SettingLayers.Read([Settings.Number("publishing.most_sites", 50, "Most.", 1, 100)], null, _ => null);

    [Theory]
    [InlineData("RIALTO_DATABSE", "Nothing reads the variable RIALTO_DATABSE; is RIALTO_DATABASE meant?")]
    [InlineData("RIALTO_PUBLISHING__MOST_SITE", "Nothing reads the variable RIALTO_PUBLISHING__MOST_SITE; is RIALTO_PUBLISHING__MOST_SITES meant?")]
    [InlineData("RIALTO_PUBLISHING_MOST_SITES", "Nothing reads the variable RIALTO_PUBLISHING_MOST_SITES; is RIALTO_PUBLISHING__MOST_SITES meant?")]
    [InlineData("RIALTO_SOMETHING_ELSE_ALTOGETHER", "Nothing reads the variable RIALTO_SOMETHING_ELSE_ALTOGETHER.")]
    [InlineData("RIALTO_DATABASE", null)]
    [InlineData("RIALTO_PUBLISHING__MOST_SITES", null)]
    [InlineData("PATH", null)]
    public void A_variable_that_nothing_reads_is_said_with_the_one_that_is_near(string name, string? said) =>
        Variables.Strangers(Layers, new Hashtable { [name] = "x" }).ShouldBe(said is null ? [] : [said]);

    [Fact]
    public void Every_variable_that_the_source_names_is_known()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Rialto.slnx"))) root = Path.GetDirectoryName(root)!;
        var files = Directory.EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "scripts"))).Append(Path.Combine(root, "rialto"));
        var named = files.SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => match.Value)).Where(name => !name.Contains("__", StringComparison.Ordinal)).Distinct();
        named.Except(Variables.Plain).ShouldBeEmpty("Starting/Variables.cs should know them, or a user who sets one is told that nothing reads it.");
    }

    [GeneratedRegex("RIALTO_[A-Z][A-Z_]+[A-Z]")]
    private static partial Regex Named();
}
