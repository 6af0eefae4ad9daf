using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rialto.Testing;

/// <summary>Answers one request by the real <c>git http-backend</c>, as a web server does by CGI (RFC 3875).</summary>
internal static class HttpBackend
{
    public static async Task AnswerAsync(HttpContext context, string root)
    {
        var request = context.Request;
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_SYSTEM"] = "/dev/null", ["GIT_PROJECT_ROOT"] = root, ["GIT_HTTP_EXPORT_ALL"] = "1",
            ["PATH_INFO"] = request.Path.Value ?? "", ["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?') ?? "", ["REQUEST_METHOD"] = request.Method,
            ["CONTENT_TYPE"] = request.ContentType ?? "", ["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding.ToString(), ["GIT_PROTOCOL"] = request.Headers["Git-Protocol"].ToString(),
            ["REMOTE_ADDR"] = "127.0.0.1",
        }) start.Environment[name] = value;
        // Only a length that was said may be waited for; without one the backend reads to the end.
        if (request.ContentLength is { } length) start.Environment["CONTENT_LENGTH"] = length.ToString(CultureInfo.InvariantCulture);
        using var backend = Process.Start(start)!;
        try
        {
            var words = backend.StandardError.ReadToEndAsync();
            var feeding = FeedAsync(request.Body, backend.StandardInput.BaseStream);
            var output = backend.StandardOutput.BaseStream;
            await HeadersAsync(output, context.Response);
            await output.CopyToAsync(context.Response.Body, context.RequestAborted);
            await feeding;
            await words;
        }
        finally
        {
            if (!backend.HasExited) backend.Kill(entireProcessTree: true);
        }
    }

    private static async Task FeedAsync(Stream body, Stream input)
    {
        try
        {
            await body.CopyToAsync(input);
            await input.DisposeAsync();
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // One of the two went away; the answer tells.
        }
    }

    private static async Task HeadersAsync(Stream output, HttpResponse response)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await output.ReadAsync(one) == 1)
        {
            if (one[0] != '\n')
            {
                line.Add(one[0]);
                continue;
            }
            var text = Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            line.Clear();
            if (text.Length == 0) return;
            var colon = text.IndexOf(':');
            var (name, value) = (text[..colon], text[(colon + 1)..].Trim());
            if (name == "Status") response.StatusCode = int.Parse(value[..3], CultureInfo.InvariantCulture);
            else response.Headers[name] = value;
        }
    }
}
