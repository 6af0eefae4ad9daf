using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Kernel;

namespace Rialto.Sites;

internal enum SettingKind { Text, Truth, List, Object }

/// <summary>Which settings exist and what their values look like: the same as <c>docs/rialto.schema.json</c>, which a test compares.</summary>
internal static class SettingsShape
{
    private static readonly Dictionary<string, SettingKind> Kinds = new(StringComparer.Ordinal)
    {
        ["$schema"] = SettingKind.Text, ["theme"] = SettingKind.Text, ["title"] = SettingKind.Text, ["tagline"] = SettingKind.Text, ["description"] = SettingKind.Text, ["language"] = SettingKind.Text,
        ["logo"] = SettingKind.Text, ["logoDark"] = SettingKind.Text, ["accent"] = SettingKind.Text, ["sections"] = SettingKind.List, ["docs"] = SettingKind.List, ["search"] = SettingKind.Truth, ["madeWith"] = SettingKind.Truth,
        ["primaryAction"] = SettingKind.Object, ["primaryAction.text"] = SettingKind.Text, ["primaryAction.url"] = SettingKind.Text,
        ["secondaryAction"] = SettingKind.Object, ["secondaryAction.text"] = SettingKind.Text, ["secondaryAction.url"] = SettingKind.Text,
        ["analytics"] = SettingKind.Object, ["analytics.script"] = SettingKind.Text, ["analytics.domain"] = SettingKind.Text,
    };

    public static IEnumerable<string> Keys => Kinds.Keys.Where(key => key != "$schema");

    public static SettingKind? KindOf(string key) => Kinds.TryGetValue(key, out var kind) ? kind : null;

    public static void Check(JsonObject settings, Func<string, int> lineOf, string prefix = "")
    {
        foreach (var (name, value) in settings)
        {
            var key = prefix + name;
            var where = $"{SettingsReader.FileName} line {lineOf(name)}";
            if (KindOf(key) is not { } kind) throw Unknown(where, key, Keys);
            if (value is null) continue;
            var fits = (kind, value.GetValueKind()) is (SettingKind.Text, JsonValueKind.String) or (SettingKind.Truth, JsonValueKind.True or JsonValueKind.False) or (SettingKind.List, JsonValueKind.Array) or (SettingKind.Object, JsonValueKind.Object);
            if (!fits || value is JsonArray list && list.Any(item => item?.GetValueKind() != JsonValueKind.String))
                throw new Refusal("settings.wrong_type", $"{where}: {key} wants {Wanted(kind)}.");
            if (kind == SettingKind.Text) CheckedText(key, value.GetValue<string>(), where);
            if (value is JsonObject inner) Check(inner, lineOf, key + ".");
        }
    }

    /// <summary>A text whose meaning is narrower than its type: colours, addresses.</summary>
    public static string CheckedText(string key, string value, string where)
    {
        if (key == "accent" && !(value.Length is 4 or 7 && value[0] == '#' && value[1..].All(char.IsAsciiHexDigit)))
            throw new Refusal("settings.wrong_type", $"{where}: accent wants a colour such as #3b5bdb, not \"{value}\".");
        if (key.EndsWith(".url", StringComparison.Ordinal) && Addresses.Scheme(Addresses.Clean(value)) is { } scheme && !Addresses.IsFollowed(scheme))
            throw new Refusal("settings.wrong_type", $"{where}: {key} wants a web address or a page of the site, not \"{value}\".");
        if (key == "analytics.script" && !(Uri.TryCreate(value, UriKind.Absolute, out var script) && script.Scheme == "https"))
            throw new Refusal("settings.wrong_type", $"{where}: analytics.script wants an https address, not \"{value}\".");
        if (key == "language" && !AttributeValues.Accepts("lang", value)) throw new Refusal("settings.wrong_type", $"{where}: language wants a tag such as en or pt-BR, not \"{value}\".");
        if (key == "theme" && !ThemeChoice.Known.Contains(value)) throw Unknown(where, value, ThemeChoice.Known, "theme");
        return value;
    }

    public static Refusal Unknown(string where, string key, IEnumerable<string> known, string what = "setting")
    {
        var nearest = known.OrderBy(one => Distance(one, key)).First();
        return new Refusal("settings.unknown", $"{where}: there is no {what} \"{key}\"; did you mean \"{nearest}\"?") { Details = new Dictionary<string, string> { ["nearest"] = nearest } };
    }

    private static string Wanted(SettingKind kind) => kind switch { SettingKind.Truth => "true or false", SettingKind.List => "a list of texts", SettingKind.Object => "an object", _ => "a text" };

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1));
                (diagonal, row[j]) = (row[j], cost);
            }
        }
        return row[^1];
    }
}
