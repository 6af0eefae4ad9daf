using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Portal.Design;

namespace Rialto.Portal;

/// <summary>Draws answers as HTML. Whole before the first byte leaves, so that a page is sent whole or not at all.</summary>
internal sealed class PageDrawing(IServiceProvider services)
{
    public async Task SendAsync(Visit visit, Answer answer, long began)
    {
        var response = visit.Http.Response;
        if (answer is Answer.Gone gone)
        {
            if (gone.Notice is not null) Notices.Leave(visit.Http, visit.Who, gone.Notice);
            // See other: what was posted is done, and reloading the next page does not do it again.
            response.StatusCode = StatusCodes.Status303SeeOther;
            response.Headers.Location = gone.Path;
            return;
        }
        var html = answer switch
        {
            Answer.Shown page => "<!doctype html>\n" + await DrawAsync<Frame>(new() { [nameof(Frame.Visit)] = visit, [nameof(Frame.Page)] = page.Component, [nameof(Frame.Model)] = page.Model, [nameof(Frame.Title)] = page.Title }),
            Answer.PartShown part => await DrawAsync<Fragment>(new() { [nameof(Fragment.Visit)] = visit, [nameof(Fragment.Page)] = part.Component, [nameof(Fragment.Model)] = part.Model }),
            _ => throw new UnreachableException(),
        };
        response.StatusCode = answer is Answer.Shown shown ? shown.Status : StatusCodes.Status200OK;
        if (answer is Answer.PartShown { IsLast: true }) response.Headers["Rialto-Last"] = "true";
        PageHeaders.Write(response, visit);
        response.Headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"page;dur={Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.0}");
        var bytes = Encoding.UTF8.GetBytes(html);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, visit.Gone);
    }

    private async Task<string> DrawAsync<TRoot>(Dictionary<string, object?> parameters) where TRoot : IComponent
    {
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TRoot>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
