using System.Text.Encodings.Web;
using System.Text.Json;
using Swp.Clients;

namespace Swp.Gateway.Api;

/// <summary>The answer to a call that completed; the client's data byte for byte.</summary>
internal sealed class CallResponse(CallResult result) : IResult
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ExecuteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Relaxed);
        writer.WriteStartObject();
        writer.WriteString("outcome", result.Outcome.ToWireName());
        writer.WriteString("code", result.Code);
        writer.WriteString("msg", result.Message);
        writer.WritePropertyName("data");
        if (result.Data.IsNone)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteRawValue(result.Data.Utf8.Span, skipInputValidation: true);
        }

        writer.WriteString("uuid", result.Uuid);
        writer.WriteNumber("elapsedMs", Math.Round(result.Elapsed.TotalMilliseconds, 1));
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted);
    }
}
