namespace Rialto.Analysis;

/// <summary>
/// Reads TOML 1.0 (https://toml.io/en/v1.0.0) into nodes with lines: tables, arrays of tables, dotted and quoted keys,
/// inline tables, all four kinds of string. Numbers and dates stay text. Redefinitions, which the specification forbids, are refused.
/// </summary>
internal sealed class TomlReader
{
    private readonly TomlCursor cursor;
    private readonly Node root = Node.NewMap(1);
    private readonly HashSet<Node> defined = [];
    private readonly HashSet<Node> closed = [];

    private TomlReader(string text) => cursor = new TomlCursor(text);

    /// <summary>The document, or null when it is not TOML.</summary>
    public static Node? Read(string text)
    {
        try { return new TomlReader(text).Document(); }
        catch (FormatException) { return null; }
    }

    private Node Document()
    {
        var table = root;
        while (true)
        {
            cursor.SkipBlank(newlines: true);
            if (cursor.AtEnd) return root;
            if (cursor.Current == '[') table = Header();
            else KeyValue(table);
            cursor.SkipBlank(newlines: false);
            if (!cursor.AtEnd && cursor.Current != '\n') throw cursor.Wrong("a new line");
        }
    }

    private Node Header()
    {
        var line = cursor.Line;
        cursor.Expect('[');
        var isArray = cursor.Take('[');
        var keys = Keys();
        cursor.Expect(']');
        if (isArray) cursor.Expect(']');
        var parent = root;
        foreach (var key in keys[..^1]) parent = Step(parent, key, line);
        var last = keys[^1];
        var existing = parent[last];
        if (isArray)
        {
            if (existing is null) parent.Map![last] = existing = Node.NewList(line);
            if (existing.List is null || closed.Contains(existing)) throw cursor.Wrong("an array of tables");
            var element = Node.NewMap(line);
            existing.List.Add(element);
            return element;
        }
        if (existing is null) parent.Map![last] = existing = Node.NewMap(line);
        if (existing.Map is null || closed.Contains(existing) || !defined.Add(existing)) throw cursor.Wrong("a table that is defined once");
        return existing;
    }

    private Node Step(Node parent, string key, int line)
    {
        var next = parent[key];
        if (next is null) parent.Map![key] = next = Node.NewMap(line);
        if (closed.Contains(next)) throw cursor.Wrong("a table that may be extended");
        if (next.List is { Count: > 0 } list) next = list[^1];
        return next.Map is null ? throw cursor.Wrong("a table") : next;
    }

    private void KeyValue(Node table)
    {
        var line = cursor.Line;
        var keys = Keys();
        cursor.SkipBlank(newlines: false);
        cursor.Expect('=');
        cursor.SkipBlank(newlines: false);
        foreach (var key in keys[..^1])
        {
            table = Step(table, key, line);
            defined.Add(table);
        }
        if (!table.Map!.TryAdd(keys[^1], Value(0))) throw cursor.Wrong("a key that is given once");
    }

    private List<string> Keys()
    {
        var keys = new List<string>();
        do
        {
            cursor.SkipBlank(newlines: false);
            keys.Add(cursor.Key());
            cursor.SkipBlank(newlines: false);
        }
        while (cursor.Take('.'));
        return keys;
    }

    private Node Value(int depth)
    {
        if (depth > Node.MaxDepth) throw cursor.Wrong("less nesting");
        var line = cursor.Line;
        switch (cursor.Current)
        {
            case '"' or '\'': return Node.NewScalar(line, cursor.String());
            case '[': return Array(depth, line);
            case '{': return InlineTable(depth, line);
            default: return Node.NewScalar(line, cursor.Bare(), isText: false);
        }
    }

    private Node Array(int depth, int line)
    {
        var list = Node.NewList(line);
        closed.Add(list);
        cursor.Expect('[');
        while (true)
        {
            cursor.SkipBlank(newlines: true);
            if (cursor.Take(']')) return list;
            list.List!.Add(Value(depth + 1));
            cursor.SkipBlank(newlines: true);
            if (cursor.Take(']')) return list;
            cursor.Expect(',');
        }
    }

    private Node InlineTable(int depth, int line)
    {
        var map = Node.NewMap(line);
        cursor.Expect('{');
        cursor.SkipBlank(newlines: false);
        if (!cursor.Take('}'))
        {
            do
            {
                var table = map;
                var keys = Keys();
                foreach (var key in keys[..^1]) table = Step(table, key, line);
                cursor.Expect('=');
                cursor.SkipBlank(newlines: false);
                if (!table.Map!.TryAdd(keys[^1], Value(depth + 1))) throw cursor.Wrong("a key that is given once");
                cursor.SkipBlank(newlines: false);
            }
            while (cursor.Take(','));
            cursor.Expect('}');
        }
        closed.Add(map);
        return map;
    }
}
