using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rialto.Tidy;

/// <summary>Names that say something, and a public surface that is all in Contracts.</summary>
internal static class Names
{
    private static readonly string[] Empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Impl", "Dto", "Base"];

    /// <summary>Modules whose every public type is there to be used; hosts have no users.</summary>
    private static readonly string[] WithoutContracts = ["Kernel", "Cli", "Server", "Portal"];

    public static IEnumerable<Finding> Check(CodeFile file)
    {
        foreach (var type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
        {
            var name = type.Identifier.Text;
            if (Array.Find(Empty, word => name.EndsWith(word, StringComparison.Ordinal)) is { } suffix)
                yield return file.Find(type.Identifier, "empty-name", $"\"{suffix}\" in {name} says nothing about what it does.", "name it by its job");
            if (file.IsProduct && type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax && IsLoose(file, type))
                yield return file.Find(type.Identifier, "public-surface", $"{name} is public, and a module's public surface is its Contracts folder.", "make it internal, or move it to Contracts");
        }
    }

    private static bool IsLoose(CodeFile file, BaseTypeDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !WithoutContracts.Contains(file.Module)
        && !file.Path.Contains("/Contracts/", StringComparison.Ordinal)
        && !IsSeenByRazor(file.Path)
        && type.Identifier.Text != file.Module + "Module";

    // Razor makes its components public, and C# then asks that the types of their parameters and their base be public as well.
    private static bool IsSeenByRazor(string path) =>
        path.EndsWith(".razor.cs", StringComparison.Ordinal) || path.StartsWith("src/Sites/Themes/", StringComparison.Ordinal);
}
