using System.Text.Json;

namespace Swp.Devices;

/// <summary>A client's answer to the server.</summary>
/// <param name="Code"><see cref="Frame.Success"/>, or a failure code of the client's own.</param>
/// <param name="Message">The client's own words.</param>
/// <param name="Data">What it has to say.</param>
public sealed record Reply(string Code, string? Message, JsonElement? Data)
{
    /// <summary>No answer at all.</summary>
    public static readonly Reply None = new(Frame.Success, null, null);

    /// <summary>Success, and what the client has to say.</summary>
    public static Reply Ok(JsonElement? data) => new(Frame.Success, null, data);

    /// <summary>A failure, in words.</summary>
    public static Reply Fail(string message, string code = "-1") => new(code, message, null);
}
