namespace Rialto.Analysis;

/// <summary>What kind of text a language is; only programming and markup count by default, as on GitHub.</summary>
internal enum LanguageType { Data, Markup, Programming, Prose }

/// <summary>A language as GitHub knows it.</summary>
/// <param name="Name">GitHub's name.</param>
/// <param name="Type">What kind of text it is.</param>
/// <param name="Color">CSS hex colour, or null.</param>
/// <param name="GroupName">Name of the language that its bytes count for; its own unless it is a dialect.</param>
/// <param name="Aliases">Names it answers to in modelines and attributes, lower case.</param>
/// <param name="Extensions">With their dot, lower case.</param>
/// <param name="Interpreters">Program names of shebang lines.</param>
/// <param name="FileNames">Exact file names.</param>
internal sealed record Language(
    string Name, LanguageType Type, string? Color, string GroupName,
    string[] Aliases, string[] Extensions, string[] Interpreters, string[] FileNames)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
