using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace Rialto.Kernel;

/// <summary>
/// What a module says to people, in every language: the files <c>Texts/en.json</c>, <c>de.json</c>, <c>es.json</c>, <c>ar.json</c> embedded in its assembly.
/// A text is a sentence with named places, <c>"front.hello": "Hello {name}"</c>, or one for each form of the number <c>count</c>,
/// <c>"front.sites": { "one": "{count} site", "other": "{count} sites", "=0": "No site yet" }</c>.
/// A test walks the files of all modules: every language has every key, with the same places and all forms the language needs.
/// </summary>
/// <example><code>
/// private static readonly Texts Texts = Texts.Of(typeof(FrontPage).Assembly);
/// var say = Texts.In(RequestLanguage.Of(http));
/// say["front.title"];  say.Say("front.sites", ("count", 3));  say.Html("front.more", ("link", new RawHtml("…")));
/// </code></example>
public sealed class Texts
{
    private static readonly ConcurrentDictionary<Assembly, Texts> Known = new();
    private readonly ConcurrentDictionary<Language, Lazy<IReadOnlyDictionary<string, TextEntry>>> entries = new();
    private readonly Func<Language, Stream?> open;
    private readonly string owner;

    internal Texts(string owner, Func<Language, Stream?> open) => (this.owner, this.open) = (owner, open);

    /// <summary>The Kernel's own: relative times, sizes, and the refusals every operation can give.</summary>
    internal static Texts OfKernel { get; } = Of(typeof(Texts).Assembly);

    /// <summary>Texts of a module; read when a language is first spoken.</summary>
    public static Texts Of(Assembly assembly) => Known.GetOrAdd(assembly, static assembly =>
        new Texts(assembly.GetName().Name ?? "", language => assembly.GetManifestResourceStream($"Texts/{language.Code}.json")));

    /// <summary>A voice that speaks these texts.</summary>
    /// <param name="language">In which language.</param>
    /// <param name="zone">Where the reader's clock is; UTC when not given.</param>
    public Wording In(Language language, TimeZoneInfo? zone = null) => new(this, language, zone ?? TimeZoneInfo.Utc);

    /// <summary>A text; English when only the language's is missing, null when there is none at all.</summary>
    internal TextEntry? Find(Language language, string key) => Entries(language).GetValueOrDefault(key) ?? Entries(Language.English).GetValueOrDefault(key);

    internal TextEntry Require(Language language, string key) => Find(language, key)
        ?? throw new InvalidOperationException($"{owner} has no text {key}; write it into its Texts/*.json, in every language.");

    internal IReadOnlyDictionary<string, TextEntry> Entries(Language language) =>
        entries.GetOrAdd(language, wanted => new Lazy<IReadOnlyDictionary<string, TextEntry>>(() => Read(wanted))).Value;

    private Dictionary<string, TextEntry> Read(Language language)
    {
        using var file = open(language);
        var found = new Dictionary<string, TextEntry>(StringComparer.Ordinal);
        if (file is null) return found;
        using var document = JsonDocument.Parse(file);
        foreach (var text in document.RootElement.EnumerateObject())
        {
            try
            {
                if (!found.TryAdd(text.Name, TextEntry.Parse(text.Value))) throw new FormatException("it is there twice");
            }
            catch (FormatException wrong)
            {
                throw new InvalidOperationException($"{owner}, {language.Code}.json, {text.Name}: {wrong.Message}.", wrong);
            }
        }
        return found;
    }
}
