using System.Text;

namespace Rialto.Analysis;

/// <summary>The program a file asks to be run by: <c>#!/usr/bin/env -S node --flag</c> names <c>node</c>.</summary>
internal static class Shebang
{
    private const int LongestLine = 1024;
    private const int LinesOfTrampoline = 5;

    /// <summary>Program name without folder and without a minor version (<c>python3.11</c> is <c>python3</c>), or null.</summary>
    public static string? Program(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("#!"u8)) return null;
        var head = Encoding.Latin1.GetString(content[..Math.Min(content.Length, LongestLine)]);
        var eol = head.IndexOf('\n');
        var words = (eol < 0 ? head[2..] : head[2..eol]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return null;
        var program = Name(words[0]);
        if (program == "env")
        {
            // Options and VAR=value settings come before the program.
            program = words.Skip(1).FirstOrDefault(word => word[0] != '-' && !word.Contains('=')) is { } word ? Name(word) : null;
            if (program is null) return null;
        }
        if (program == "sh") program = Trampoline(head) ?? program;
        // `osascript -l` runs another language than AppleScript.
        return program == "osascript" && words.Contains("-l") ? null : WithoutMinor(program);
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string WithoutMinor(string program)
    {
        var dot = program.LastIndexOf('.');
        return dot > 0 && dot < program.Length - 1 && program.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? program[..dot] : program;
    }

    /// <summary>A shell line such as <c>exec scala "$0" "$@"</c> hands the file over to another program.</summary>
    private static string? Trampoline(string head)
    {
        foreach (var line in head.Split('\n').Take(LinesOfTrampoline))
        {
            var at = line.IndexOf("exec ", StringComparison.Ordinal);
            if (at < 0) continue;
            var words = line[(at + 5)..].Split([' ', '"', '\'', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 3 && words[1] == "$0" && words[2] == "$@" && words[0].All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) return words[0];
        }
        return null;
    }
}
