using Rialto.Kernel;

namespace Rialto.Cli;

/// <summary>Fonts of the machine, which Chromium uses for scripts that a page brings no font for.</summary>
internal static class Fonts
{
    public static async Task<Finding?> LookAsync(string language, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux()) return new Finding(null, "the system's");
        if (Programs.OnPath("fc-list") is not { } list) return new Finding(null, null, "fc-list is not there to ask (package fontconfig)");
        try
        {
            var result = await ChildProcess.RunAsync(new ChildCommand(list, ":lang=" + language, "family") { TimeoutSeconds = 20 }, cancel: cancel);
            var families = result.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count();
            return families > 0 ? new Finding(null, families == 1 ? "1 family" : $"{families} families") : null;
        }
        catch (Refusal refusal)
        {
            return new Finding(list, null, refusal.Message);
        }
    }
}
