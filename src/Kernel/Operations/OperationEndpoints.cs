using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Rialto.Kernel;

/// <summary>Makes an endpoint an operation.</summary>
public static class OperationEndpoints
{
    /// <summary>
    /// Attaches <paramref name="operation"/> and puts the pipeline around the endpoint itself, so that nobody, over HTTP or in
    /// process, reaches the handler without it: authenticate, tenant, permission, rate limit, idempotency, validate, handle, commit.
    /// </summary>
    public static RouteHandlerBuilder As(this RouteHandlerBuilder endpoint, Operation operation)
    {
        endpoint.WithName(operation.Name).WithSummary(operation.Summary).WithTags(operation.Name[..operation.Name.IndexOf('.', StringComparison.Ordinal)]);
        endpoint.WithMetadata(operation);
        endpoint.AddEndpointFilter(RequestChecks.FilterAsync);
        endpoint.Finally(builder =>
        {
            var handle = builder.RequestDelegate!;
            builder.RequestDelegate = request => OperationPipeline.RunAsync(request, operation, handle);
        });
        return endpoint;
    }
}
