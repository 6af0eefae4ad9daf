using System.IO.Compression;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Rialto.Analysis.Tests;

public sealed class LicenceLibraryTests
{
    private const string LibraryPath = "src/Analysis/Licences/Data/licences.bin.br";

    [Fact]
    [Trait("category", "reference")]
    public void The_embedded_library_is_what_the_SPDX_list_gives()
    {
        var source = ReferenceData.Repository("RIALTO_SPDX", "the npm package spdx-license-list 6.12.0 (its spdx-full.json)");
        using var made = new MemoryStream();
        Make(source).Write(made);
        var path = Path.Combine(ReferenceData.Checkout, LibraryPath);
        if (Environment.GetEnvironmentVariable("RIALTO_UPDATE_LICENCES") == "1")
        {
            using var encoder = new BrotliEncoder(quality: 11, window: 24);
            var packed = new byte[made.Length];
            encoder.Compress(made.ToArray(), packed, out _, out var written, isFinalBlock: true);
            File.WriteAllBytes(path, packed[..written]);
            return;
        }
        using var committed = new MemoryStream();
        using (var unpacked = new BrotliStream(File.OpenRead(path), CompressionMode.Decompress)) unpacked.CopyTo(committed);
        committed.ToArray().SequenceEqual(made.ToArray()).ShouldBeTrue("Run this test with RIALTO_UPDATE_LICENCES=1 and commit the library.");
    }

    private static LicenceLibrary Make(string source)
    {
        using var list = JsonDocument.Parse(File.ReadAllText(source));
        var all = list.RootElement.EnumerateObject()
            .Select(l => (Id: l.Name, Name: l.Value.GetProperty("name").GetString()!, Osi: l.Value.GetProperty("osiApproved").GetBoolean(), Words: LicenceWords.Of(OwnText(l.Name, l.Value.GetProperty("licenseText").GetString()!))))
            // Of several with the same text the plainest identifier keeps it: the others cannot be told from the text alone.
            .OrderBy(l => Retired(l.Id) ? 1 : 0).ThenBy(l => l.Id.EndsWith("-only", StringComparison.Ordinal) ? 0 : 1).ThenBy(l => l.Id.Length).ThenBy(l => l.Id, StringComparer.Ordinal)
            .ToList();
        uint[] vocabulary = [.. all.SelectMany(l => l.Words).Distinct().Order()];
        var positions = vocabulary.Select((hash, i) => (hash, i)).ToDictionary(v => v.hash, v => (ushort)v.i);
        var texts = new HashSet<string>();
        return new LicenceLibrary(vocabulary, [.. all.Select(l => new KnownLicence(l.Id, l.Name, l.Osi,
            !Retired(l.Id) && texts.Add(string.Join(' ', l.Words)) ? [.. l.Words.Select(w => positions[w])] : []))]);
    }

    /// <summary>The list appends the GPL to the LGPL 3; the LGPL's own file has it apart.</summary>
    private static string OwnText(string id, string text) =>
        id.StartsWith("LGPL-3.0", StringComparison.Ordinal) && text.IndexOf("GNU GENERAL PUBLIC LICENSE", StringComparison.Ordinal) is var gpl and > 0 ? text[..gpl] : text;

    /// <summary>Identifiers that SPDX has replaced by others.</summary>
    private static bool Retired(string id) =>
        id.EndsWith('+') || id.Contains("-with-") || id is "BSD-2-Clause-FreeBSD" or "BSD-2-Clause-NetBSD" or "StandardML-NJ" or "Nunit" or "eCos-2.0" or "bzip2-1.0.5" or "Net-SNMP" or "wxWindows"
        || System.Text.RegularExpressions.Regex.IsMatch(id, @"^(A|L)?GPL-[0-9.]+$|^GFDL-[0-9.]+$");
}
