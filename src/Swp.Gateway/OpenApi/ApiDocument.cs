using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Swp.Clients;

namespace Swp.Gateway.OpenApi;

/// <summary>The OpenAPI document of the operations port: made of what the endpoints say of themselves.</summary>
internal static class ApiDocument
{
    private const string Words =
        "Asks, tells and administers the clients of a Swp cluster through any of its gateways. What is not 2xx is problem details (RFC 9457); "
        + "every call to a client has exactly one outcome, which is named in them.";

    /// <summary>Adds what writes the document.</summary>
    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // A number in a string is read, too; a description of it would be of no help.
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        return services.AddOpenApi("v1", static options =>
        {
            options.AddDocumentTransformer(static (document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "Swp server API", Version = "v1", Description = Words };

                // The gateway it is asked at, whatever that is called there.
                document.Servers = [new OpenApiServer { Url = "/" }];
                return Task.CompletedTask;
            });
            options.AddOperationTransformer(DescribeAsync);
        });
    }

    /// <summary>Serves it.</summary>
    public static IEndpointConventionBuilder MapApiDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/v1.json");

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters = [];
        foreach (var (name, description, pattern, maxLength) in PathParameters)
        {
            if (context.Description.RelativePath?.Contains($"{{{name}}}", StringComparison.Ordinal) == true)
            {
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = name,
                    In = ParameterLocation.Path,
                    Required = true,
                    Description = description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern, MinLength = 1, MaxLength = maxLength },
                });
            }
        }

        foreach (var query in metadata.OfType<QueryMetadata>())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Description = query.Description,
                Schema = query.Range is var (min, max, usual)
                    ? new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = $"{min}", Maximum = $"{max}", Default = JsonValue.Create(usual) }
                    : new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        if (metadata.OfType<JsonBodyMetadata>().FirstOrDefault() is { } body)
        {
            var schema = await context.GetOrCreateSchemaAsync(body.Type, parameterDescription: null, cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.Required,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            };
        }
    }

    private static readonly (string Name, string Description, string? Pattern, int MaxLength)[] PathParameters =
    [
        ("type", "The client type.", "^[a-z0-9][a-z0-9_-]{0,31}$", ClientKey.MaxTypeLength),
        ("id", "The client's id: one path segment, percent-encoded.", null, ClientKey.MaxIdLength),
    ];
}
