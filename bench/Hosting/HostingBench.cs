using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Rialto.Kernel;

namespace Rialto.Bench;

/// <summary>
/// A published site as visitors get it, beside nginx with the very same bytes from a folder: the same cores, in turn, over loopback, asked by
/// <c>wrk</c>. What is compared is the time of ten thousand answers.
/// </summary>
internal sealed partial class HostingBench : IBench
{
    private const int Answers = 10_000, Connections = 32;

    public string Name => "hosting";

    public string Summary => "how many files of a site a node sends in a second, beside nginx";

    public async Task RunAsync(Bench bench, CancellationToken cancel)
    {
        if (Child.Locate("wrk") is not { } wrk)
        {
            bench.Missing("wrk", "not on this machine");
            return;
        }
        var folder = Directory.CreateTempSubdirectory("rialto-bench-hosting-").FullName;
        // The database and nginx's workers run under other accounts where this runs as root.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        using var node = Process.Start(new ProcessStartInfo(bench.Rialto, ["up", "--data", Path.Combine(folder, "data"), "--port", "0", "--no-open", "--repo", bench.Home]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = node.StandardError.ReadToEndAsync(cancel);
        Process? nginx = null;
        try
        {
            await node.StandardOutput.ReadLineAsync(cancel);
            var site = new Uri((await node.StandardOutput.ReadLineAsync(cancel))!["published ".Length..]);
            var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
            var files = await CopyAsync(site, root, cancel);
            var (address, started) = Child.Locate("nginx") is { } program ? await StartNginxAsync(program, folder, root, cancel) : (null, null);
            nginx = started;
            foreach (var (what, path, encoding) in new[] { ("page", "", "identity"), ("page, gzip", "", "gzip"), ("style", files.Style, "identity"), ("font", files.Font, "identity") })
            {
                var ours = $"rialto {what}";
                var peer = $"nginx {what}";
                var sides = await bench.CompareAsync(rounds: 5, [
                    new Side(ours, token => AskAsync(wrk, new Uri(site, path), encoding, token)),
                    new Side(peer, address is null ? null : token => AskAsync(wrk, new Uri(address, path), encoding, token)),
                ], cancel);
                bench.Value($"{ours}, answers a second", Answers / sides[ours].MedianSeconds, "1/s");
                bench.Ratio(sides, ours, peer);
            }
        }
        finally
        {
            nginx?.Kill(entireProcessTree: true);
            using (var stop = Process.Start("kill", ["-TERM", node.Id.ToString(CultureInfo.InvariantCulture)])) await stop.WaitForExitAsync(CancellationToken.None);
            await node.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(string Style, string Font)> CopyAsync(Uri site, string root, CancellationToken cancel)
    {
        using var http = LocalHttp.Create(site);
        var html = await http.GetStringAsync("", cancel);
        var style = Style().Match(html).Groups[1].Value;
        var font = Font().Match(html).Groups[1].Value;
        foreach (var (from, to) in new[] { ("", "index.html"), (style, style), (font, font) })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, to))!);
            await File.WriteAllBytesAsync(Path.Combine(root, to), await http.GetByteArrayAsync(from, cancel), cancel);
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, "") { Headers = { { "Accept-Encoding", "gzip" } } };
        using var packed = await http.SendAsync(request, cancel);
        await File.WriteAllBytesAsync(Path.Combine(root, "index.html.gz"), await packed.Content.ReadAsByteArrayAsync(cancel), cancel);
        return (style, font);
    }

    // One worker for each processor, sendfile, and the gzip copy ready-made, as ours is.
    private static async Task<(Uri? Address, Process? Process)> StartNginxAsync(string program, string folder, string root, CancellationToken cancel)
    {
        var port = FreePort();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            {{(Environment.UserName == "root" ? "user www-data;" : "")}}
            daemon off; pid {{folder}}/nginx.pid; error_log {{folder}}/nginx.log; worker_processes auto;
            events { worker_connections 1024; }
            http {
              types { text/html html; text/css css; font/woff2 woff2; }
              access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=1000; gzip_static on; etag on;
              server { listen 127.0.0.1:{{port}}; root {{root}}; add_header X-Content-Type-Options nosniff; add_header Cache-Control no-cache; }
            }
            """, cancel);
        var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration]) { RedirectStandardError = true })!;
        using var http = LocalHttp.Create(new Uri($"http://127.0.0.1:{port}/"));
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await http.GetByteArrayAsync("", cancel);
                return (http.BaseAddress!, process);
            }
            catch (HttpRequestException) when (attempt < 100 && !process.HasExited)
            {
                await Task.Delay(50, cancel);
            }
        }
    }

    private static async Task<Sample> AskAsync(string wrk, Uri address, string encoding, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(wrk, ["-t1", $"-c{Connections}", "-d2s", "-H", "Accept-Encoding: " + encoding, address.AbsoluteUri]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var words = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        if (words.Contains("Non-2xx", StringComparison.Ordinal) || Rate().Match(words) is not { Success: true } rate) throw new InvalidOperationException($"wrk at {address}: {words}");
        return new Sample(Answers / double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("Requests/sec:\\s+([0-9.]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Rate();

    [GeneratedRegex("href=\"(assets/[^\"]+\\.css)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Style();

    [GeneratedRegex("href=\"(assets/[^\"]+\\.woff2)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Font();
}
