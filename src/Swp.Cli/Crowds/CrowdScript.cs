using System.Text.Json;
using System.Text.Json.Serialization;
using Swp.Cli.Invocation;

namespace Swp.Cli.Crowds;

/// <summary>A crowd as a file describes it: the options by their names, as texts. What is not there is as without the file.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CrowdScript
{
    public string? Type { get; init; }

    public string? IdPrefix { get; init; }

    public double? Ramp { get; init; }

    public string? Duration { get; init; }

    public string? Delay { get; init; }

    public string? Answer { get; init; }

    public string? Silent { get; init; }

    public string? Drop { get; init; }

    public string? DropEvery { get; init; }

    public string? Heartbeat { get; init; }

    public JsonElement? Query { get; init; }

    public string? QueryEvery { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or says what is not known.</exception>
    public static async Task<CrowdScript> ReadAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return new CrowdScript();
        }

        try
        {
            await using var stream = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync(stream, CrowdJson.Default.CrowdScript, cancellationToken) ?? new CrowdScript();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{file} cannot be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new UsageException($"{file}: {e.Message}");
        }
    }
}
