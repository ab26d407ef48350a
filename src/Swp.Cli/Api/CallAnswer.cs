using System.Text.Json;

namespace Swp.Cli.Api;

/// <summary>The answer to a call that completed.</summary>
internal sealed record CallAnswer(string Outcome, string Code, string? Msg, JsonElement Data, string Uuid, double ElapsedMs);
