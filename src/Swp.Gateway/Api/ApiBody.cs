using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>Reads the body of a request.</summary>
internal static class ApiBody
{
    // What curl says of its own accord. Nobody who means a form comes here.
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Reads JSON.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">What it is to be.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="none">What no body, or <c>null</c>, stands for; <see langword="null"/>: there must be one.</param>
    /// <returns>The body, or what is wrong with it.</returns>
    public static async Task<(T Body, IResult? Problem)> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string what, T? none = null)
        where T : class
    {
        if (!SaysJson(context.Request))
        {
            return (null!, ApiProblem.OfStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        try
        {
            var reader = context.Request.BodyReader;
            var first = await reader.ReadAsync(context.RequestAborted);
            var isEmpty = first.Buffer.IsEmpty && first.IsCompleted;
            reader.AdvanceTo(first.Buffer.Start);
            var body = isEmpty && none is not null ? none : await JsonSerializer.DeserializeAsync(reader, type, context.RequestAborted) ?? none;
            return body is null ? (null!, ApiProblem.BadRequest($"The body is no valid {what}.")) : (body, null);
        }
        catch (JsonException e)
        {
            return (null!, ApiProblem.BadBody(what, e));
        }
        catch (BadHttpRequestException e)
        {
            return (null!, ApiProblem.OfStatus(e.StatusCode));
        }
    }

    /// <summary>The payload in a body. The JSON reader does not look into strings, and bytes that are no text would end the client's connection.</summary>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    public static IResult? ReadPayload(JsonElement data, out JsonPayload payload)
    {
        payload = JsonPayload.None;
        if (data.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        var utf8 = JsonMarshal.GetRawUtf8Value(data);
        if (!Utf8.IsValid(utf8))
        {
            return ApiProblem.BadRequest("The body is not UTF-8.");
        }

        payload = JsonPayload.FromValidated(utf8.ToArray());
        return null;
    }

    private static bool SaysJson(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType)
        || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
                || type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase)));
}
