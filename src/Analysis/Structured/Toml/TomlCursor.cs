using System.Globalization;
using System.Text;

namespace Rialto.Analysis;

/// <summary>The lexical half of <see cref="TomlReader"/>: keys, strings, bare values, comments, lines.</summary>
internal sealed class TomlCursor(string text)
{
    private int at;

    public int Line { get; private set; } = 1;

    public bool AtEnd => at >= text.Length;

    /// <summary>The letter at the cursor; <c>\0</c> at the end.</summary>
    public char Current => at < text.Length ? text[at] : '\0';

    public FormatException Wrong(string wanted) => new($"Line {Line}: expected {wanted}.");

    public bool Take(char letter)
    {
        if (AtEnd || text[at] != letter) return false;
        Step();
        return true;
    }

    public void Expect(char letter) { if (!Take(letter)) throw Wrong($"'{letter}'"); }

    /// <summary>Passes white space and comments, and line ends when <paramref name="newlines"/>.</summary>
    public void SkipBlank(bool newlines)
    {
        while (!AtEnd)
        {
            if (Current is ' ' or '\t' or '\r' || (newlines && Current == '\n')) Step();
            else if (Current == '#') while (!AtEnd && Current != '\n') Step();
            else return;
        }
    }

    public string Key()
    {
        if (Current is '"' or '\'')
        {
            if (text.AsSpan(at).StartsWith("\"\"\"") || text.AsSpan(at).StartsWith("'''")) throw Wrong("a key on one line");
            return String();
        }
        var start = at;
        while (!AtEnd && (char.IsAsciiLetterOrDigit(Current) || Current is '-' or '_')) Step();
        return at > start ? text[start..at] : throw Wrong("a key");
    }

    /// <summary>A number, date or truth value, as written without its digit separators' meaning being checked.</summary>
    public string Bare()
    {
        var start = at;
        while (!AtEnd && (char.IsAsciiLetterOrDigit(Current) || Current is '+' or '-' or '_' or '.' or ':')) Step();
        // A date may be separated from its time by one space.
        if (at - start == 10 && Current == ' ' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) && text[start + 4] == '-')
        {
            Step();
            while (!AtEnd && (char.IsAsciiLetterOrDigit(Current) || Current is '+' or '-' or '.' or ':')) Step();
        }
        var value = text[start..at];
        var known = value is "true" or "false" or "inf" or "+inf" or "-inf" or "nan" or "+nan" or "-nan";
        return known || (value.Length > 0 && (char.IsAsciiDigit(value[0]) || (value.Length > 1 && value[0] is '+' or '-' && char.IsAsciiDigit(value[1])))) ? value : throw Wrong("a value");
    }

    public string String()
    {
        var quote = Current;
        var isLong = at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote;
        for (var i = 0; i < (isLong ? 3 : 1); i++) Step();
        if (isLong && Current == '\r') Step();
        if (isLong && Current == '\n') Step();
        var value = new StringBuilder();
        while (true)
        {
            if (AtEnd || (!isLong && Current == '\n')) throw Wrong("the end of the text");
            if (Current == quote && Ends(quote, isLong, value)) return value.ToString();
            if (Current == '\\' && quote == '"') Escape(value, isLong);
            else { value.Append(Current); Step(); }
        }
    }

    /// <summary>Passes the closing quotes; up to two further quotes before a long string's end belong to it.</summary>
    private bool Ends(char quote, bool isLong, StringBuilder value)
    {
        if (!isLong) { Step(); return true; }
        var run = 0;
        while (run < 5 && at + run < text.Length && text[at + run] == quote) run++;
        for (var i = 0; i < run; i++) Step();
        if (run < 3) { value.Append(quote, run); return false; }
        value.Append(quote, run - 3);
        return true;
    }

    private void Escape(StringBuilder value, bool isLong)
    {
        Step();
        var letter = Current;
        if (isLong && letter is '\n' or ' ' or '\t' or '\r')
        {
            // A backslash at the end of a line swallows all white space up to the next text.
            while (!AtEnd && Current is ' ' or '\t' or '\n' or '\r') Step();
            return;
        }
        Step();
        switch (letter)
        {
            case 'b': value.Append('\b'); break;
            case 't': value.Append('\t'); break;
            case 'n': value.Append('\n'); break;
            case 'f': value.Append('\f'); break;
            case 'r': value.Append('\r'); break;
            case 'e': value.Append('\u001b'); break;
            case '"' or '\\': value.Append(letter); break;
            case 'u': value.Append(Code(4)); break;
            case 'U': value.Append(Code(8)); break;
            default: throw Wrong("an escape that TOML knows");
        }
    }

    private string Code(int digits)
    {
        if (at + digits > text.Length || !int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            throw Wrong($"{digits} hexadecimal digits of a character");
        for (var i = 0; i < digits; i++) Step();
        return char.ConvertFromUtf32(code);
    }

    private void Step() { if (text[at++] == '\n') Line++; }
}
