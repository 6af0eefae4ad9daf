using System.Security.Cryptography;
using System.Text;
using Rialto.Kernel;

namespace Rialto.Identity;

/// <summary>
/// A list of stolen passwords as the operator keeps it: a text file of SHA-1 sums in hexadecimal, sorted, one on each line, perhaps with <c>:count</c> behind. It may
/// be of any size; a look reads a few blocks of it. No password and no part of one leaves the machine.
/// </summary>
internal static class BreachedPasswords
{
    private const int SumLetters = 40, LongestLine = 64;

    /// <exception cref="Refusal"><c>identity.breached_list_unreadable</c>.</exception>
    public static async Task<bool> ContainsAsync(string file, string password, CancellationToken cancel)
    {
        // SHA-1 is the format of the lists; nothing rests on its strength.
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
        try
        {
            await using var stream = new FileStream(file, new FileStreamOptions { Options = FileOptions.RandomAccess | FileOptions.Asynchronous, BufferSize = 0 });
            var (low, high) = (0L, stream.Length);
            // Between low and high begins the line, if there is one; low is always a beginning.
            while (low < high)
            {
                var middle = low + (high - low) / 2;
                var (begin, line) = await LineAtAsync(stream, middle, low, cancel);
                if (line.Length < SumLetters) return false;
                var order = string.CompareOrdinal(line[..SumLetters].ToUpperInvariant(), wanted);
                if (order == 0) return true;
                if (order < 0) low = begin + line.Length + 1;
                else high = begin;
            }
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new Refusal("identity.breached_list_unreadable", "The list of stolen passwords cannot be read; whoever runs the server mends identity.breached_passwords.", 503);
        }
    }

    // The line that holds a place: its beginning is found backwards, no further than where lines are known to begin.
    private static async Task<(long Begin, string Line)> LineAtAsync(FileStream stream, long place, long least, CancellationToken cancel)
    {
        var from = Math.Max(least, place - LongestLine);
        var bytes = new byte[(int)(place - from) + LongestLine * 2];
        stream.Seek(from, SeekOrigin.Begin);
        var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        var at = (int)(place - from);
        var begin = at == 0 ? 0 : bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var end = bytes.AsSpan(begin, count - begin).IndexOf((byte)'\n');
        return (from + begin, Encoding.ASCII.GetString(bytes, begin, end < 0 ? count - begin : end));
    }
}
