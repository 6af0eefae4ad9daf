namespace Rialto.Cli;

/// <summary>Colours of a stream: real on a terminal, nothing where they would be noise (a pipe, a file, <c>NO_COLOR</c>, a dumb terminal).</summary>
internal sealed class Style(bool isRedirected)
{
    private readonly bool isColourful = !isRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    public string Bold(string text) => Paint("1", text);

    public string Dim(string text) => Paint("2", text);

    public string Good(string text) => Paint("32", text);

    public string Note(string text) => Paint("33", text);

    public string Bad(string text) => Paint("31;1", text);

    public string Accent(string text) => Paint("36", text);

    private string Paint(string sgr, string text) => isColourful && text.Length > 0 ? $"\e[{sgr}m{text}\e[0m" : text;
}
