using System.Text;
using Rialto.Analysis;
using Rialto.Testing;
using Shouldly;
using Xunit;

public sealed class HostileInputTests
{
    private static Task<Facts> Of(byte[] readme) => AnalysisModule.NewAnalyzer().AnalyzeAsync(new MemoryTree().Add("README.md", readme), cancel: TestContext.Current.CancellationToken);

    public static TheoryData<string> Texts =>
    [
        new string('>', 50_000) + " deep", new string('[', 100_000), new string('*', 200_000) + "a", new string('`', 100_001), "<" + new string('a', 1_000_000), string.Concat(Enumerable.Repeat("<div>", 40_000)),
        string.Concat(Enumerable.Repeat("![a](", 20_000)), string.Concat(Enumerable.Repeat("- ", 20_000)), string.Concat(Enumerable.Repeat("| a ", 20_000)) + "\n|-", "# " + new string('a', 1_000_000), new string(' ', 1_000_000) + "x", string.Concat(Enumerable.Repeat("# heading\n\ntext text text\n\n", 9_000)),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_hostile_readme_is_read_without_harm(string text) => (await Of(Encoding.UTF8.GetBytes(text))).Name.Value.ShouldBe("product");

    [Fact]
    public async Task Broken_UTF_8_and_UTF_16_are_read_as_far_as_they_can_be()
    {
        (await Of([.. "# Product "u8, 0xC3, 0x28, 0xFF, .. "\n\nProduct is a fine thing for everyone.\n"u8])).Summary!.Value.ShouldStartWith("Product is");
        (await Of([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("# Product\n\nProduct is a fine thing for everyone.\n")])).Title.Value.ShouldBe("Product");
        (await Of(Encoding.Unicode.GetBytes("# Product\n\nProduct is a fine thing for everyone.\n"))).Title.Value.ShouldBe("Product");
    }
}
