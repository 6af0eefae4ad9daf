using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Rialto.Kernel;

namespace Rialto.Sites;

/// <summary>Reads <c>rialto.json</c> and the overrides of the command line. What it cannot understand it refuses with the line.</summary>
internal static class SettingsReader
{
    public const string FileName = "rialto.json";
    private static readonly (string Key, bool Value)[] Unsaid = [("search", new SiteSettings().Search), ("madeWith", new SiteSettings().MadeWith)];
    private const int MaxBytes = 256 * 1024;
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    public static async Task<SiteSettings> ReadAsync(TreeIndex tree, SiteOptions options, CancellationToken cancel)
    {
        var text = tree.File(FileName) is { } entry
            ? entry.Bytes <= MaxBytes ? await tree.TextAsync(entry, cancel) : throw new Refusal("settings.too_large", $"{FileName} is larger than {MaxBytes / 1024} kB; keep only settings in it.")
            : "{}";
        return Read(text, options.Overrides);
    }

    /// <exception cref="Refusal"><c>settings.malformed</c>, <c>settings.unknown</c>, <c>settings.wrong_type</c>.</exception>
    public static SiteSettings Read(string text, IReadOnlyDictionary<string, string> overrides)
    {
        var root = Parse(text);
        SettingsShape.Check(root, key => LineOf(text, key));
        foreach (var (key, value) in overrides.OrderBy(pair => pair.Key, StringComparer.Ordinal)) Override(root, key, value);
        // Generated readers give a member that is missing the type's default, not the one the record states.
        foreach (var (key, value) in Unsaid) root.TryAdd(key, value);
        try
        {
            return root.Deserialize(SettingsJson.Default.SiteSettings) ?? new SiteSettings();
        }
        catch (JsonException wrong)
        {
            throw new Refusal("settings.wrong_type", $"{FileName}: the value of {wrong.Path?.TrimStart('$', '.')} is not of the kind its schema asks for.");
        }
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw new Refusal("settings.malformed", $"{FileName} must hold one object between braces.");
        }
        catch (JsonException wrong)
        {
            throw new Refusal("settings.malformed", $"{FileName} line {(wrong.LineNumber ?? 0) + 1}: this is not JSON ({wrong.Message.Split('.')[0]}).");
        }
        catch (ArgumentException)
        {
            throw new Refusal("settings.malformed", $"{FileName} names a key twice; keep one.");
        }
    }

    private static void Override(JsonObject root, string key, string value)
    {
        var kind = SettingsShape.KindOf(key) ?? throw SettingsShape.Unknown("--set", key, SettingsShape.Keys);
        JsonNode node = kind switch
        {
            SettingKind.Truth => value.ToLowerInvariant() switch { "true" or "yes" or "on" or "1" => true, "false" or "no" or "off" or "0" => false, _ => throw new Refusal("settings.wrong_type", $"--set {key} wants true or false, not \"{value}\".") },
            SettingKind.List => new JsonArray([.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => (JsonNode)one)]),
            SettingKind.Object => throw new Refusal("settings.wrong_type", $"--set {key} names a group; set its members, for example {SettingsShape.Keys.First(one => one.StartsWith(key + ".", StringComparison.Ordinal))}."),
            _ => SettingsShape.CheckedText(key, value, $"--set {key}"),
        };
        var parts = key.Split('.');
        var target = root;
        foreach (var part in parts[..^1]) target = target[part] as JsonObject ?? (JsonObject)(target[part] = new JsonObject());
        target[parts[^1]] = node;
    }

    private static int LineOf(string text, string key)
    {
        var at = text.IndexOf($"\"{key}\"", StringComparison.Ordinal);
        return at < 0 ? 1 : text.AsSpan(0, at).Count('\n') + 1;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SiteSettings))]
internal sealed partial class SettingsJson : JsonSerializerContext;
