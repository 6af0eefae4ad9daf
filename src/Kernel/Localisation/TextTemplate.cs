namespace Rialto.Kernel;

/// <summary>A sentence with named places: <c>Hello {name}</c>. <c>{{</c> and <c>}}</c> stand for braces.</summary>
internal sealed class TextTemplate
{
    private TextTemplate(IReadOnlyList<(string Text, bool IsPlace)> parts) =>
        (Parts, Places) = (parts, parts.Where(part => part.IsPlace).Select(part => part.Text).ToHashSet(StringComparer.Ordinal));

    /// <summary>Words and names of places, in order.</summary>
    public IReadOnlyList<(string Text, bool IsPlace)> Parts { get; }

    /// <summary>Names of its places.</summary>
    public IReadOnlySet<string> Places { get; }

    /// <exception cref="FormatException">A brace has no partner, or a name is none.</exception>
    public static TextTemplate Parse(string text)
    {
        var parts = new List<(string, bool)>();
        var words = new System.Text.StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter is not ('{' or '}')) words.Append(letter);
            else if (index + 1 < text.Length && text[index + 1] == letter) words.Append(text[++index]);
            else
            {
                var end = letter == '{' ? text.IndexOf('}', index) : -1;
                var name = end < 0 ? "" : text[(index + 1)..end];
                if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit)) throw new FormatException($"a brace at {index} begins no name: {text}");
                if (words.Length > 0) parts.Add((words.ToString(), false));
                words.Clear();
                parts.Add((name, true));
                index = end;
            }
        }
        if (words.Length > 0) parts.Add((words.ToString(), false));
        return new TextTemplate(parts);
    }
}
