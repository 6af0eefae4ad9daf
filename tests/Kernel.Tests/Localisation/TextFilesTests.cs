using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rialto.Kernel.Tests;

/// <summary>Walks the texts of all modules, this one's neighbours too: what is missing in one language is found here and not by a reader.</summary>
public sealed partial class TextFilesTests
{
    private static readonly string Source = Path.Combine(Checkout(), "src");

    public static TheoryData<string> Modules => [.. Directory.GetDirectories(Source).Where(module => Directory.Exists(Path.Combine(module, "Texts"))).Select(module => Path.GetFileName(module))];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Every_text_is_there_in_every_language_with_the_same_places_and_all_forms(string module)
    {
        var texts = Of(module);
        var english = texts.Entries(Language.English);
        english.ShouldNotBeEmpty();
        foreach (var language in Language.All)
        {
            var entries = texts.Entries(language);
            entries.Keys.Except(english.Keys).ShouldBeEmpty($"{module}/Texts/{language}.json has texts that en.json has not.");
            english.Keys.Except(entries.Keys).ShouldBeEmpty($"{module}/Texts/{language}.json lacks texts.");
            foreach (var (key, entry) in entries)
            {
                entry.Places.ShouldBe(english[key].Places, ignoreOrder: true, $"{module}/Texts/{language}.json: {key} has other places than in English.");
                entry.HasForms.ShouldBe(english[key].HasForms, $"{module}/Texts/{language}.json: {key} has forms in one language only.");
                if (entry.HasForms) entry.Forms.ShouldBe(Plurals.Of(language), ignoreOrder: true, $"{module}/Texts/{language}.json: {key} needs exactly these forms.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Every_key_in_the_code_has_a_text_and_every_text_a_use(string module)
    {
        var keys = Of(module).Entries(Language.English).Keys.ToHashSet();
        var code = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Source, module), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(File.ReadLines).Where(line => !line.AsSpan().TrimStart().StartsWith("//")));
        Asked().Matches(code).Select(match => match.Groups[1].Value).Where(key => !key.EndsWith('.')).Except(keys).ShouldBeEmpty($"{module} asks for texts that its Texts/en.json has not.");
        // Keys put together at run time begin with a part that stands in the code.
        var literals = Literal().Matches(code).Select(match => match.Groups[1].Value).ToHashSet();
        keys.Where(key => !key.StartsWith("refusal.", StringComparison.Ordinal) && !literals.Contains(key) && !Prefixes(key).Any(literals.Contains))
            .ShouldBeEmpty($"Nobody in {module} asks for these texts; take them out.");
    }

    private static IEnumerable<string> Prefixes(string key)
    {
        for (var dot = key.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = key.IndexOf('.', dot + 1)) yield return key[..(dot + 1)];
    }

    private static Texts Of(string module) => new(module, language => Path.Combine(Source, module, "Texts", language.Code + ".json") is var file && File.Exists(file) ? File.OpenRead(file) : null);

    private static string Checkout()
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
            if (File.Exists(Path.Combine(here.FullName, "Rialto.slnx"))) return here.FullName;
        throw new DirectoryNotFoundException("No Rialto.slnx above the tests.");
    }

    // The wording is called say everywhere.
    [GeneratedRegex("""\b[sS]ay(?:\[|\.(?:Say|Html)\()"([a-zA-Z0-9_.]+)["]""")]
    private static partial Regex Asked();

    [GeneratedRegex("\"([a-zA-Z0-9_]+(?:\\.[a-zA-Z0-9_]+)*\\.?)[\"{]")]
    private static partial Regex Literal();
}
