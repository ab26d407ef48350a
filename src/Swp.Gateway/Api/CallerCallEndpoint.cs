using System.Text.Encodings.Web;
using System.Text.Json;
using Swp.Clients;
using Swp.Gateway.Keys;
using Swp.Gateway.OpenApi;
using Swp.Gateway.Protocol;

namespace Swp.Gateway.Api;

/// <summary>
/// <c>POST /web/wss/caller/call</c>, as the older generation had it: HTTP 200 whatever happens, the client's answer as a <c>swp.v1</c> object or a
/// code of its own with words for the person at the desk.
/// </summary>
internal static class CallerCallEndpoint
{
    private const string Type = "caller";
    private const string ErrorCode = "SWP_00001";
    private const string DefaultDisplayName = "叫号";

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapCallerCall(this IEndpointRouteBuilder routes) => routes.MapPost("/web/wss/caller/call", CallAsync)
        .RequireScope(ApiScope.Call, static _ => Type)
        .WithTags("The older generation")
        .Describe("CallCaller", "The older generation's own call", "HTTP 200 whatever becomes of the call: the code says.")
        .TakesJson<CallerCallBody>()
        .Answers<CallerAnswerBody>(StatusCodes.Status200OK, "The client's answer, or a code and words for the person at the desk.")
        .Fails(413);

    private static async Task CallAsync(HttpContext context, ISwpClients clients, ApiCalls calls, TimeProvider time)
    {
        CallerCallBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.Default.CallerCallBody, context.RequestAborted);
        }
        catch (JsonException)
        {
            body = null;
        }

        if (body is null || Text(body.ClinicId) is not { } clinicId || !ClientKey.IsValidId(clinicId))
        {
            await WriteErrorAsync(context, "clinicId: 1 - 128");
            return;
        }

        var client = clients.Get(new ClientKey(Type, clinicId));
        var payload = Payload(body);
        var result = await calls.RunAsync(ct => client.RequestAsync(payload, options: null, ct), context.RequestAborted);
        if (result.Outcome == CallOutcome.Completed)
        {
            await WriteAnswerAsync(context, result, time);
        }
        else
        {
            await WriteErrorAsync(context, Describe(result, clinicId));
        }
    }

    private static string Describe(CallResult result, string clinicId)
    {
        var name = result.TypeDisplayName ?? DefaultDisplayName;
        return result.Outcome switch
        {
            CallOutcome.NotConnected or CallOutcome.UnknownClient or CallOutcome.UnknownType or CallOutcome.Banned => $"客户端[{name}]({clinicId})未链接",
            CallOutcome.TooManyPending => $"{name}任务繁忙，请稍后再试！",
            CallOutcome.TimedOut => $"{name}客户端请求超时",
            CallOutcome.PayloadTooLarge => $"{name}请求数据过大",
            _ => $"{name}服务端读取客户端响应异常，请稍后再试！",
        };
    }

    /// <summary>The other seven members, as the client has always got them: strings, and none that is absent.</summary>
    private static JsonPayload Payload(CallerCallBody body)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            Write(writer, "callCode", body.CallCode);
            Write(writer, "patientId", body.PatientId);
            Write(writer, "patientName", body.PatientName);
            Write(writer, "patientPhone", body.PatientPhone);
            Write(writer, "doctorId", body.DoctorId);
            Write(writer, "doctorName", body.DoctorName);
            Write(writer, "windowId", body.WindowId);
            writer.WriteEndObject();
        }

        return JsonPayload.FromValidated(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        if (Text(value) is { } text)
        {
            writer.WriteString(name, text);
        }
    }

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or not UTF-8: no text.
            return null;
        }
    }

    private static Task WriteAnswerAsync(HttpContext context, CallResult result, TimeProvider time)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        FrameWriter.Write(
            new OutboundFrame { Type = SessionType.Server, Uuid = result.Uuid, Code = result.Code ?? "0", Message = result.Message, Data = result.Data },
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            context.Response.BodyWriter);
        return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    private static async Task WriteErrorAsync(HttpContext context, string message)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Relaxed);
        writer.WriteStartObject();
        writer.WriteString("code", ErrorCode);
        writer.WriteString("msg", message);
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted);
    }
}
