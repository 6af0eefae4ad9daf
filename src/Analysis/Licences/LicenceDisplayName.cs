namespace Rialto.Analysis;

/// <summary>What a person calls a licence.</summary>
internal static class LicenceDisplayName
{
    private const string Modified = "LicenseRef-Modified-";

    /// <summary>SPDX's name, or words for one that SPDX does not know.</summary>
    public static string Of(string id, LicenceLibrary library)
    {
        if (id.StartsWith(Modified, StringComparison.Ordinal)) return $"{Of(id[Modified.Length..], library)}, modified";
        return id switch
        {
            "LicenseRef-All-Rights-Reserved" => "All rights reserved",
            "LicenseRef-Unrecognised" => "A licence of its own",
            "LicenseRef-RSALv2" => "Redis Source Available License 2.0",
            "LicenseRef-Commons-Clause" => "Commons Clause",
            _ when library.Find(id.TrimEnd('+')) is { } known => known.Name,
            _ => id.Replace("LicenseRef-", "").Replace('-', ' '),
        };
    }
}
