using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Rialto.Kernel;

/// <summary>Adds to the OpenAPI description what operations know and endpoints do not: permission, refusals, keys, examples.</summary>
internal static class OperationDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Rialto", Version = "v1", Description = "Every refusal is problem details (RFC 9457) with a stable code." };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key." };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((described, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Operation>().FirstOrDefault() is { } operation) Describe(described, operation);
            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiOperation described, Operation operation)
    {
        described.Description = operation.IsOpen ? "Anybody may call it." : $"Needs the permission `{operation.Permission}`.";
        if (operation.IsOpen) described.Security = [];
        described.Deprecated = operation.Deprecated is not null;
        described.Responses ??= [];
        foreach (var status in operation.Refusals.GroupBy(note => note.Status))
            described.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("; ", status.Select(note => $"`{note.Code}`: {note.When}")),
                Content = new Dictionary<string, OpenApiMediaType> { [Problem.ContentType] = new() { Example = ExampleOf(status.First()) } },
            };
        if (operation.Changes)
        {
            described.Parameters ??= [];
            described.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotentCall.Header, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
                Description = "Makes the request safe to repeat for 30 days: the same key and body get the first answer again.",
            });
        }
        if (operation.Example is { } example && described.RequestBody?.Content is { } content)
            foreach (var body in content.Values.OfType<OpenApiMediaType>()) body.Example = JsonNode.Parse(example);
    }

    private static JsonObject ExampleOf(RefusalNote note) => new()
    {
        ["type"] = "urn:rialto:refusal:" + note.Code, ["title"] = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(note.Status),
        ["status"] = note.Status, ["detail"] = note.When, ["code"] = note.Code,
    };
}
