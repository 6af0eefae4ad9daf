using Microsoft.Playwright;

namespace Rialto.Journeys;

/// <summary>Chromium, headless: one for all tests of a run.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where it lies, or null.</summary>
    public static string? Program { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Program is null) return;
        playwright = await Playwright.CreateAsync();
        // Certificates are not checked: the service worker needs https, and the test server signs for itself.
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--ignore-certificate-errors"] });
    }

    /// <summary>A fresh visitor: no cache, no cookies.</summary>
    public async Task<IBrowserContext> VisitorAsync(int widthPx = 1440, ColorScheme scheme = ColorScheme.Light, bool script = true, ForcedColors forced = ForcedColors.None, string? signedIn = null)
    {
        if (browser is null) Assert.Skip("Chromium is not installed.");
        return await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = widthPx, Height = 900 }, ColorScheme = scheme, JavaScriptEnabled = script, ForcedColors = forced, ReducedMotion = ReducedMotion.Reduce, StorageState = signedIn,
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
