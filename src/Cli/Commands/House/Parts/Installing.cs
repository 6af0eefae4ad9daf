namespace Rialto.Cli;

/// <summary>How things are installed on this machine.</summary>
internal static class Installing
{
    // Debian's name first; what the others call it where that differs. The launcher's scripts/tools.sh knows the same for what it installs.
    private static readonly Dictionary<string, (string? Dnf, string? Apk, string? Pacman, string? Brew)> OtherNames = new()
    {
        ["dotnet-sdk-10.0"] = (null, "dotnet10-sdk", "dotnet-sdk", "dotnet"),
        ["nodejs"] = (null, null, null, "node"),
        ["chromium"] = (null, null, null, "--cask chromium"),
        ["fonts-noto-core"] = ("google-noto-sans-fonts", "font-noto", "noto-fonts", "--cask font-noto-sans"),
        ["fonts-noto-color-emoji"] = ("google-noto-color-emoji-fonts", "font-noto-emoji", "noto-fonts-emoji", "--cask font-noto-color-emoji"),
        ["fonts-noto-cjk"] = ("google-noto-sans-cjk-fonts", "font-noto-cjk", "noto-fonts-cjk", "--cask font-noto-sans-cjk"),
    };

    /// <summary>The command that installs <paramref name="package"/>, by the package manager that is here; Debian's where none is known.</summary>
    public static string Command(string package)
    {
        var other = OtherNames.GetValueOrDefault(package);
        var manager = Array.Find(["apt-get", "dnf", "apk", "pacman", "brew"], name => Programs.OnPath(name) is not null);
        var sudo = Environment.UserName == "root" || manager == "brew" ? "" : "sudo ";
        return manager switch
        {
            "dnf" => $"{sudo}dnf install {other.Dnf ?? package}",
            "apk" => $"{sudo}apk add {other.Apk ?? package}",
            "pacman" => $"{sudo}pacman -S {other.Pacman ?? package}",
            "brew" => $"brew install {other.Brew ?? package}",
            _ => $"{sudo}apt-get install {package}",
        };
    }
}
