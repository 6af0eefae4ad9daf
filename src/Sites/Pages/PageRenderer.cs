using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

using Rialto.Sites.Themes;
using Rialto.Sites.Themes.Catalogue;

namespace Rialto.Sites;

/// <summary>Draws pages with the theme's Razor components, several at once: each worker has a renderer of its own, because one renderer draws one page at a time.</summary>
internal static class PageRenderer
{
    public static async Task RenderAsync(SiteModel model, ThemeBundle bundle, ISiteOutput output, Action<int>? drawn, CancellationToken cancel)
    {
        var next = -1;
        var done = 0;
        async Task Worker()
        {
            using var services = new ServiceCollection().BuildServiceProvider();
            await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
            while (Interlocked.Increment(ref next) is var index && index < model.Pages.Count)
            {
                cancel.ThrowIfCancellationRequested();
                var page = model.Pages[index];
                var html = await renderer.Dispatcher.InvokeAsync(() => DrawAsync(renderer, PageContexts.For(model, page, bundle)));
                await output.WriteAsync(FileOf(page.Url), html, cancel);
                drawn?.Invoke(Interlocked.Increment(ref done));
            }
        }
        var workers = Math.Clamp(Math.Min(Environment.ProcessorCount, model.Pages.Count / 4), 1, 16);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(Worker, cancel)));
    }

    /// <summary>The file that a server sends for an address.</summary>
    public static string FileOf(string url) => url.Length == 0 || url.EndsWith('/') ? url + "index.html" : url;

    private static async Task<ReadOnlyMemory<byte>> DrawAsync(HtmlRenderer renderer, PageContext context)
    {
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Context"] = context });
        var root = await renderer.RenderComponentAsync<PageView>(parameters);
        using var writer = new Utf8Writer();
        root.WriteHtmlTo(writer);
        writer.Write('\n');
        return writer.ToMemory();
    }

    /// <summary>Encodes while the page is written: no copy of the whole page as a string.</summary>
    private sealed class Utf8Writer : TextWriter
    {
        private readonly System.Buffers.ArrayBufferWriter<byte> buffer = new(32 * 1024);
        private char pendingHigh;

        public override Encoding Encoding => Encoding.UTF8;

        public ReadOnlyMemory<byte> ToMemory() => buffer.WrittenMemory;

        public override void Write(char value)
        {
            if (char.IsHighSurrogate(value)) pendingHigh = value;
            else if (char.IsLowSurrogate(value) && pendingHigh != 0)
            {
                Encoding.UTF8.GetBytes([pendingHigh, value], buffer);
                pendingHigh = '\0';
            }
            else Encoding.UTF8.GetBytes([value], buffer);
        }

        public override void Write(string? value)
        {
            if (value is not null) Encoding.UTF8.GetBytes(value, buffer);
        }

        public override void Write(ReadOnlySpan<char> value) => Encoding.UTF8.GetBytes(value, buffer);

        public override void Write(char[] value, int index, int count) => Encoding.UTF8.GetBytes(value.AsSpan(index, count), buffer);
    }
}
