using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>The word that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The nearest of <paramref name="known"/>; null when none is near.</summary>
    public static string? For(string word, IEnumerable<string> known) => NearestWord.Of(word, known);
}
