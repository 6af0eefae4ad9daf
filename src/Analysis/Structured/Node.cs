namespace Rialto.Analysis;

/// <summary>A value of a JSON, YAML or TOML document with the line it stands on. Only what manifests need: maps, lists and scalars as text.</summary>
internal sealed class Node(int line)
{
    /// <summary>Deepest nesting that is read; what lies deeper is left out.</summary>
    public const int MaxDepth = 64;

    private static readonly Node[] None = [];

    /// <summary>1-based.</summary>
    public int Line { get; } = line;

    /// <summary>The scalar as text (<c>true</c>, <c>1.5</c>); null for maps, lists and null.</summary>
    public string? Scalar { get; init; }

    /// <summary>True when the scalar was written as text and not as a number or a truth value.</summary>
    public bool IsText { get; init; }

    public Dictionary<string, Node>? Map { get; init; }

    public List<Node>? List { get; init; }

    /// <summary>The entry called <paramref name="key"/>, or null when this is no map or has none.</summary>
    public Node? this[string key] => Map is not null && Map.TryGetValue(key, out var node) ? node : null;

    /// <summary>The entry at a path of keys.</summary>
    public Node? At(params ReadOnlySpan<string> keys)
    {
        var node = this;
        foreach (var key in keys) node = node?[key];
        return node;
    }

    public string? Text(string key) => this[key]?.Scalar is { Length: > 0 } text ? text : null;

    public bool IsTrue(string key) => this[key]?.Scalar is "true" or "True";

    public IReadOnlyList<Node> Items => List ?? (IReadOnlyList<Node>)None;

    public IEnumerable<KeyValuePair<string, Node>> Entries => Map ?? [];

    public static Node NewMap(int line) => new(line) { Map = new(StringComparer.Ordinal) };

    public static Node NewList(int line) => new(line) { List = [] };

    public static Node NewScalar(int line, string? text, bool isText = true) => new(line) { Scalar = text, IsText = isText };
}
