using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Rialto.Tidy;

/// <summary>A C# file and its syntax.</summary>
/// <param name="Path">Relative to the checkout, with <c>/</c>.</param>
internal sealed record CodeFile(string Path, string Text, SyntaxNode Syntax)
{
    /// <summary>True for code of the product, false for tests and benchmarks.</summary>
    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>The folder under <c>src/</c>, or empty.</summary>
    public string Module => IsProduct ? Path.Split('/')[1] : "";

    public int Lines => Text.AsSpan().TrimEnd().Count('\n') + 1;

    public static CodeFile Read(string root, string path) => Parse(path, File.ReadAllText(System.IO.Path.Combine(root, path)));

    public static CodeFile Parse(string path, string text) => new(path, text, CSharpSyntaxTree.ParseText(text).GetRoot());

    public Finding Find(SyntaxNodeOrToken where, string rule, string reason, string fix) => new(Path, Line(where.SpanStart), rule, reason, fix);

    public int Line(int position) => Syntax.SyntaxTree.GetLineSpan(new(position, 0)).StartLinePosition.Line + 1;
}
