using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rialto.Tidy;

/// <summary>Files and methods that fit a reader.</summary>
internal static class Sizes
{
    public const int FileLines = 400;
    public const int MethodLines = 60;

    public static IEnumerable<Finding> Check(CodeFile file)
    {
        if (!file.IsProduct) yield break;
        if (file.Lines > FileLines)
            yield return new Finding(file.Path, FileLines + 1, "file-length", $"The file has {file.Lines} lines, {FileLines} is the most.", "move one concept to a file of its own");
        foreach (var node in file.Syntax.DescendantNodes().Where(IsBody))
        {
            var lines = file.Line(node.Span.End - 1) - file.Line(node.SpanStart) + 1;
            if (lines > MethodLines)
                yield return file.Find(node, "method-length", $"{Name(node)} has {lines} lines, {MethodLines} is the most.", "give a part of it a name");
        }
    }

    private static bool IsBody(SyntaxNode node) => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;

    private static string Name(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text + " (constructor)",
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        _ => "This member",
    };
}
