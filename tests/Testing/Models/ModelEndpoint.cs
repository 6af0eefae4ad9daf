using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rialto.Testing;

/// <summary>
/// An endpoint that speaks the OpenAI-compatible chat protocol strictly, on a free port of this machine, with models that
/// answer as scripted. A request that breaks the protocol is answered with 400 and kept in <see cref="Complaints"/>.
/// </summary>
public sealed class ModelEndpoint : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, Func<JsonObject, CancellationToken, Task<(int Status, string Body)>>> models = new(StringComparer.Ordinal);
    private readonly List<string> complaints = [];
    private readonly List<string> asked = [];
    private readonly string? key;

    private ModelEndpoint(WebApplication app, string? key) => (this.app, this.key) = (app, key);

    /// <summary>What to configure as the endpoint's root.</summary>
    public Uri Url => new(app.Urls.First() + "/v1/");

    /// <summary>What was wrong with requests.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>Names of the models that were asked, in order.</summary>
    public IReadOnlyList<string> Asked => asked;

    /// <summary>The content of the last user message.</summary>
    public string LastUserMessage { get; private set; } = "";

    /// <summary>Starts one that wants <paramref name="key"/> as a bearer token, or none.</summary>
    public static async Task<ModelEndpoint> StartAsync(string? key = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var endpoint = new ModelEndpoint(app, key);
        app.MapPost("/v1/chat/completions", (RequestDelegate)endpoint.CompleteAsync);
        await app.StartAsync();
        return endpoint;
    }

    /// <summary>A model that answers with what <paramref name="answer"/> makes of the user's message.</summary>
    public ModelEndpoint Answers(string model, Func<string, string> answer)
    {
        models[model] = (request, _) => Task.FromResult((200, Completion(model, answer(request["messages"]!.AsArray()[^1]!["content"]!.GetValue<string>()))));
        return this;
    }

    /// <summary>A model that answers with an error.</summary>
    public ModelEndpoint Fails(string model, int status, string message)
    {
        models[model] = (_, _) => Task.FromResult((status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "server_error" } }.ToJsonString()));
        return this;
    }

    /// <summary>A model that never answers.</summary>
    public ModelEndpoint Hangs(string model)
    {
        models[model] = async (_, cancel) => { await Task.Delay(Timeout.Infinite, cancel); return (200, ""); };
        return this;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        JsonObject? request = null;
        try { request = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject; }
        catch (JsonException) { }
        if (Complaint(context.Request, request) is { } complaint)
        {
            complaints.Add(complaint);
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(complaint);
            return;
        }
        var name = request!["model"]!.GetValue<string>();
        asked.Add(name);
        LastUserMessage = request["messages"]!.AsArray()[^1]!["content"]!.GetValue<string>();
        var authorised = key is null || context.Request.Headers.Authorization == $"Bearer {key}";
        var (status, body) = !authorised ? (401, """{"error":{"message":"Incorrect API key","type":"invalid_request_error"}}""")
            : models.TryGetValue(name, out var model) ? await model(request, context.RequestAborted)
            : (404, """{"error":{"message":"The model does not exist","code":"model_not_found"}}""");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private static string? Complaint(HttpRequest http, JsonObject? request)
    {
        if (http.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true) return "The content type must be application/json.";
        if (http.ContentLength is null) return "The length of the body must be stated.";
        if (request is null) return "The body must be a JSON object.";
        string[] known = ["model", "messages", "temperature", "stream", "response_format", "max_tokens", "top_p", "seed", "stop", "user"];
        if (request.Select(pair => pair.Key).FirstOrDefault(name => !known.Contains(name)) is { } unknown) return $"Unrecognized request argument: {unknown}";
        if (request["model"]?.GetValueKind() != JsonValueKind.String) return "model must be a string.";
        if (request["stream"] is { } stream && stream.GetValueKind() != JsonValueKind.False) return "This endpoint does not stream.";
        if (request["response_format"] is { } format && format["type"]?.ToString() is not ("json_object" or "text")) return "response_format.type must be text or json_object.";
        if (request["messages"] is not JsonArray { Count: > 0 } messages) return "messages must be a list that is not empty.";
        foreach (var message in messages)
        {
            if (message?["role"]?.ToString() is not ("system" or "user" or "assistant")) return "A message's role must be system, user or assistant.";
            if (message["content"]?.GetValueKind() != JsonValueKind.String) return "A message's content must be a string.";
        }
        return request["response_format"]?["type"]?.ToString() == "json_object" && !messages.Any(message => message!["content"]!.ToString().Contains("JSON", StringComparison.OrdinalIgnoreCase))
            ? "With json_object the messages must mention JSON." : null;
    }

    private static string Completion(string model, string text) => new JsonObject
    {
        ["id"] = "chatcmpl-1", ["object"] = "chat.completion", ["created"] = 1_700_000_000, ["model"] = model,
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text }, ["finish_reason"] = "stop" }),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
    }.ToJsonString();
}
