using System.Diagnostics;

namespace Rialto.Cli;

/// <summary>The browser of the person at the terminal.</summary>
internal static class Browser
{
    /// <summary>Opens <paramref name="address"/>, when there is a person: not when the output goes elsewhere.</summary>
    public static void Open(string address)
    {
        if (Console.IsOutputRedirected) return;
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address) { UseShellExecute = true });
        }
        catch (Exception none) when (none is System.ComponentModel.Win32Exception or PlatformNotSupportedException)
        {
            // A machine without a browser: the address is on the screen.
        }
    }
}
