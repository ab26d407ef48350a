using System.Text.Json;

namespace Swp.Samples.Common;

/// <summary>The data of an OPEN.</summary>
internal sealed record OpenData(string ClientId)
{
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, FrameJsonContext.Default.OpenData);
}
