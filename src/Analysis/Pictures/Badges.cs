namespace Rialto.Analysis;

/// <summary>Tells badges from pictures, and reads what a badge means.</summary>
internal static class Badges
{
    private static readonly string[] Hosts =
    [
        "shields.io", "badgen.net", "badge.fury.io", "codecov.io", "coveralls.io", "travis-ci.", "circleci.com", "ci.appveyor.com", "snyk.io", "deepsource.", "codacy.com", "codeclimate.com",
        "opencollective.com", "gitpod.io", "isitmaintained.com", "bestpractices.", "api.securityscorecards.dev", "api.scorecard.dev", "readthedocs.org", "readthedocs.io/en", "deps.rs", "docs.rs", "goreportcard.com", "pkg.go.dev/badge", "godoc.org",
        "pepy.tech", "static.pepy.tech", "packagist.org", "poser.pugx.org", "crates.io/badge", "david-dm.org", "gitter.im", "discordapp.com/api", "discord.com/api", "sonarcloud.io", "sonarcloud.com", "lgtm.com", "app.fossa", "nuget.org/badge", "buildstats.info",
        "jitpack.io", "maven-badges", "javadoc.io", "badges.", "badge.", "repology.org", "flat.badgen", "hits.", "visitor-badge", "visitcount", "komarev.com", "github-readme-stats", "star-history", "contrib.rocks", "dev.azure.com", "codspeed.io", "hosted.weblate.org", "api.netlify.com", "zenodo.org/badge", "mybinder.org", "colab.research.google.com", "open-vsx", "vsmarketplacebadge", "cirrus-ci", "cdnjs", "data.jsdelivr.com", "img.badgesize", "packagephobia", "bundlephobia", "awesome.re", "awesome.re/badge", "cdn.rawgit.com/sindresorhus/awesome", "trackgit.com", "producthunt.com", "buymeacoffee", "ko-fi.com", "paypal", "fuzzit.dev", "oss-fuzz-build-logs", "app.netlify.com", "stackblitz.com/img", "codesandbox.io/", "codesandbox.com/", "/buttons/", "badg.es", "deploy/button", "deploy-button", "button.svg", "StandWithUkraine", "opensource.org/trademarks", "railway.app/button", "vercel.com/button", "codespaces",
    ];

    private static readonly string[] Paths = ["/badge.svg", "/badge", "badge/", "/workflows/", "build-status", "status.svg", "?label=", "sponsors.svg", "backers.svg", "pipeline.svg", "coverage.svg"];

    /// <summary>Meaning by words of the address or the label, first match wins.</summary>
    private static readonly (string Word, string Meaning)[] Meanings =
    [
        ("codecov", "coverage"), ("coverall", "coverage"), ("coverage", "coverage"),
        ("sponsor", "sponsor"), ("opencollective", "sponsor"), ("backers", "sponsor"), ("patreon", "sponsor"), ("donate", "sponsor"), ("paypal", "sponsor"), ("ko-fi", "sponsor"), ("buymeacoffee", "sponsor"), ("liberapay", "sponsor"),
        ("license", "licence"), ("licence", "licence"), ("fossa", "licence"), ("/l/", "licence"),
        ("downloads", "downloads"), ("/dm/", "downloads"), ("/dt/", "downloads"), ("/dw/", "downloads"), ("pepy", "downloads"), ("installs", "downloads"), ("docker/pulls", "downloads"),
        ("discord", "chat"), ("gitter", "chat"), ("slack", "chat"), ("matrix", "chat"), ("telegram", "chat"), ("zulip", "chat"), ("chat", "chat"), ("twitter", "chat"), ("mastodon", "chat"),
        ("/stars/", "stars"), ("stargazers", "stars"), ("github/stars", "stars"), ("followers", "stars"),
        ("docs.rs", "docs"), ("readthedocs", "docs"), ("godoc", "docs"), ("pkg.go.dev", "docs"), ("javadoc", "docs"), ("documentation", "docs"), ("docs", "docs"),
        ("goreport", "quality"), ("codacy", "quality"), ("codeclimate", "quality"), ("sonarcloud", "quality"), ("snyk", "quality"), ("scorecard", "quality"), ("bestpractices", "quality"), ("codefactor", "quality"), ("deepsource", "quality"), ("lgtm", "quality"), ("fuzz", "quality"), ("isitmaintained", "quality"), ("code%20style", "quality"), ("prettier", "quality"), ("codspeed", "quality"),
        ("workflow", "build"), ("actions/", "build"), ("travis", "build"), ("circleci", "build"), ("appveyor", "build"), ("azure", "build"), ("cirrus", "build"), ("jenkins", "build"), ("gitlab", "build"), ("build", "build"), ("netlify", "build"), ("tests", "build"), ("ci.", "build"),
        ("badge.fury", "version"), ("npm/v", "version"), ("/v/", "version"), ("pypi", "version"), ("crates", "version"), ("nuget", "version"), ("maven", "version"), ("packagist", "version"), ("release", "version"), ("version", "version"), ("gem", "version"), ("jitpack", "version"), ("tag", "version"),
    ];

    private static readonly string[] Nothing = ["star-history", "contrib.rocks", "via.placeholder", "placehold.", "placeholder.com", "dummyimage.com", "komarev.com", "visitor-badge", "hits.", "trackgit", "github-readme-stats", "capsule-render", "1x1", "pixel.gif", "tracker", "google-analytics", "beacon"];

    public static bool IsBadge(string url) => Has(url, Hosts) || Has(url, Paths);

    /// <summary>A placeholder, tracker or chart of popularity that is neither a badge nor a picture of the product.</summary>
    public static bool IsNothing(string url) => Has(url, Nothing);

    public static BadgeFacts Read(MarkupImage image, Evidence evidence)
    {
        var label = image.Alt.Length > 0 ? image.Alt : LabelOf(image.Url);
        var meaning = MeaningOf(image.Url) ?? MeaningOf(label) ?? "other";
        return new(meaning, label, image.Target, evidence);
    }

    private static string? MeaningOf(string text)
    {
        foreach (var (word, meaning) in Meanings)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return meaning;
        return null;
    }

    /// <summary>What a shields.io static badge reads: <c>chat-discord-blue</c> is "chat: discord".</summary>
    private static string LabelOf(string url)
    {
        var at = url.IndexOf("/badge/", StringComparison.Ordinal);
        if (at < 0) return "Badge";
        var end = url.IndexOf('?', at);
        var parts = Uri.UnescapeDataString(end < 0 ? url[(at + 7)..] : url[(at + 7)..end]).Replace("--", "\u2011", StringComparison.Ordinal).Replace('_', ' ').Split('-');
        return (parts.Length > 2 ? $"{parts[0]}: {parts[1]}" : parts[0]).Replace('\u2011', '-');
    }

    private static bool Has(string url, string[] parts)
    {
        foreach (var part in parts)
            if (url.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
