namespace Rialto.Sites;

/// <summary>Pictures that are words: shields drawn by a server.</summary>
internal static class Badges
{
    private static readonly string[] Marks =
    [
        "shields.io", "badge.fury.io", "badgen.net", "travis-ci", "codecov.io", "coveralls.io", "circleci.com", "appveyor.com", "/badge", "badges.", "/workflows/", "opencollective.com",
        "packagist.org", "poser.pugx.org", "api.netlify.com", "snyk.io", "deepsource", "codacy", "gitpod.io/button", "isitmaintained", "contrib.rocks", "camo.githubusercontent.com", "bestpractices.coreinfrastructure.org", "img.badgesize",
    ];

    public static bool IsBadge(string address) => Array.Exists(Marks, mark => address.Contains(mark, StringComparison.OrdinalIgnoreCase));
}
