using System.Text;

namespace Rialto.Sites;

/// <summary>
/// Takes out of Markdown what belongs to a particular site generator and not to the text: imports of MDX, Jekyll and Hugo tags;
/// turns MkDocs admonitions into containers. Never touches code blocks. One pass over the lines.
/// </summary>
internal static class MarkdownDialects
{
    public static string Prepare(string text, bool isMdx)
    {
        if (!isMdx && text.IndexOf("{%", StringComparison.Ordinal) < 0 && text.IndexOf("{{", StringComparison.Ordinal) < 0 && text.IndexOf("!!!", StringComparison.Ordinal) < 0
            && text.IndexOf("???", StringComparison.Ordinal) < 0 && text.IndexOf("{/*", StringComparison.Ordinal) < 0 && text.IndexOf(":::", StringComparison.Ordinal) < 0 && text.IndexOf("[[", StringComparison.Ordinal) < 0) return text;
        return new Pass(isMdx).Run(text);
    }

    private sealed class Pass(bool isMdx)
    {
        private readonly StringBuilder output = new();
        private string? fence;
        private int boxIndent = -1;
        private bool insideImport;

        public string Run(string text)
        {
            foreach (var line in text.Split('\n')) Line(line);
            CloseBox();
            return output.ToString();
        }

        private void Line(string line)
        {
            var trimmed = line.TrimStart();
            var indent = line.Length - trimmed.Length;
            if (boxIndent >= 0 && trimmed.Length > 0 && indent <= boxIndent && fence is null) CloseBox();
            if (boxIndent >= 0 && line.Length >= boxIndent + 4 && indent >= boxIndent + 4) line = line[..boxIndent] + line[(boxIndent + 4)..];
            if (IsInsideCode(trimmed))
            {
                output.Append(line).Append('\n');
                return;
            }
            if (isMdx && IsModuleLine(line)) return;
            if (Box(trimmed, indent)) return;
            if (trimmed.StartsWith(":::", StringComparison.Ordinal)) line = Container(line);
            output.Append(indent >= 4 && boxIndent < 0 ? line : WithoutTags(line)).Append('\n');
        }

        private bool IsInsideCode(string trimmed)
        {
            var mark = trimmed.StartsWith("```", StringComparison.Ordinal) ? '`' : trimmed.StartsWith("~~~", StringComparison.Ordinal) ? '~' : '\0';
            var length = mark == '\0' ? 0 : trimmed.Length - trimmed.TrimStart(mark).Length;
            if (fence is null && mark == '`' && trimmed.IndexOf('`', length) >= 0) mark = '\0';
            if (fence is null)
            {
                if (mark != '\0') fence = new string(mark, length);
                return mark != '\0';
            }
            if (mark == fence[0] && length >= fence.Length && trimmed.AsSpan(length).Trim().IsEmpty) fence = null;
            return true;
        }

        /// <summary>Imports and exports stand at the start of a line and end at a blank one.</summary>
        private bool IsModuleLine(string line)
        {
            if (insideImport && line.Length == 0) return insideImport = false;
            if (!insideImport) insideImport = line.StartsWith("import ", StringComparison.Ordinal) && (line.Contains('\'') || line.Contains('"') || line.Contains('{')) || line.StartsWith("export ", StringComparison.Ordinal) && line.AsSpan(7).TrimStart() is var rest && (rest.StartsWith("const ") || rest.StartsWith("default ") || rest.StartsWith("function ") || rest.StartsWith("let ") || rest.StartsWith("{") || rest.StartsWith("*"));
            return insideImport;
        }

        private bool Box(string trimmed, int indent)
        {
            if (!trimmed.StartsWith("!!! ", StringComparison.Ordinal) && !trimmed.StartsWith("??? ", StringComparison.Ordinal) && !trimmed.StartsWith("???+ ", StringComparison.Ordinal)) return false;
            CloseBox();
            var words = trimmed[(trimmed.IndexOf(' ') + 1)..].Trim();
            var quote = words.IndexOf('"');
            var title = quote < 0 ? "" : words[quote..].Trim('"', ' ');
            var name = (quote < 0 ? words : words[..quote]).Trim().Split(' ')[0];
            output.Append(' ', indent).Append("::: ").Append(Admonitions.Kind(name) is null ? "note" : name).Append(' ').Append(title.Length > 0 ? title : Titles.FromSegment(name)).Append('\n');
            boxIndent = indent;
            return true;
        }

        private void CloseBox()
        {
            if (boxIndent >= 0) output.Append(' ', boxIndent).Append(":::\n");
            boxIndent = -1;
        }

        /// <summary><c>:::note[Title]</c> and <c>:::tip Title</c> as one notation that keeps words apart.</summary>
        private static string Container(string line)
        {
            var colons = line.TrimStart();
            var marks = colons.Length - colons.TrimStart(':').Length;
            var rest = colons[marks..].Trim();
            return rest.Length == 0 ? line : $"{line[..(line.Length - colons.Length)]}{colons[..marks]} {rest.Replace("[", " ", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)}";
        }

        private string WithoutTags(string line)
        {
            if (isMdx || line.Contains("{/*", StringComparison.Ordinal)) line = Remove(line, "{/*", "*/}");
            if (line.Contains("{{<", StringComparison.Ordinal)) line = Remove(line, "{{<", ">}}");
            if (line.Contains("{{%", StringComparison.Ordinal)) line = Remove(line, "{{%", "%}}");
            if (line.Contains("{%", StringComparison.Ordinal)) line = Remove(line, "{%", "%}");
            if (line.Contains("[[toc]]", StringComparison.OrdinalIgnoreCase)) line = line.Replace("[[toc]]", "", StringComparison.OrdinalIgnoreCase);
            return line;
        }

        /// <summary>Removes what stands between the marks, unless it is shown as code.</summary>
        private static string Remove(string line, string open, string close)
        {
            var at = line.IndexOf(open, StringComparison.Ordinal);
            if (at < 0 || line.LastIndexOf('`', at) >= 0) return line;
            var result = new StringBuilder(line.Length);
            var from = 0;
            while (at >= 0 && line.IndexOf(close, at + open.Length, StringComparison.Ordinal) is >= 0 and var end)
            {
                result.Append(line, from, at - from);
                from = end + close.Length;
                at = line.IndexOf(open, from, StringComparison.Ordinal);
            }
            return result.Append(line, from, line.Length - from).ToString();
        }
    }
}
