using System.Text.Json;

namespace Swp.Cli.Api;

/// <summary>A client type, how many of it are connected, and its limits as the server wrote them.</summary>
internal sealed record ClientTypeEntry(string Name, string DisplayName, int Connected, string PayloadStyle, bool RequiresToken, JsonElement Limits);
