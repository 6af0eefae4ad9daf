using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>Licences that call themselves by a name SPDX does not list, or whose text is filled in so freely that only the title is fixed.</summary>
internal static class LicenceTitles
{
    private const int HeadChars = 1500;

    /// <summary>The licence the head of the text names, or null.</summary>
    public static string? Special(string text) => Named(text.Length > HeadChars ? text[..HeadChars] : text).FirstOrDefault();

    /// <summary>Licences beyond SPDX that the text names on a line of its own.</summary>
    public static IEnumerable<string> SpecialIn(string text) => Named(text).Where(id => id.StartsWith("LicenseRef-", StringComparison.Ordinal));

    private static IEnumerable<string> Named(string text)
    {
        if (PolyForm.Match(text) is { Success: true } form)
        {
            var name = $"PolyForm-{string.Join('-', form.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))}-{form.Groups[2].Value}";
            yield return name is "PolyForm-Noncommercial-1.0.0" or "PolyForm-Small-Business-1.0.0" ? name : "LicenseRef-" + name;
        }
        if (Rsal.IsMatch(text)) yield return "LicenseRef-RSALv2";
        if (Busl.IsMatch(text)) yield return "BUSL-1.1";
        if (Confluent.IsMatch(text)) yield return "LicenseRef-Confluent-Community-1.0";
        if (Sustainable.IsMatch(text)) yield return "LicenseRef-Sustainable-Use";
        if (Elastic.IsMatch(text)) yield return "Elastic-2.0";
        if (Server.IsMatch(text)) yield return "SSPL-1.0";
    }

    private static readonly LinearPattern PolyForm = new(@"^\W*PolyForm ([A-Za-z ]{4,30}?) Licen[cs]e ([0-9.]+[0-9])", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private static readonly LinearPattern Rsal = new(@"^[^a-z\n]{0,8}Redis Source Available Licen[cs]e 2\.0|\(RSALv2\)", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private static readonly LinearPattern Busl = new(@"^\W*Business Source Licen[cs]e 1\.1\W*$|Business Source Licen[cs]e\W+is a trademark of MariaDB", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private static readonly LinearPattern Confluent = new(@"^\W*Confluent Community Licen[cs]e Agreement", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private static readonly LinearPattern Sustainable = new(@"^\W*Sustainable Use Licen[cs]e\W*$", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private static readonly LinearPattern Elastic = new(@"^\W*Elastic Licen[cs]e 2\.0(?: \(ELv2\))?\W*$", RegexOptions.IgnoreCase | RegexOptions.Multiline);

    private static readonly LinearPattern Server = new(@"^\W*Server Side Public Licen[cs]e\W*$", RegexOptions.IgnoreCase | RegexOptions.Multiline);
}
