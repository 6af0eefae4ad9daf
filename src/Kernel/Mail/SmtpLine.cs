using System.Text;

namespace Rialto.Kernel;

/// <summary>Lines of a conversation with a mail server, each at most 2,000 bytes and never more than 100 in one answer.</summary>
internal sealed class SmtpLine(Stream wire)
{
    private const int LongestLine = 2000, MostLines = 100;
    private readonly byte[] buffer = new byte[4096];
    private int start, end;

    /// <summary>Sends a command and flushes.</summary>
    public async Task SendAsync(string line, CancellationToken cancel)
    {
        await WriteAsync(line, cancel);
        await wire.FlushAsync(cancel);
    }

    /// <summary>Writes a line.</summary>
    public Task WriteAsync(string line, CancellationToken cancel) => wire.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancel).AsTask();

    /// <summary>Reads a whole answer and insists that its code begins so. Returns the words of its lines.</summary>
    /// <exception cref="Refusal"><c>mail.refused</c> for a code of 5xx, <c>mail.not_now</c> otherwise.</exception>
    public async Task<IReadOnlyList<string>> ExpectAsync(string code, CancellationToken cancel)
    {
        var words = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(cancel);
            if (line.Length < 3 || words.Count == MostLines) throw SmtpCarrier.NotNow("The mail server does not speak SMTP.");
            words.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-') continue;
            if (line.StartsWith(code, StringComparison.Ordinal)) return words;
            // What was sent stands in no message: the answer may repeat it, so only its code and the server's first words are told.
            throw line[0] == '5' ? new Refusal("mail.refused", $"The mail server says no: {line[..3]} {Short(words[^1])}", 422) : SmtpCarrier.NotNow($"The mail server says later: {line[..3]} {Short(words[^1])}");
        }
    }

    /// <summary>Insists that nothing has been read ahead.</summary>
    public void RequireEmpty()
    {
        if (start != end) throw SmtpCarrier.NotNow("The mail server spoke out of turn before TLS.");
    }

    private static string Short(string words) => string.Concat(words.Where(letter => !char.IsControl(letter)).Take(200));

    private async Task<string> ReadLineAsync(CancellationToken cancel)
    {
        var line = new StringBuilder();
        while (line.Length < LongestLine)
        {
            if (start == end)
            {
                (start, end) = (0, await wire.ReadAsync(buffer, cancel));
                if (end == 0) throw new IOException("the connection ended in the middle of an answer");
            }
            var letter = (char)buffer[start++];
            if (letter == '\n') return line.ToString().TrimEnd('\r');
            line.Append(letter);
        }
        throw SmtpCarrier.NotNow("The mail server sends lines without end.");
    }
}
