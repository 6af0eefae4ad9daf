using System.Xml.Linq;

namespace Rialto.Runner;

/// <summary>Reads the XML that a test program writes (xUnit's v2/v3 schema).</summary>
internal static class ResultFile
{
    public static Outcome Read(string name, double seconds, XDocument document)
    {
        var tests = document.Descendants("test").ToArray();
        return new Outcome(name, seconds)
        {
            Passed = tests.Count(test => Result(test) is "Pass"),
            Failures =
            [
                .. tests.Where(test => Result(test) is not ("Pass" or "Skip" or "NotRun")).Select(test => ReadFailure((string?)test.Attribute("name") ?? name, test.Element("failure"))),
                // Broken clean-ups and fixtures are no test's failure, but they are failures.
                .. document.Descendants("error").Select(error => ReadFailure($"{name}: {(string?)error.Attribute("type")} {(string?)error.Attribute("name")}".TrimEnd(), error.Element("failure"))),
            ],
            Skips = [.. tests.Where(test => Result(test) is "Skip").Select(test => new Skip((string?)test.Attribute("name") ?? name, test.Element("reason")?.Value.Trim() ?? "no reason given"))],
        };
    }

    private static string Result(XElement test) => (string?)test.Attribute("result") ?? "";

    private static Failure ReadFailure(string test, XElement? failure) =>
        new(test, failure?.Element("message")?.Value.Trim() ?? "failed without a message", failure?.Element("stack-trace")?.Value.TrimEnd() ?? "");
}
