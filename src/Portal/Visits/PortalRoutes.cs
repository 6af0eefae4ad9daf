using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rialto.Identity;
using Rialto.Kernel;

namespace Rialto.Portal;

/// <summary>Maps pages and forms. What is said of all of them is here: who may come, whose form it is, what a refusal looks like.</summary>
internal sealed partial class PortalRoutes(IEndpointRouteBuilder routes)
{
    /// <summary>A page for people who are signed in; strangers are sent to sign in first.</summary>
    public PortalRoutes Get(string pattern, Func<Visit, Task<Answer>> show)
    {
        Map(pattern, HttpMethods.Get, isOpen: false, show);
        return this;
    }

    /// <summary>A page for everybody.</summary>
    public PortalRoutes Open(string pattern, Func<Visit, Task<Answer>> show)
    {
        Map(pattern, HttpMethods.Get, isOpen: true, show);
        return this;
    }

    /// <summary>What is shown where nothing else is.</summary>
    public void Fallback(RoutePattern pattern, Func<Visit, Task<Answer>> show)
    {
        var endpoint = routes.Map(pattern, http => RunAsync(http, isOpen: true, show));
        endpoint.WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).ExcludeFromDescription();
        endpoint.Add(builder => ((RouteEndpointBuilder)builder).Order = int.MaxValue);
    }

    /// <summary>What a form does. When it is refused, <paramref name="again"/> shows the page once more with what was sent and why not.</summary>
    public PortalRoutes Post(string pattern, Func<Visit, Task<Answer>> act, Func<Visit, Task<Answer>> again)
    {
        Map(pattern, HttpMethods.Post, isOpen: false, visit => ActAsync(visit, act, again));
        return this;
    }

    /// <summary>A form for everybody.</summary>
    public PortalRoutes PostOpen(string pattern, Func<Visit, Task<Answer>> act, Func<Visit, Task<Answer>> again)
    {
        Map(pattern, HttpMethods.Post, isOpen: true, visit => ActAsync(visit, act, again));
        return this;
    }

    private static async Task<Answer> ActAsync(Visit visit, Func<Visit, Task<Answer>> act, Func<Visit, Task<Answer>> again)
    {
        try
        {
            await visit.ReadFormAsync();
            return await act(visit);
        }
        catch (Refusal refusal) when (refusal.Status != 401 || visit.Caller is null)
        {
            visit.Problem = refusal;
            var shown = await again(visit);
            return shown is Answer.Shown page ? page with { Status = refusal.Status } : shown;
        }
    }

    private void Map(string pattern, string method, bool isOpen, Func<Visit, Task<Answer>> answer) =>
        routes.MapMethods(pattern, [method], (RequestDelegate)(http => RunAsync(http, isOpen, answer))).ExcludeFromDescription();

    private static async Task RunAsync(HttpContext http, bool isOpen, Func<Visit, Task<Answer>> answer)
    {
        var began = Stopwatch.GetTimestamp();
        var drawing = http.RequestServices.GetRequiredService<PageDrawing>();
        var visit = await MeetAsync(http);
        try
        {
            if (visit.Caller is null && !isOpen)
            {
                http.Response.Redirect(SignInAddress(http));
                return;
            }
            await drawing.SendAsync(visit, await answer(visit), began);
        }
        catch (Refusal refusal) when (refusal.Status == 401 && !isOpen)
        {
            http.Response.Redirect(SignInAddress(http));
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            if (failure is not Refusal) PageFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Rialto.Portal"), failure, http.Request.Path);
            await drawing.SendAsync(visit, Troubles.Show(visit, failure), began);
        }
    }

    private static async Task<Visit> MeetAsync(HttpContext http)
    {
        var services = http.RequestServices;
        try
        {
            if (http.Request.Headers.Authorization.Count > 0) return new Visit(http, null, await services.GetRequiredService<ICallerSource>().FindAsync(http, http.RequestAborted));
            var who = await services.GetRequiredService<IPeople>().FindAsync(http, http.RequestAborted);
            return new Visit(http, who, who?.Caller);
        }
        catch (Refusal refusal)
        {
            // A key that has ended is a stranger's; a database that does not answer is told where a page can tell it.
            return new Visit(http, null, null) { Problem = refusal.Status == 401 ? null : refusal };
        }
    }

    private static string SignInAddress(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.Request.Path != "/" ? "/sign-in?return=" + Uri.EscapeDataString(http.Request.Path + http.Request.QueryString) : "/sign-in";

    [LoggerMessage(Level = LogLevel.Error, Message = "The page {Path} failed by a bug")]
    private static partial void PageFailed(ILogger logger, Exception failure, string path);
}
