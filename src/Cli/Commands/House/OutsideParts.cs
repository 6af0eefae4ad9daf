namespace Rialto.Cli;

/// <summary>Everything outside that Rialto can use.</summary>
internal static class OutsideParts
{
    public static IReadOnlyList<OutsidePart> All { get; } =
    [
        new("git", ["git"], ["--version"]) { Required = true, Without = "nothing can be read", Install = "apt-get install git" },
        new("Node.js", ["node"], ["--version"]) { Without = "no highlighting, mathematics, cards or search index", Install = "apt-get install nodejs" },
        new("Chromium", ["chromium", "chromium-browser", "google-chrome", "chrome"], ["--version"]) { Without = "no PDF, no screenshots", Install = "apt-get install chromium" },
        new("FFmpeg", ["ffmpeg"], ["-version"]) { Without = "no video", Install = "apt-get install ffmpeg" },
        new("eSpeak NG", ["espeak-ng"], ["--version"]) { Without = "no speech", Install = "apt-get install espeak-ng" },
    ];
}
