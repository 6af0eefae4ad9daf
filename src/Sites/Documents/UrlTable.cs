namespace Rialto.Sites;

/// <summary>Gives each page an address that no other has, also on file systems that ignore case.</summary>
internal sealed class UrlTable
{
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    public string Take(string wanted)
    {
        if (taken.Add(wanted)) return wanted;
        var stem = wanted == "docs/" ? "docs/index" : wanted.TrimEnd('/');
        if (taken.Add(stem + "/")) return stem + "/";
        for (var number = 2; ; number++)
            if (taken.Add($"{stem}-{number}/")) return $"{stem}-{number}/";
    }
}
