using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rialto.Kernel;

/// <summary>A setting as everything but its type: what lists, files and operations need.</summary>
public abstract record Setting
{
    private protected Setting(string name, string summary) => (Name, Summary) = (name, summary);

    /// <summary>Section and name: <c>publishing.base_domain</c>. In the environment: <c>RIALTO_PUBLISHING__BASE_DOMAIN</c>.</summary>
    public string Name { get; }

    /// <summary>One sentence: what it decides, with its unit.</summary>
    public string Summary { get; }

    /// <summary>True when an organisation may set it for itself; otherwise only who runs the server may.</summary>
    public bool ByTenant { get; init; }

    /// <summary>True when it is kept encrypted and never shown.</summary>
    public bool IsSecret { get; init; }

    internal string Variable => "RIALTO_" + Name.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Its value when nobody has set it, as JSON.</summary>
    internal abstract JsonNode? DefaultJson { get; }

    /// <summary>Whether <paramref name="value"/> will do.</summary>
    /// <exception cref="Refusal"><c>settings.invalid</c>, naming the setting and what it takes.</exception>
    internal abstract void Require(JsonNode? value);

    /// <summary>Reads the words of an environment variable as JSON.</summary>
    internal abstract JsonNode? Parse(string text);

    private protected Refusal Invalid(string expects) => new("settings.invalid", $"{Name} takes {expects}.", 400) { Details = new Dictionary<string, string> { ["setting"] = Name } };
}

/// <summary>A setting whose values are of type <typeparamref name="T"/>. Declared once, in a static field of its module.</summary>
public sealed record Setting<T> : Setting
{
    private readonly Func<JsonNode?, (bool Fits, T Value)> read;
    private readonly string expects;

    internal Setting(string name, T usual, string summary, string expects, Func<JsonNode?, (bool, T)> read) : base(name, summary) =>
        (Default, this.expects, this.read) = (usual, expects, read);

    /// <summary>Its value when nobody has set it.</summary>
    public T Default { get; }

    internal override JsonNode? DefaultJson => Default switch
    {
        string text => JsonValue.Create(text), long number => JsonValue.Create(number), bool flag => JsonValue.Create(flag), _ => null,
    };

    internal T Read(JsonNode? value) => read(value) is (true, var found) ? found : throw Invalid(expects);

    internal override void Require(JsonNode? value) => Read(value);

    internal override JsonNode? Parse(string text)
    {
        if (typeof(T) == typeof(string)) return JsonValue.Create(text);
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw Invalid(expects);
        }
    }
}

/// <summary>Declares settings.</summary>
public static class Settings
{
    /// <summary>Words.</summary>
    /// <param name="name">Section and name.</param>
    /// <param name="usual">The default.</param>
    /// <param name="summary">What it decides.</param>
    /// <param name="expects">What it takes, in words that follow "takes".</param>
    /// <param name="fits">Whether a value will do; null for any.</param>
    public static Setting<string> Text(string name, string usual, string summary, string expects = "a text", Func<string, bool>? fits = null) =>
        new(name, usual, summary, expects, node => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length <= 4000 && (fits is null || fits(text)) ? (true, text) : (false, ""));

    /// <summary>One of a few words.</summary>
    public static Setting<string> Choice(string name, string usual, string summary, params string[] choices) =>
        Text(name, usual, summary, "one of " + string.Join(", ", choices), choices.Contains);

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public static Setting<long> Number(string name, long usual, string summary, long least, long most) =>
        new(name, usual, summary, FormattableString.Invariant($"a whole number from {least} to {most}"),
            node => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) && number >= least && number <= most ? (true, number) : (false, 0));

    /// <summary>Yes or no.</summary>
    public static Setting<bool> Flag(string name, bool usual, string summary) =>
        new(name, usual, summary, "true or false", node => node is JsonValue value && value.TryGetValue<bool>(out var flag) ? (true, flag) : (false, false));
}
