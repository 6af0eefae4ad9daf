using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rialto.Kernel;

/// <summary>What who runs the server has set: <c>rialto.settings.json</c>, and over it the environment. Read once, at the start.</summary>
public sealed class SettingLayers
{
    private const int MostFileBytes = 1024 * 1024;
    private readonly Dictionary<string, (JsonNode? Value, string From)> values = new(StringComparer.Ordinal);

    private SettingLayers(IEnumerable<Setting> settings) => All = settings.ToDictionary(setting => setting.Name, StringComparer.Ordinal);

    /// <summary>Every declared setting, by name.</summary>
    public IReadOnlyDictionary<string, Setting> All { get; }

    /// <summary>Names of the environment variables that set them.</summary>
    public IEnumerable<string> Variables => All.Values.Select(setting => setting.Variable);

    /// <summary>Reads both layers and looks at every value.</summary>
    /// <param name="settings">All that modules declare.</param>
    /// <param name="file">JSON file, sections nested or names with dots; need not exist.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <exception cref="Refusal"><c>settings.unknown</c>, <c>settings.invalid</c>, <c>settings.file_invalid</c>, each naming the key.</exception>
    public static SettingLayers Read(IEnumerable<Setting> settings, string? file, Func<string, string?> environment)
    {
        var layers = new SettingLayers(settings);
        if (file is not null && File.Exists(file)) layers.Collect(ParseFile(file), "", file);
        foreach (var setting in layers.All.Values)
            if (environment(setting.Variable) is { Length: > 0 } text) layers.Put(setting, setting.Parse(text), setting.Variable);
        return layers;
    }

    /// <summary>The server's value.</summary>
    public T Get<T>(Setting<T> setting) => values.TryGetValue(setting.Name, out var set) ? setting.Read(set.Value) : setting.Default;

    /// <summary>The server's value as JSON and where it is from: the file, the variable, or <c>default</c>.</summary>
    internal (JsonNode? Value, string From) Find(Setting setting) => values.TryGetValue(setting.Name, out var set) ? set : (setting.DefaultJson, "default");

    internal Setting Require(string name) => All.GetValueOrDefault(name)
        ?? throw new Refusal("settings.unknown", $"There is no setting {name}.", 404) { Details = new Dictionary<string, string> { ["setting"] = name } };

    private void Collect(JsonObject section, string prefix, string file)
    {
        foreach (var (key, value) in section)
        {
            var name = prefix + key;
            if (name == "$schema") continue;
            if (All.TryGetValue(name, out var setting)) Put(setting, value, file);
            else if (value is JsonObject inner) Collect(inner, name + ".", file);
            else throw new Refusal("settings.unknown", $"{file} sets {name}, and there is no such setting.", 400) { Details = new Dictionary<string, string> { ["setting"] = name } };
        }
    }

    private void Put(Setting setting, JsonNode? value, string from)
    {
        setting.Require(value);
        values[setting.Name] = (value?.DeepClone(), from);
    }

    private static JsonObject ParseFile(string file)
    {
        try
        {
            if (new FileInfo(file).Length > MostFileBytes) throw new JsonException("it is larger than 1 MB");
            return JsonNode.Parse(File.ReadAllBytes(file), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject
                ?? throw new JsonException("it is not an object");
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            throw new Refusal("settings.file_invalid", $"{file} cannot be read: {broken.Message}", 400);
        }
    }
}
