using System.Text;

namespace Rialto.Identity;

/// <summary>Base32 without padding (RFC 4648), for secrets and codes that people type.</summary>
internal static class Base32
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (bits, count) = (0, 0);
        foreach (var one in bytes)
        {
            (bits, count) = (bits << 8 | one, count + 8);
            while (count >= 5) text.Append(Letters[bits >> (count -= 5) & 31]);
            bits &= (1 << count) - 1;
        }
        if (count > 0) text.Append(Letters[bits << (5 - count) & 31]);
        return text.ToString();
    }
}
