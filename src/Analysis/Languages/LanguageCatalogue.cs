namespace Rialto.Analysis;

/// <summary>All languages and the names, extensions and interpreters they go by. Loaded on first use.</summary>
internal static class LanguageCatalogue
{
    private static readonly Lazy<Index> Loaded = new(() => new Index());

    /// <summary>Extensions too common to name a language without proof from the content (linguist's generic.yml).</summary>
    private static readonly HashSet<string> GenericExtensions =
    [
        ".1", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9", ".action", ".alg", ".app", ".cmp", ".msg", ".network",
        ".resource", ".sol", ".srv", ".stl", ".tag", ".target", ".url",
    ];

    public static IReadOnlyList<Language> All => Loaded.Value.All;

    /// <summary>The language of that exact name, or null.</summary>
    public static Language? Named(string name) => Loaded.Value.Names.GetValueOrDefault(name);

    /// <summary>The language that answers to that name in modelines and attributes, in any case; what follows a comma is ignored.</summary>
    public static Language? Aliased(string alias)
    {
        var aliases = Loaded.Value.Aliases.GetAlternateLookup<ReadOnlySpan<char>>();
        if (aliases.TryGetValue(alias, out var language)) return language;
        var comma = alias.IndexOf(',');
        return comma > 0 && aliases.TryGetValue(alias.AsSpan(0, comma), out language) ? language : null;
    }

    public static IReadOnlyList<Language> WithFileName(string fileName) => Loaded.Value.FileNames.GetValueOrDefault(fileName) ?? [];

    public static IReadOnlyList<Language> WithInterpreter(string program) => Loaded.Value.Interpreters.GetValueOrDefault(program) ?? [];

    /// <summary>Languages of the longest known extension of a lower-case file name: <c>x.html.erb</c> is tried as <c>.html.erb</c>, then <c>.erb</c>.</summary>
    public static IReadOnlyList<Language> WithExtensionOf(ReadOnlySpan<char> lowerFileName)
    {
        var extensions = Loaded.Value.Extensions.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var dot = lowerFileName.IndexOf('.'); dot >= 0;)
        {
            if (extensions.TryGetValue(lowerFileName[dot..], out var found)) return found;
            var next = lowerFileName[(dot + 1)..].IndexOf('.');
            dot = next < 0 ? -1 : dot + 1 + next;
        }
        return [];
    }

    /// <summary>True when the extension alone proves nothing.</summary>
    public static bool IsGeneric(ReadOnlySpan<char> lowerFileName)
    {
        var dot = lowerFileName.LastIndexOf('.');
        return dot >= 0 && GenericExtensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lowerFileName[dot..]);
    }

    private sealed class Index
    {
        public readonly List<Language> All = new(900);
        public readonly Dictionary<string, Language> Names = new(900);
        public readonly Dictionary<string, Language> Aliases = new(1500, StringComparer.OrdinalIgnoreCase);
        public readonly Dictionary<string, List<Language>> FileNames = new(500);
        public readonly Dictionary<string, List<Language>> Interpreters = new(300);
        public readonly Dictionary<string, List<Language>> Extensions = new(1600);

        public Index()
        {
            foreach (var line in EmbeddedData.Lines("languages.txt")) Add(Parse(line.Split('\t')));
        }

        private static Language Parse(string[] field) => new(
            field[0],
            field[1] switch { "programming" => LanguageType.Programming, "markup" => LanguageType.Markup, "prose" => LanguageType.Prose, _ => LanguageType.Data },
            field[2].Length > 0 ? field[2] : null, field[3].Length > 0 ? field[3] : field[0],
            Values(field[4]), Values(field[5]), Values(field[6]), Values(field[7]));

        private static string[] Values(string field) => field.Length == 0 ? [] : field.Split('\u001f');

        private void Add(Language language)
        {
            All.Add(language);
            Names.Add(language.Name, language);
            foreach (var alias in language.Aliases) Aliases.TryAdd(alias, language);
            foreach (var name in language.FileNames) Put(FileNames, name, language);
            foreach (var program in language.Interpreters) Put(Interpreters, program, language);
            foreach (var extension in language.Extensions) Put(Extensions, extension, language);
        }

        private static void Put(Dictionary<string, List<Language>> index, string key, Language language)
        {
            if (index.TryGetValue(key, out var list)) list.Add(language);
            else index.Add(key, [language]);
        }
    }
}
