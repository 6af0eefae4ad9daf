using System.Globalization;

namespace Rialto.Publishing;

/// <summary>Reads Accept-Encoding (RFC 9110, 12.5.3) without allocating.</summary>
internal static class AcceptedEncodings
{
    /// <summary>Weights from 0 (not wanted) to 1 of Brotli and gzip.</summary>
    public static (double Brotli, double Gzip) Read(ReadOnlySpan<char> header)
    {
        double? brotli = null, gzip = null, any = null;
        foreach (var range in header.Split(','))
        {
            var part = header[range].Trim();
            var semicolon = part.IndexOf(';');
            var name = (semicolon < 0 ? part : part[..semicolon]).TrimEnd();
            var weight = semicolon < 0 ? 1 : Weight(part[(semicolon + 1)..]);
            if (name.Equals("br", StringComparison.OrdinalIgnoreCase)) brotli = weight;
            else if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)) gzip = weight;
            else if (name is "*") any = weight;
        }
        return (brotli ?? any ?? 0, gzip ?? any ?? 0);
    }

    private static double Weight(ReadOnlySpan<char> parameter)
    {
        parameter = parameter.Trim();
        if (!parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) return 1;
        return double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? Math.Clamp(weight, 0, 1) : 0;
    }
}
