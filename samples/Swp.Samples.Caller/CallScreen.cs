using System.Text.Json;
using Swp.Devices;
using Swp.Samples.Common;

namespace Swp.Samples.Caller;

/// <summary>The screen in a clinic's waiting room.</summary>
internal sealed class CallScreen(TimeSpan delay, Action<string> show)
{
    /// <summary>Shows a call and confirms it.</summary>
    public async ValueTask<Reply> ShowAsync(JsonElement? data, CancellationToken cancellationToken)
    {
        var content = data is { } value ? Payload.Unwrap(value) : default;
        var call = ReadCall(content);
        show(call is null ? $"  {Text(content)}" : $"  {Format(call)}");
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, cancellationToken);
        }

        var confirmation = new CallConfirmation(Shown: true, call?.CallCode);
        return Reply.Ok(JsonSerializer.SerializeToElement(confirmation, CallJsonContext.Default.CallConfirmation));
    }

    /// <summary>As the screen shows it, for example <c>请 A12 号 张三 到 3 号窗口（李医生）</c>.</summary>
    public static string Format(Call call)
    {
        List<string> parts = ["请"];
        parts.AddRange(call.CallCode is { Length: > 0 } code ? [$"{code} 号"] : []);
        parts.AddRange(call.PatientName is { Length: > 0 } patient ? [patient] : []);
        parts.AddRange(call.WindowId is { Length: > 0 } window ? [$"到 {window} 号窗口"] : ["到诊室"]);
        var doctor = call.DoctorName is { Length: > 0 } name ? $"（{name}）" : "";
        return string.Join(' ', parts) + doctor;
    }

    private static Call? ReadCall(JsonElement content)
    {
        try
        {
            var call = content.ValueKind == JsonValueKind.Object ? content.Deserialize(CallJsonContext.Default.Call) : null;
            return call is { CallCode: null, PatientName: null } ? null : call;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonElement content) => content.ValueKind == JsonValueKind.Undefined ? "" : content.ToString();
}
