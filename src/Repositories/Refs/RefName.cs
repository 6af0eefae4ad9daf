namespace Rialto.Repositories.Refs;

/// <summary>Rules for names of references, as <c>git check-ref-format</c> has them, and of objects.</summary>
internal static class RefName
{
    private const int MaxLength = 1024;

    /// <summary>Whether a reference can have this name, and no option or revision expression can be meant by it.</summary>
    public static bool IsSound(string name) =>
        name.Length is > 0 and <= MaxLength
        && name[0] is not ('-' or '/' or '.')
        && !name.EndsWith('/') && !name.EndsWith('.') && name is not "@"
        && !name.Contains("..") && !name.Contains("//") && !name.Contains("@{") && !name.Contains("/.")
        && !name.Split('/').Any(part => part.EndsWith(".lock", StringComparison.Ordinal))
        && !name.AsSpan().ContainsAny(" ~^:?*[\\") && !name.Any(char.IsControl);

    /// <summary>40 or 64 hexadecimal digits.</summary>
    public static bool IsFullId(string text) => text.Length is 40 or 64 && IsHex(text);

    /// <summary>4 to 64 hexadecimal digits: perhaps the beginning of an object name.</summary>
    public static bool IsShortId(string text) => text.Length is >= 4 and <= 64 && IsHex(text);

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigit);
}
