using System.Runtime.InteropServices;
using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>Everything outside that Rialto can use, the required first.</summary>
internal static class OutsideParts
{
    public static IReadOnlyList<OutsidePart> All { get; } =
    [
        new(".NET", "nothing runs", Installing.Command("dotnet-sdk-10.0"), DotNet) { Required = true },
        new("git", "no repository can be read", Installing.Command("git"), cancel => Programs.FindAsync(["git"], "--version", new Version(2, 37), cancel)) { Required = true },
        new("Node.js", "no highlighting, mathematics, cards or picture formats", Installing.Command("nodejs"), cancel => Programs.FindAsync(["node"], "--version", new Version(20, 12), cancel)),
        new("workshop packages", "the same as without Node.js", "npm --prefix workshop ci", WorkshopPackages.LookAsync),
        new("Chromium", "no PDF, no screenshots", Installing.Command("chromium"), cancel => Programs.FindAsync(["chromium", "chromium-browser", "google-chrome", "chrome"], "--version", null, cancel)),
        new("FFmpeg", "no video", Installing.Command("ffmpeg"), cancel => Programs.FindAsync(["ffmpeg"], "-version", null, cancel)),
        new("eSpeak NG", "no speech without a configured engine", Installing.Command("espeak-ng"), cancel => Programs.FindAsync(["espeak-ng"], "--version", null, cancel)),
        new($"PostgreSQL {PostgresBinaries.OldestMajor}", "no platform; the command line does without", "npm --prefix postgres ci --ignore-scripts", Postgres.LookAsync),
        new("fonts: Latin", "letters are missing in PDF and screenshots", Installing.Command("fonts-noto-core"), cancel => Fonts.LookAsync("en", cancel)),
        new("fonts: Arabic", "Arabic letters are missing in PDF and screenshots", Installing.Command("fonts-noto-core"), cancel => Fonts.LookAsync("ar", cancel)),
        new("fonts: Chinese", "Chinese, Japanese and Korean letters are missing in PDF and screenshots", Installing.Command("fonts-noto-cjk"), cancel => Fonts.LookAsync("zh", cancel)),
        new("fonts: emoji", "emoji are empty boxes in PDF and screenshots", Installing.Command("fonts-noto-color-emoji"), cancel => Fonts.LookAsync("und-zsye", cancel)),
    ];

    // This program runs, so the runtime is there: which one is the question.
    private static Task<Finding?> DotNet(CancellationToken cancel) =>
        Task.FromResult<Finding?>(new Finding(RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/', '\\'), Environment.Version.ToString()));
}
