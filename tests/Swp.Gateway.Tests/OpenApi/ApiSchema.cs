using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Swp.Gateway.Tests.OpenApi;

/// <summary>The OpenAPI document of a running API, as a judge of its answers.</summary>
internal sealed class ApiSchema
{
    private readonly JsonObject _document;

    public ApiSchema(string text)
    {
        // Its schemas refer to each other within the document; by themselves they need their definitions beside them.
        _document = JsonNode.Parse(text.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject();
        foreach (var schema in Definitions)
        {
            Close(schema.Value!);
        }
    }

    /// <summary>What is described: paths, methods and the statuses of each.</summary>
    public IEnumerable<(string Path, string Method, string Status)> Answers =>
        Operations.SelectMany(operation => operation.Value["responses"]!.AsObject().Select(response => (operation.Path, operation.Method, response.Key)));

    public IEnumerable<(string Path, string Method, JsonObject Value)> Operations =>
        _document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => (path.Key, method.Key.ToUpperInvariant(), method.Value!.AsObject())));

    public JsonObject Definitions => _document["components"]!["schemas"]!.AsObject();

    public JsonNode Info => _document["info"]!;

    /// <summary>Holds an answer to what is described of it.</summary>
    public void Judge((string Path, string Method, string Status) answer, string? contentType, string body)
    {
        var (_, _, operation) = Operations.Single(operation => (operation.Path, operation.Method) == (answer.Path, answer.Method));
        if (operation["responses"]![answer.Status]!["content"] is not JsonObject content)
        {
            Assert.Equal(("", null), (body, contentType));
            return;
        }

        var media = contentType!.Split(';')[0];
        Assert.True(content.ContainsKey(media), $"{answer}: {contentType} is not described.");
        if (media.EndsWith("json", StringComparison.Ordinal))
        {
            Judge(content[media]!["schema"]!, JsonDocument.Parse(body).RootElement, $"{answer}: {body}");
        }
    }

    /// <summary>Holds a body to the schema of what an operation takes.</summary>
    public bool Takes(string path, string method, string body)
    {
        var (_, _, operation) = Operations.Single(operation => (operation.Path, operation.Method) == (path, method));
        return Evaluate(operation["requestBody"]!["content"]!["application/json"]!["schema"]!, JsonDocument.Parse(body).RootElement).IsValid;
    }

    private void Judge(JsonNode schema, JsonElement instance, string what)
    {
        var results = Evaluate(schema, instance);
        Assert.True(results.IsValid, $"{what} is not as it is described: {JsonSerializer.Serialize(results)}");
    }

    private EvaluationResults Evaluate(JsonNode schema, JsonElement instance)
    {
        var whole = schema.DeepClone().AsObject();
        whole["$defs"] = Definitions.DeepClone();
        return JsonSchema.FromText(whole.ToJsonString()).Evaluate(instance, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
    }

    // A member that is not described is no less wrong than one that is missing.
    private static void Close(JsonNode schema)
    {
        if (schema is JsonObject { } whole && whole.ContainsKey("properties"))
        {
            whole["additionalProperties"] = false;
        }
    }
}
