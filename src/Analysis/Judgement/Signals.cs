namespace Rialto.Analysis;

/// <summary>What the judgements look at, gathered once: facts known so far and quick questions about files and dependencies.</summary>
internal sealed class Signals(RepositoryContent content, Document? readme, IReadOnlyList<PackageFacts> packages, PackageFacts? main, IReadOnlyList<LanguageShare> languages)
{
    private readonly ILookup<string, Dependency> dependencies = packages.Where(package => !package.IsAuxiliary || package == main)
        .SelectMany(package => package.Dependencies).Where(dependency => dependency.Scope is not ("development" or "build"))
        .ToLookup(dependency => dependency.Name, StringComparer.OrdinalIgnoreCase);

    public RepositoryContent Content { get; } = content;
    public Document? Readme { get; } = readme;
    public IReadOnlyList<PackageFacts> Packages { get; } = packages;
    public PackageFacts? Main { get; } = main;
    public IReadOnlyList<LanguageShare> Languages { get; } = languages;

    /// <summary>Title, summary and keywords in lower case: the words that the project uses for itself.</summary>
    public required string Words { get; init; }

    public required Fact<string>? Summary { get; init; }
    public required IReadOnlyList<CommandFacts> Commands { get; init; }
    public required MediaFacts Media { get; init; }
    public required IReadOnlyList<FeatureFacts> Features { get; init; }

    /// <summary>Where the first of the runtime dependencies is stated, or null.</summary>
    public Evidence? Depends(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (dependencies[name].FirstOrDefault() is { } found) return found.Evidence;
        return null;
    }

    /// <summary>The first runtime dependency whose name begins so.</summary>
    public Evidence? DependsOnPrefix(string prefix) =>
        dependencies.FirstOrDefault(group => group.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))?.First().Evidence;

    /// <summary>The first file of the product that satisfies the question.</summary>
    public Evidence? HasFile(Func<string, bool> isMatch) =>
        Content.Files.FirstOrDefault(file => isMatch(file.Path) && !AuxiliaryPaths.Contains(file.Path)) is { } found ? Content.At(found.Path) : null;

    public Evidence? HasPath(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
            if (Content.Find(path) is not null) return Content.At(path);
        return null;
    }

    /// <summary>A file below a folder of that name, at any depth outside examples and tests.</summary>
    public Evidence? HasFolder(params string[] names) =>
        HasFile(path => names.Any(name => path.StartsWith(name + "/", StringComparison.OrdinalIgnoreCase) || path.Contains("/" + name + "/", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whole words among those the project uses for itself.</summary>
    public bool Says(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
            for (var at = Words.IndexOf(phrase, StringComparison.Ordinal); at >= 0; at = Words.IndexOf(phrase, at + 1, StringComparison.Ordinal))
                if (Analysis.Words.IsWide(phrase[0]) || (at == 0 || !char.IsLetterOrDigit(Words[at - 1])) && (at + phrase.Length >= Words.Length || !char.IsLetter(Words[at + phrase.Length]) || Words[at + phrase.Length] == 's')) return true;
        return false;
    }

    public Evidence Spoken => Summary?.Evidence[0] ?? (Readme is null ? Content.Commit : Readme.File.At(1));
}
