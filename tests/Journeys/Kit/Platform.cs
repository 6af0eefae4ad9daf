using System.Diagnostics;
using Rialto.Testing;

namespace Rialto.Journeys;

/// <summary>The platform as <c>./rialto up</c> starts it, on a free port, with one site of a repository that Ada keeps. Stopped like by Ctrl-C.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rialto-up-").FullName;
    private readonly Process process;

    private Platform()
    {
        // PostgreSQL runs under another account than root's, and must reach its folder.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        Repository.Write("README.md", "# Lantern\n\nA small static server that lights up a folder.\n\n## Features\n\n- Starts at once\n").Write("docs/guide.md", "# Guide\n\nThe first words.\n").Commit("Light");
        process = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "rialto"), ["up", "--no-open", "--data", folder, "--port", "0", "--repo", Repository.Path])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }

    /// <summary>What the site is made of.</summary>
    public TestRepository Repository { get; } = new();

    /// <summary>Address, without a slash at its end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Address of the site, with a slash at its end.</summary>
    public string Site { get; private set; } = "";

    /// <summary>Name of the site.</summary>
    public string SiteName => Site.TrimEnd('/').Split('/')[^1];

    /// <summary>The link that signs the owner in, once.</summary>
    public string Link { get; private set; } = "";

    /// <summary>Starts one; returns when its site is live.</summary>
    public static async Task<Platform> StartAsync()
    {
        var platform = new Platform();
        try
        {
            var notes = Task.Run(platform.ReadNotesAsync);
            platform.Address = await platform.AnswerAsync("ready ");
            platform.Site = await platform.AnswerAsync("published ");
            platform.Link = await notes.WaitAsync(TimeSpan.FromMinutes(1));
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await stop.WaitForExitAsync();
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Repository.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<string> AnswerAsync(string word)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith(word, StringComparison.Ordinal)) return line[word.Length..];
        throw new InvalidOperationException($"rialto up ended before it said {word}");
    }

    // Everything is read, or the program would wait for somebody to listen.
    private async Task<string> ReadNotesAsync()
    {
        var found = new TaskCompletionSource<string>();
        _ = Task.Run(async () =>
        {
            while (await process.StandardError.ReadLineAsync() is { } line)
                if (line.Contains("/sign-in/link?token=", StringComparison.Ordinal)) found.TrySetResult(line.Trim());
            found.TrySetException(new InvalidOperationException("rialto up printed no link"));
        });
        return await found.Task;
    }
}
