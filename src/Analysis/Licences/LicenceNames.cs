using Rialto.Kernel;
using System.Text.RegularExpressions;

namespace Rialto.Analysis;

/// <summary>What people write when they mean a licence: «Apache License, Version 2.0», «GPLv3 or later», «3-clause BSD».</summary>
internal static class LicenceNames
{
    private static readonly Name[] Names =
    [
        new(@"\bagpl\W*(?:license\W*)?(?:v|version)?\W*3|affero general public licen[cs]e\W*(?:\(agpl\)\W*)?(?:v|version)?\W*3", "AGPL-3.0", "agpl", "affero"),
        new(@"\blgpl\W*(?:v|version)?\W*3|lesser general public licen[cs]e\W*(?:\(lgpl\)\W*)?(?:v|version)?\W*3", "LGPL-3.0", "lgpl", "lesser"),
        new(@"\blgpl\W*(?:v|version)?\W*2\.1|lesser general public licen[cs]e\W*(?:\(lgpl\)\W*)?(?:v|version)?\W*2\.1", "LGPL-2.1", "lgpl", "lesser"),
        new(@"(?:^|[^al])gpl\W*(?:v|version)?\W*3|gnu general public licen[cs]e\W*(?:\(gpl\)\W*)?(?:v|version)?\W*3", "GPL-3.0", "gpl", "general public"),
        new(@"(?:^|[^al])gpl\W*(?:v|version)?\W*2|gnu general public licen[cs]e\W*(?:\(gpl\)\W*)?(?:v|version)?\W*2", "GPL-2.0", "gpl", "general public"),
        new(@"apache\W*(?:software\W*)?(?:licen[cs]e)?\W*(?:\([a-z0-9 .]*\)\W*)?(?:v|version)?\W*2", "Apache-2.0", "apache"),
        new(@"mozilla public licen[cs]e\W*(?:v|version)?\W*2|\bmpl\W*(?:v|version)?\W*2", "MPL-2.0", "mozilla", "mpl"),
        new(@"\b(?:3|three)\W*clause\W*bsd|bsd\W*(?:3|three)\W*clause|(?:new|modified|revised) bsd", "BSD-3-Clause", "bsd"),
        new(@"\b(?:2|two)\W*clause\W*bsd|bsd\W*(?:2|two)\W*clause|simplified bsd|freebsd licen[cs]e", "BSD-2-Clause", "bsd"),
        new(@"eclipse public licen[cs]e\W*(?:v|version)?\W*2|\bepl\W*2", "EPL-2.0", "eclipse", "epl"),
        new(@"boost software licen[cs]e|\bbsl-1\.0", "BSL-1.0", "boost", "bsl"),
        new(@"european union public licen[cs]e\W*(?:v|version)?\W*1\.2|\beupl\W*1\.2", "EUPL-1.2", "european", "eupl"),
        new(@"\bcc0\b", "CC0-1.0", "cc0"),
        new(@"\bcc[- ]by[- ]nc[- ]sa[- ]4|attribution-?noncommercial-?sharealike 4", "CC-BY-NC-SA-4.0", "cc", "attribution"),
        new(@"\bcc[- ]by[- ]sa[- ]4|attribution-?sharealike 4", "CC-BY-SA-4.0", "cc", "attribution"),
        new(@"\bcc[- ]by[- ]nc[- ]4|attribution-?noncommercial 4", "CC-BY-NC-4.0", "cc", "attribution"),
        new(@"\bcc[- ]by[- ]4|creative commons attribution 4", "CC-BY-4.0", "cc", "creative"),
        new(@"business source licen[cs]e|\bbusl\b", "BUSL-1.1", "business", "busl"),
        new(@"server side public licen[cs]e|\bsspl", "SSPL-1.0", "server", "sspl"),
        new(@"elastic licen[cs]e (?:v|version )?2", "Elastic-2.0", "elastic"),
        new(@"\bunlicense\b", "Unlicense", "unlicense"), new(@"\bwtfpl\b", "WTFPL", "wtfpl"), new(@"\bzlib licen[cs]e", "Zlib", "zlib"),
        new(@"\bisc licen[cs]e|\blicen[cs]e\W{1,4}isc\b|\AISC\z", "ISC", "isc"),
        new(@"\bmit[- ]licen[cs]e|\bmit[- ]0\b|\blicen[cs]ed? (?:under )?(?:the )?\W{0,4}mit\b|\bmit\b.{0,12}licen[cs]e|\bx11 licen[cs]e|\Amit\z|\bMIT\b", "MIT", "mit", "x11"),
    ];

    /// <summary>All licences the sentence names, as an SPDX expression; null when it names none.</summary>
    public static string? InSentence(string sentence)
    {
        if (sentence.Length > 4000) sentence = sentence[..4000];
        var ids = Names.Where(name => name.MayStandIn(sentence)).Select(name => (name.Pattern.Match(sentence), name.Id)).Where(m => m.Item1.Success)
            .OrderBy(m => m.Item1.Index).Select(m => Gnu(m.Id, OrLater.IsMatch(sentence))).Distinct().ToList();
        return ids.Count switch { 0 => null, 1 => ids[0], _ => string.Join(OffersChoice(sentence) ? " OR " : " AND ", ids) };
    }

    /// <summary>The identifier SPDX uses today: <c>GPL-3.0</c> is <c>GPL-3.0-only</c> or <c>GPL-3.0-or-later</c>.</summary>
    public static string Gnu(string id, bool orLater) =>
        id is "AGPL-3.0" or "LGPL-3.0" or "LGPL-2.1" or "LGPL-2.0" or "GPL-3.0" or "GPL-2.0" or "GPL-1.0" or "AGPL-1.0" or "GFDL-1.3" or "GFDL-1.2" or "GFDL-1.1"
            ? id + (orLater ? "-or-later" : "-only") : id;

    /// <summary>True when the user may choose among the licences named.</summary>
    public static bool OffersChoice(string text) => Choice.IsMatch(text);

    /// <summary>True when the text permits later versions of a GNU licence.</summary>
    public static bool PermitsLater(string text) => OrLater.IsMatch(text);

    private static readonly LinearPattern Choice = new(@"\bat your (?:option|choice|discretion)\b|\b(?:your|user's|users') choice\b|\beither\b|\b(?:dual|tri|triple|multi)[- ]?licen|\bchoose\b|\bmit/apache|\blicen[cs]e,? or\b|\d\)? or (?:the )?mit\b|\bmit or\b|\bor (?:the )?apache", RegexOptions.IgnoreCase);

    private static readonly LinearPattern OrLater = new(@"\bor\W+(?:\(?at your option\)?\W+)?(?:any )?(?:later|newer)\b|gpl[a-z]*[- ]?v?[0-9.]+\+|\bor-later\b", RegexOptions.IgnoreCase);

    /// <param name="Text">Finds the name.</param>
    /// <param name="Id">What it names.</param>
    /// <param name="Needed">One of these stands in every text that the pattern finds; without any of them it is not even built.</param>
    private sealed record Name(string Text, string Id, params string[] Needed)
    {
        public LinearPattern Pattern { get; } = new(Text, RegexOptions.IgnoreCase);

        public bool MayStandIn(string sentence) => Array.Exists(Needed, word => sentence.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
