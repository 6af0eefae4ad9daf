using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Kernel;

/// <summary>Calls operations in process, as a given caller, through the very pipeline that HTTP goes through.</summary>
public sealed class OperationInvoker(IServiceScopeFactory scopes, OperationCatalogue catalogue)
{
    /// <summary>Runs an operation and returns its answer; null when the answer has no body.</summary>
    /// <param name="caller">Who calls; their permissions and limits hold.</param>
    /// <param name="name">Which: <c>orders.place</c>.</param>
    /// <param name="input">One object with parts of path and query, and the fields of the body, as the catalogue describes it.</param>
    /// <param name="idempotencyKey">To be safe to repeat.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <exception cref="Refusal">The very one an HTTP caller would be given; <c>operations.unknown</c>, <c>operations.input_missing</c>, <c>operations.input_unknown</c>.</exception>
    public async Task<JsonNode?> InvokeAsync(Caller caller, string name, JsonObject input, string? idempotencyKey = null, CancellationToken cancel = default)
    {
        var (operation, endpoint) = catalogue.Find(name);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<OperationScope>().Known = caller;
        var http = Compose(scope.ServiceProvider, operation, endpoint, input, cancel);
        if (idempotencyKey is not null) http.Request.Headers[IdempotentCall.Header] = idempotencyKey;
        using var body = new MemoryStream();
        http.Response.Body = body;
        await endpoint.RequestDelegate!(http);
        cancel.ThrowIfCancellationRequested();
        var answer = body.Length == 0 ? null : JsonNode.Parse(body.ToArray());
        if (http.Response.StatusCode < 400) return answer;
        var problem = answer.Deserialize(KernelJson.Default.Problem);
        throw problem is { } told
            ? new Refusal(told.Code, told.Detail, told.Status) { Details = told.Details }
            : new Refusal("operations.failed", $"{name} answered with status {http.Response.StatusCode}.", http.Response.StatusCode);
    }

    private static DefaultHttpContext Compose(IServiceProvider services, Operation operation, RouteEndpoint endpoint, JsonObject input, CancellationToken cancel)
    {
        var http = new DefaultHttpContext { RequestServices = services, RequestAborted = cancel };
        http.SetEndpoint(endpoint);
        var rest = input.ToDictionary(field => field.Key, field => field.Value);
        foreach (var part in endpoint.RoutePattern.Parameters)
            http.Request.RouteValues[part.Name] = rest.Remove(part.Name, out var value) && value is not null
                ? Text(value)
                : throw new Refusal("operations.input_missing", $"{operation.Name} needs {part.Name}.", 400);
        http.Request.Path = PathOf(endpoint, http.Request.RouteValues);
        var query = QueryString.Empty;
        foreach (var (part, _, _) in OperationCatalogue.QueryParts(endpoint))
            if (rest.Remove(part, out var value) && value is not null) query = query.Add(part, Text(value));
        http.Request.QueryString = query;
        http.Request.Method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.FirstOrDefault() ?? HttpMethods.Get;
        if (HttpMethods.IsGet(http.Request.Method))
            return rest.Count == 0 ? http : throw new Refusal("operations.input_unknown", $"{operation.Name} knows no {string.Join(", ", rest.Keys)}.", 400);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new JsonObject(rest.Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))), KernelJson.Default.JsonObject);
        http.Request.Body = new MemoryStream(bytes);
        http.Request.ContentLength = bytes.Length;
        http.Request.ContentType = "application/json";
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        return http;
    }

    private static string PathOf(RouteEndpoint endpoint, RouteValueDictionary values) => string.Concat(endpoint.RoutePattern.PathSegments.Select(segment =>
        "/" + string.Concat(segment.Parts.Select(part => part is RoutePatternParameterPart named ? Uri.EscapeDataString(values[named.Name]?.ToString() ?? "") : ((RoutePatternLiteralPart)part).Content))));

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    // Without a server nobody says that there is a body, and binding would not look for it.
    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
