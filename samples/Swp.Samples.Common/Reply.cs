using System.Text.Json;

namespace Swp.Samples.Common;

/// <summary>A client's answer to the server: <see cref="Frame.Success"/> or a failure code of its own, and what it has to say.</summary>
public sealed record Reply(string Code, string? Message, JsonElement? Data)
{
    public static Reply Ok(JsonElement? data) => new(Frame.Success, null, data);

    public static Reply Fail(string message, string code = "-1") => new(code, message, null);
}
