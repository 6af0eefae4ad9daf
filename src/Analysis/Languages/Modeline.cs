using Rialto.Kernel;
using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>The language an editor's modeline names: <c>-*- mode: ruby -*-</c> or <c>vim: set ft=ruby:</c> in the first or last five lines.</summary>
internal static class Modeline
{
    private const int Lines = 5;
    private const int LongestLines = 4096;

    /// <summary>The language, or null when no modeline names one.</summary>
    public static Language? Find(ReadOnlySpan<byte> content)
    {
        var header = First(content);
        if (header.IndexOf("UseVimball"u8) >= 0) return null;
        var footer = Last(content);
        var mode = Emacs(header) ?? Emacs(footer) ?? Vim(header) ?? Vim(footer);
        return mode is null ? null : LanguageCatalogue.Aliased(mode);
    }

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> content)
    {
        var head = content[..Math.Min(content.Length, LongestLines)];
        var end = 0;
        for (var line = 0; line < Lines; line++)
        {
            var next = head[end..].IndexOf((byte)'\n');
            if (next < 0) return head;
            end += next + 1;
        }
        return head[..end];
    }

    private static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> content)
    {
        var tail = content[Math.Max(0, content.Length - LongestLines)..].TrimEnd((byte)'\n');
        var start = tail.Length;
        for (var line = 0; line < Lines && start > 0; line++) start = Math.Max(0, tail[..start].LastIndexOf((byte)'\n'));
        return tail[start..];
    }

    private static string? Emacs(ReadOnlySpan<byte> lines)
    {
        var open = lines.IndexOf("-*-"u8);
        if (open < 0) return null;
        var rest = lines[(open + 3)..];
        var eol = rest.IndexOf((byte)'\n');
        if (eol >= 0) rest = rest[..eol];
        var close = rest.IndexOf("-*-"u8);
        if (close < 0) return null;
        var text = Encoding.Latin1.GetString(rest[..close]).Trim();
        if (!text.Contains(':')) return text.Length > 0 && !text.AsSpan().ContainsAny(" \t;") ? text : null;
        return EmacsMode.Match(text) is { Success: true } match ? match.Groups[1].Value : null;
    }

    private static string? Vim(ReadOnlySpan<byte> lines)
    {
        if (lines.IndexOf("ft"u8) < 0 && lines.IndexOf("filetype"u8) < 0 && lines.IndexOf("syntax"u8) < 0) return null;
        foreach (var match in VimLine.Find(Encoding.Latin1.GetString(lines)))
        {
            var options = Encoding.Latin1.GetString(lines)[(match.Index + match.Length)..];
            var eol = options.AsSpan().IndexOfAny('\r', '\n');
            if (eol >= 0) options = options[..eol];
            if (VimSet.Match(options) is { Success: true } set)
            {
                var end = options.IndexOf(':', set.Length);
                if (end < 0) continue;
                options = " " + options[set.Length..end];
            }
            if (VimType.Match(" " + options) is { Success: true } type) return type.Groups[1].Value;
        }
        return null;
    }

    private static readonly LinearPattern EmacsMode = new(@"(?:^|[ \t;])mode[ \t]*:[ \t]*([^:;\s]+)", RegexOptions.IgnoreCase);

    private static readonly LinearPattern VimLine = new(@"(?:(?:^|[ \t])(?:vi|[vV]im(?:[<=>]?[0-9]+)?)|[ \t]ex):", RegexOptions.Multiline);

    private static readonly LinearPattern VimSet = new(@"\A[ \t]*set?[ \t]");

    private static readonly LinearPattern VimType = new(@"[ \t:](?:filetype|ft|syntax)[ \t]*=(\w+)(?:$|\s|:)");
}
