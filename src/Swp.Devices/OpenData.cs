using System.Text.Json;

namespace Swp.Devices;

/// <summary>The data of an OPEN.</summary>
internal sealed record OpenData(string ClientId, string? Token)
{
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, FrameJsonContext.Default.OpenData);
}
