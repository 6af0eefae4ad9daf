using System.Text;
using Rialto.Secrets.Rules;
using Rialto.Secrets.Scanning;
using Rialto.Secrets.Tests.Rules;
using Shouldly;

namespace Rialto.Secrets.Tests.Scanning;

/// <summary>What a scan costs, counted in letters that rules look at: twice the text is at most twice the work, and no text makes it many times its length.</summary>
public sealed class LinearWorkTests
{
    private const int Letters = 8_000;
    private const int MostLooksPerLetter = 200;

    public static TheoryData<string> Hostile =>
    [
        .. RuleBook.Default.Rules.SelectMany(rule => rule.Keywords).Distinct(StringComparer.OrdinalIgnoreCase),
        "a", "=", "://", "://a:", "password=", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----\n", "Authorization: Basic ", "curl -u ", "curl -H \"authorization", "secret key token ",
        "AKIA", "AKIAAKIA ", "eyJ", "eyJeyJ.eyJ.", "key\n", "key = \"\n", "api_key: '", "user:password@host ", "{\"private_key\": ", "\"login\"", "docker login -u a -p ",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_text_of_nothing_but_this_costs_in_proportion_to_its_length(string piece)
    {
        var once = Work(piece, Letters);
        var twice = Work(piece, 2 * Letters);
        twice.ShouldBeLessThanOrEqualTo(2 * once + once / 10 + 100_000, "twice the text is at most twice the work");
        twice.ShouldBeLessThanOrEqualTo(2L * Letters * MostLooksPerLetter);
    }

    [Fact]
    public void All_keywords_side_by_side_cost_in_proportion_too()
    {
        var keywords = string.Join(' ', RuleBook.Default.Rules.SelectMany(rule => rule.Keywords));
        var once = Work(keywords, Letters);
        Work(keywords, 2 * Letters).ShouldBeLessThanOrEqualTo(2 * once + once / 10 + 100_000);
    }

    [Fact]
    public void Ordinary_code_is_hardly_looked_at_by_any_rule()
    {
        const string Line = "    var result = compute(index, offset) ?? throw new ArgumentException(\"no such entry\"); // keeps the order of the list\n";
        Work(Line, Letters).ShouldBeLessThan(Letters);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    public void Every_token_of_one_endless_line_has_its_own_column(int tokens)
    {
        var line = new StringBuilder("é ");
        var expected = new List<int>();
        for (var seed = 0; seed < tokens; seed++)
        {
            expected.Add(line.Length + 1);
            line.Append(Template.Fill("ghp_{a:36}", seed)).Append(" ü ");
        }
        Columns(line.ToString()).ShouldBe(expected);
        Columns("first\n\nthird " + line).ShouldBe(expected.Select(column => column + 6));
    }

    private static IEnumerable<int> Columns(string text)
    {
        var tree = new Rialto.Testing.MemoryTree().Add("a.txt", text);
        var scan = SecretsModule.CreateScanner().ScanAsync(tree, cancel: TestContext.Current.CancellationToken).GetAwaiter().GetResult();
        return scan.Findings.Select(finding => finding.Column);
    }

    private static long Work(string piece, int letters)
    {
        var text = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(piece, letters / piece.Length + 1))[..letters]);
        TextScan.Find(text, RuleBook.Default, out var work);
        return work;
    }
}
