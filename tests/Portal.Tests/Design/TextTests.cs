using System.Text.RegularExpressions;
using Rialto.Kernel;
using Shouldly;

namespace Rialto.Portal.Tests;

/// <summary>Every text that pages ask for is there, and each icon they name is drawn.</summary>
public sealed partial class TextTests
{
    private static readonly string Source = Path.Combine(Checkout.Folder, "src", "Portal");
    private static readonly string[] Files = [.. Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories).Where(file => (file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)) && !file.Contains("/obj/") && !file.Contains("/node_modules/"))];

    [Fact]
    public void Every_text_asked_for_is_there()
    {
        var say = Texts.Of(typeof(PortalModule).Assembly).In(Language.English);
        var missing = Files.SelectMany(file => Asked().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Where(key => !key.EndsWith('.') && !Exists(say, key));
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_place_has_a_name_an_icon_and_a_letter_of_its_own()
    {
        var say = Texts.Of(typeof(PortalModule).Assembly).In(Language.English);
        foreach (var place in Design.Places.All)
        {
            say[place.Text].ShouldNotBeEmpty();
            Design.Icons.Of(place.Icon).ShouldNotBeEmpty();
        }
        Design.Places.All.Select(place => place.Key).ShouldBeUnique();
    }

    [Fact]
    public void Every_icon_that_pages_name_is_drawn() =>
        Files.SelectMany(file => IconName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Where(name => !Design.Icons.Names.Contains(name)).ShouldBeEmpty();

    [Fact]
    public void Pages_lay_out_from_start_to_end_and_not_from_left_to_right()
    {
        var style = string.Concat(Directory.EnumerateFiles(Path.Combine(Source, "Design", "Styles")).Select(File.ReadAllText));
        Physical().Matches(style).Select(match => match.Value).ShouldBeEmpty();
    }

    // A text with places is there as well, although it cannot be said without values.
    private static bool Exists(Wording say, string key)
    {
        try
        {
            return say.Find(key) is not null;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    [GeneratedRegex("""[vV]isit(?:\[|\.Say\()"([a-zA-Z_.]+)["]""")]
    private static partial Regex Asked();

    [GeneratedRegex("""(?:<Icon Name|\bIcon)="([a-z]+)["]""")]
    private static partial Regex IconName();

    [GeneratedRegex(@"(?:margin|padding|border)-(?:left|right)\b|text-align:\s*(?:left|right)|\bfloat:")]
    private static partial Regex Physical();
}
