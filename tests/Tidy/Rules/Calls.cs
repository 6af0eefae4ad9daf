using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rialto.Tidy;

/// <summary>Calls that are kept to one place, or not made at all. Read from syntax, so words in texts and comments do not count.</summary>
internal static class Calls
{
    private static readonly string[] RegexMethods = ["IsMatch", "Match", "Matches", "Replace", "Split", "Count", "EnumerateMatches"];

    public static IEnumerable<Finding> Check(CodeFile file) =>
        file.Syntax.DescendantNodes().SelectMany(node => Check(file, node)).Concat(file.Syntax.DescendantTrivia(descendIntoTrivia: true).SelectMany(trivia => Check(file, trivia)));

    private static IEnumerable<Finding> Check(CodeFile file, SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax access => Check(file, access),
        BaseObjectCreationExpressionSyntax creation => Check(file, creation),
        IdentifierNameSyntax { Identifier.Text: "NotImplementedException" } => [file.Find(node, "not-implemented", "Nothing is left for later under a name that promises it.", "write it, or leave the member out")],
        _ => [],
    };

    private static IEnumerable<Finding> Check(CodeFile file, SyntaxTrivia trivia)
    {
        var isComment = trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);
        if (isComment && trivia.ToString() is var text && (Starts(text, "TODO") || Starts(text, "FIXME") || Starts(text, "HACK")))
            yield return new Finding(file.Path, file.Line(trivia.SpanStart), "left-for-later", "A note to oneself in the code is never read again.", "do it now, or open an issue");
    }

    private static bool Starts(string comment, string word) =>
        comment.TrimStart('/', '*', ' ').StartsWith(word, StringComparison.OrdinalIgnoreCase) && !comment.Contains(word + ".md", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Finding> Check(CodeFile file, MemberAccessExpressionSyntax access)
    {
        var owner = access.Expression.ToString();
        var name = access.Name.Identifier.Text;
        if (owner is "Thread" or "System.Threading.Thread" && name == "Sleep")
            yield return file.Find(access, "sleep", "A sleeping thread serves nobody and a sleeping test guesses.", "await Task.Delay, or wait for the thing itself");
        if (owner is "DateTime" or "DateTimeOffset" && name is "Now" or "Today")
            yield return file.Find(access, "local-time", "Local time depends on the machine.", "take a TimeProvider, or use DateTimeOffset.UtcNow");
        if (!file.IsProduct) yield break;
        if (name == "Result" && IsTask(access.Expression) || name == "Wait" && IsTask(access.Expression) && access.Parent is InvocationExpressionSyntax || name == "GetResult" && owner.EndsWith("GetAwaiter()", StringComparison.Ordinal))
            yield return file.Find(access, "blocking", "Blocking on a task wastes a thread and can deadlock.", "await it");
        if (owner is "Console" or "System.Console" && file.Module is not ("Cli" or "Server"))
            yield return file.Find(access, "console", "Only a host speaks to the terminal.", "return it, or take an IProgress or ILogger");
        if (owner is "Process" or "System.Diagnostics.Process" && name == "Start" && !IsProcessRunner(file))
            yield return file.Find(access, "process", "Children are run with an argument list, an empty environment, limits and a way to end them.", "use Kernel's ChildProcess");
        if (owner is "Regex" or "System.Text.RegularExpressions.Regex" && RegexMethods.Contains(name) && access.Parent is InvocationExpressionSyntax call && !IsBounded(call.ArgumentList))
            yield return file.Find(access, "regex", "Input is hostile: a pattern may take for ever.", "use [GeneratedRegex] with RegexOptions.NonBacktracking or a time limit");
    }

    private static IEnumerable<Finding> Check(CodeFile file, BaseObjectCreationExpressionSyntax creation)
    {
        if (!file.IsProduct || creation is not ObjectCreationExpressionSyntax named) yield break;
        var type = named.Type.ToString();
        if (type is "HttpClient" && !file.Path.StartsWith("src/Kernel/Http/", StringComparison.Ordinal))
            yield return file.Find(creation, "http", "What goes out passes one guard (private addresses, redirects, sizes, time).", "use the Kernel's guarded client");
        if (type is "ProcessStartInfo" && !IsProcessRunner(file))
            yield return file.Find(creation, "process", "Children are run with an argument list, an empty environment, limits and a way to end them.", "use Kernel's ChildProcess");
        if (type is "Regex" && !IsBounded(creation.ArgumentList))
            yield return file.Find(creation, "regex", "Input is hostile: a pattern may take for ever.", "use [GeneratedRegex], or give RegexOptions.NonBacktracking or a time limit");
    }

    // A person's browser outlives us and needs the desktop's environment.
    private static bool IsProcessRunner(CodeFile file) => file.Path.StartsWith("src/Kernel/Processes/", StringComparison.Ordinal) || file.Path == "src/Cli/Shell/Browser.cs";

    private static bool IsBounded(ArgumentListSyntax? arguments) =>
        arguments?.ToString() is { } text && (text.Contains("NonBacktracking", StringComparison.Ordinal) || text.Contains("TimeSpan", StringComparison.Ordinal) || text.Contains("imeout", StringComparison.Ordinal));

    // Types are not known here; a call that ends in Async, or a thing named task, is one.
    private static bool IsTask(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.Text.EndsWith("Async", StringComparison.Ordinal),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax method } => method.Identifier.Text.EndsWith("Async", StringComparison.Ordinal),
        IdentifierNameSyntax variable => variable.Identifier.Text.EndsWith("task", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
