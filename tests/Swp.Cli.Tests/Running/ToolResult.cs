using System.Text.Json;

namespace Swp.Cli.Tests.Running;

/// <summary>What a run of the tool has printed, and how it ended.</summary>
public sealed record ToolResult(int Code, string Out, string Error)
{
    /// <summary>Standard output's lines.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Standard output, which is one JSON document.</summary>
    public JsonElement Json => JsonElement.Parse(Out);

    /// <summary>Standard output, which is JSON lines.</summary>
    public JsonElement[] JsonLines => [.. Lines.Select(line => JsonElement.Parse(line))];
}
